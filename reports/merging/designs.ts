import type { DesignPart, DesignsEvidence } from '../design-evidence.ts';
import { judgeDesigns, RANDOM_STORIES } from '../judging/designs.ts';
import { inOrder, type Part, sayRun, sumOf } from './parts.ts';

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
	return judgeDesigns({
		...first,
		shard: null,
		created_at:
			parts
				.map((part) => part.created_at)
				.sort()
				.at(-1) ?? first.created_at,
		seconds: sumOf(parts, (part) => part.seconds),
		interrupted: parts.some((part) => part.interrupted),
		designs: first.designs.map((design, place) => ({
			...design,
			parts: parts
				.flatMap(({ designs }) => designs[place]?.parts ?? [])
				.sort((one, other) => rankOf(one) - rankOf(other)),
		})),
	});
}

/** Random stories come after every configuration. */
const rankOf = ({ name }: DesignPart): number => (name === RANDOM_STORIES ? 1 : 0);
