import type { Evidence } from '../evidence.ts';
import { judgeVerification } from '../judging/verification.ts';
import type { Part } from '../merging/parts.ts';
import { checkOf, evidenceOf } from './evidence.ts';

/** A part of a made-up verification, as it is judged; what it saw can be replaced. */
export const partOf = (
	index: number,
	of: number,
	changes: Partial<Evidence> = {},
): Part<Evidence> => ({
	file: `parts/${index}/evidence.json`,
	evidence: judgeVerification(
		evidenceOf({
			shard: { index, of },
			checks: [checkOf({ configuration: `blocks-${index}` })],
			...changes,
		}),
	),
});
