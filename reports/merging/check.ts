import type { CheckEvidence } from '../check-evidence.ts';
import { judgeChecks } from '../judging/check.ts';
import { mergedMachines } from './machines.ts';
import { inOrder, interleaved, type Part, sayRun, sumOf } from './parts.ts';

/**
 * The check of which these are the parts, judged on their union.
 *
 * @throws ForeignParts if they are not the parts of one run.
 */
export function mergeChecks(given: readonly Part<CheckEvidence>[]): CheckEvidence {
	const parts = inOrder(given, (evidence) => ({
		...sayRun(evidence),
		'configurations asked for': evidence.whole ? 'all' : 'some',
	}));
	const [first] = parts;
	if (first === undefined) throw new RangeError('a run has a part');
	const checks = interleaved(parts.map((part) => part.checks));
	return {
		...first,
		shard: null,
		created_at:
			parts
				.map((part) => part.created_at)
				.sort()
				.at(-1) ?? first.created_at,
		seconds: sumOf(parts, (part) => part.seconds),
		...judgeChecks({ checks, whole: first.whole, shard: null }),
		machines: mergedMachines(parts.map((part) => part.machines)),
	};
}
