import type { DesignsEvidence } from '../evidence/design-evidence.ts';
import { alikeContradictions } from '../judging/design-contradictions.ts';
import { judgeDesigns } from '../judging/designs.ts';
import { ForeignParts, inOrder, interleaved, madeLast, type Part, sayRun, sumOf } from './parts.ts';

/**
 * The trial of the designs of which these are the parts, judged on their union.
 *
 * @throws ForeignParts if they are not the parts of one run.
 */
export function mergeDesigns(given: readonly Part<DesignsEvidence>[]): DesignsEvidence {
	const parts = inOrder(given, (evidence) => ({
		...sayRun(evidence),
		seed: String(evidence.seed),
	}));
	const [first] = parts;
	if (first === undefined) throw new RangeError('a run has a part');
	const merged = judgeDesigns({
		...first,
		shard: null,
		created_at: madeLast(parts),
		seconds: sumOf(parts, (part) => part.seconds),
		interrupted: parts.some((part) => part.interrupted),
		designs: first.designs.map((design, place) => ({
			...design,
			// The parts of all designs take turns, one design after the other.
			parts: interleaved(
				parts.map(({ designs }) => designs[place]?.parts ?? []),
				sumOf(parts, ({ designs }) =>
					sumOf(designs.slice(0, place), (earlier) => earlier.parts.length),
				),
			),
		})),
	});
	const problems = alikeContradictions(merged.designs);
	if (problems.length > 0) throw new ForeignParts(problems);
	return merged;
}
