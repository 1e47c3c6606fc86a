import { type Doubt, doubt } from '../evidence/doubt.ts';
import type { Shard } from '../evidence/shard.ts';
import { MULLIGAN } from '../wording/commands.ts';

/** Why a part of a run decides nothing alone. */
export const partDoubt = ({ index, of }: Shard): Doubt =>
	doubt('part', `this is part ${index} of ${of}; ${MULLIGAN} merge judges all of them together`);
