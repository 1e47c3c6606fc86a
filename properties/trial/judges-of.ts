import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import type { Finding } from './trial.ts';

/** Who names what was found, where others may break before it in the same story: its own judge; of what else is wrong, all. */
export const judgesOf = (finding: Finding): readonly Guarantee[] | undefined =>
	finding.kind === 'violated' ? guarantees.filter(({ id }) => id === finding.guarantee) : undefined;
