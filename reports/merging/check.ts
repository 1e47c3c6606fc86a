import type { CheckEvidence } from '../evidence/check-evidence.ts';
import { judgeChecks } from '../judging/check.ts';
import { mergedMachines } from './machines.ts';
import { ForeignParts, inOrder, interleaved, madeLast, type Part, sayRun, sumOf } from './parts.ts';

/**
 * The check of which these are the parts, judged on their union.
 *
 * @throws ForeignParts if they are not the parts of one run.
 */
export function mergeChecks(given: readonly Part<CheckEvidence>[]): CheckEvidence {
	const parts = inOrder(given, (evidence) => ({
		...sayRun(evidence),
		'list of configurations': evidence.configurations.join(', '),
	}));
	const [first] = parts;
	if (first === undefined) throw new RangeError('a run has a part');
	const checks = interleaved(parts.map((part) => part.checks));
	const checked = checks.map(({ configuration }) => configuration).join(', ');
	if (checked !== first.configurations.join(', '))
		throw new ForeignParts([
			`together the parts checked ${checked}, but ${first.configurations.join(', ')} were asked for`,
		]);
	return {
		...first,
		shard: null,
		created_at: madeLast(parts),
		seconds: sumOf(parts, (part) => part.seconds),
		...judgeChecks({ checks, whole: first.whole, shard: null }),
		machines: mergedMachines(parts.map((part) => part.machines)),
	};
}
