import type { Evidence } from '../evidence/evidence.ts';
import { judgeVerification } from '../judging/verification.ts';
import type { Part } from '../merging/parts.ts';
import { checkOf } from './evidence.ts';
import { wholeEvidenceOf } from './whole-evidence.ts';

/** A part of a made-up verification, as it is judged; what it saw can be replaced. */
export const partOf = (
	index: number,
	of: number,
	changes: Partial<Evidence> = {},
): Part<Evidence> => ({
	file: `parts/${index}/evidence.json`,
	evidence: judgeVerification(
		wholeEvidenceOf({
			shard: { index, of },
			configurations: Array.from({ length: of }, (_, place) => `blocks-${place + 1}`),
			checks: [checkOf({ configuration: `blocks-${index}` })],
			...changes,
		}),
	),
});
