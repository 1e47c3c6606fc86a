import type { EvidenceFinding } from '../evidence/evidence.ts';

type Kind = Pick<EvidenceFinding, 'kind' | 'guarantee' | 'seen_first'>;

/** One finding of a kind is enough: those of one promise are the same, and so are all differences, whatever promise is behind. */
export const isSameFinding = (one: Kind, other: Kind): boolean =>
	(one.kind === other.kind && one.guarantee === other.guarantee) ||
	(isDifference(one) && isDifference(other));

const isDifference = ({ kind, seen_first }: Kind): boolean =>
	kind === 'diverged' || seen_first !== undefined;
