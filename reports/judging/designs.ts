import { guarantees } from '../../model/guarantees/index.ts';
import type {
	DesignCell,
	DesignEvidence,
	DesignPart,
	DesignsEvidence,
	FallenEvidence,
} from '../evidence/design-evidence.ts';
import { type Doubt, doubt, sayDoubts } from '../evidence/doubt.ts';
import { TEXT, type Verdict } from '../evidence/verdict.ts';
import { ELSEWHERE, NEVER_EXERCISED, sayUnrested } from '../wording/ending.ts';
import { claimsOf } from './claims.ts';
import { DEADLOCK } from './guarantee-rows.ts';
import { partDoubt } from './part-doubt.ts';

/** Name of the part in which random stories are told. */
export const RANDOM_STORIES = 'random stories';

/** What was seen of each design, before anything is said of it. */
export type TriedDesigns = Omit<DesignsEvidence, 'designs' | 'claims'> & {
	readonly designs: readonly Omit<DesignEvidence, 'verdict' | 'stories' | 'states' | 'cells'>[];
};

/** What the trial of the designs comes to, by its parts alone. */
export function judgeDesigns(tried: TriedDesigns): DesignsEvidence {
	const designs = tried.designs.map((design): DesignEvidence => {
		const cells = cellsOf(design.parts, tried);
		return {
			...design,
			verdict: hasDeadlock(design) ? 'violated' : verdictOfCells(cells),
			stories: design.parts.reduce((sum, { stories }) => sum + stories, 0),
			states: design.parts.reduce((sum, { states }) => sum + states, 0),
			cells,
		};
	});
	return { ...tried, designs, claims: claimsOf(designs) };
}

/** What each guarantee comes to under one design: violated beats unknown, unknown beats holds. */
export function cellsOf(
	parts: readonly DesignPart[],
	{ interrupted, shard }: Pick<DesignsEvidence, 'interrupted' | 'shard'>,
): DesignCell[] {
	const open = parts.find((part) => part.doubt !== null);
	const general = interrupted
		? 'the trial was interrupted'
		: open !== undefined
			? `${open.name}: ${open.doubt}`
			: shard !== null
				? ELSEWHERE
				: null;
	const unrested = parts.reduce((sum, part) => sum + part.unrested, 0);
	return guarantees.map(({ id, kind }): DesignCell => {
		const shortest = shortestOf(parts, id);
		const holds = parts.filter((part) => part.holds.includes(id)).map(({ name }) => name);
		const exercised = parts.reduce((sum, part) => sum + (part.exercised[id] ?? 0), 0);
		const reason =
			general ??
			(exercised === 0 && holds.length === 0
				? NEVER_EXERCISED
				: kind === 'liveness' && unrested > 0
					? sayUnrested(unrested)
					: null);
		return {
			guarantee: id,
			verdict: shortest !== null ? 'violated' : reason === null ? 'holds' : 'unknown',
			reason: shortest !== null ? null : (reason?.slice(0, TEXT) ?? null),
			stories: exercised,
			configurations: shortest === null ? holds : [shortest.part],
			sentence: shortest?.sentence ?? null,
			events: shortest?.events ?? null,
			token: shortest?.token ?? null,
		};
	});
}

/** The checker's stories come first: they are the shortest there are within its bound. */
function shortestOf(
	parts: readonly DesignPart[],
	id: string,
): (FallenEvidence & { readonly part: string }) | null {
	const fallen = parts.flatMap(({ name, fallen }) =>
		fallen.filter((one) => one.guarantee === id).map((one) => ({ ...one, part: name })),
	);
	return fallen.reduce<(typeof fallen)[number] | null>(
		(best, one) => (best === null || one.events < best.events ? one : best),
		null,
	);
}

/** That something is left for ever is no guarantee, and has no cell; it breaks the design all the same. */
const hasDeadlock = ({ parts }: Pick<DesignEvidence, 'parts'>): boolean =>
	parts.some(({ fallen }) => fallen.some(({ guarantee }) => guarantee === DEADLOCK.id));

/** What the cells of a design come to together. */
export function verdictOfCells(cells: readonly Pick<DesignCell, 'verdict'>[]): Verdict {
	if (cells.some(({ verdict }) => verdict === 'violated')) return 'violated';
	return cells.length === 0 || cells.some(({ verdict }) => verdict === 'unknown')
		? 'unknown'
		: 'holds';
}

/** What counts in the end: whether the claims of the decision record are confirmed. */
export function judgeClaims({ claims, interrupted, shard }: DesignsEvidence): {
	readonly verdict: Verdict;
	readonly reason: string | null;
	readonly reasons: readonly Doubt[];
} {
	const refuted = claims.some(({ verdict }) => verdict === 'refuted');
	const reasons = refuted ? [] : claimDoubts({ claims, interrupted, shard });
	return {
		verdict: refuted ? 'violated' : reasons.length === 0 ? 'holds' : 'unknown',
		reason: sayDoubts(reasons),
		reasons,
	};
}

function claimDoubts({
	claims,
	interrupted,
	shard,
}: Pick<DesignsEvidence, 'claims' | 'interrupted' | 'shard'>): Doubt[] {
	if (interrupted) return [doubt('interrupted', 'the trial was interrupted')];
	if (shard !== null) return [partDoubt(shard)];
	if (claims.length === 0) return [doubt('not-shown', 'no claim was put to the test')];
	return claims
		.filter(({ verdict }) => verdict !== 'confirmed')
		.map(({ id, because }) => doubt('not-shown', `${id} is not shown: ${because}`));
}
