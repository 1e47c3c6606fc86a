import type { ToldStory } from '../told-story.ts';
import { nameOf } from './decision.ts';
import type { ReviewInput } from './input.ts';

/** A story of a broken promise, wherever it was found. */
export interface Broken {
	/** What links to it. */
	readonly anchor: string;
	/** Id of the guarantee, or what else it is. */
	readonly guarantee: string;
	readonly sentence: string;
	/** Where it was found, in words. */
	readonly where: string;
	/** Whether it had to be found: the design is known to be worse, or the system is broken on purpose. */
	readonly kind: 'finding' | 'design' | 'canary';
	readonly events: number;
	readonly token: string | null;
	/** What more the checker says. */
	readonly notes: readonly string[];
	readonly story: ToldStory | null;
}

export const cellAnchor = (design: string, guarantee: string): string =>
	`story-${design}-${guarantee}`;

/** All stories of broken promises: what is wrong first, what had to be wrong last. */
export function brokenStories(input: ReviewInput): Broken[] {
	const { evidence, designs } = input;
	const told = [...(evidence?.told ?? []), ...input.told];
	const storyOf = (token: string | null, about: string | null): ToldStory | null =>
		told.find((story) => story.token === token && story.about === about) ??
		told.find((story) => story.token === token) ??
		null;
	const findings = (evidence?.findings ?? []).map((finding, place) => ({
		...finding,
		anchor: `finding-${place + 1}`,
		guarantee: finding.guarantee ?? finding.kind,
		where: finding.source,
		kind: 'finding' as const,
		notes: [],
	}));
	const checked = (evidence?.checks ?? []).flatMap(({ configuration, violations }) =>
		violations.map((violation) => ({
			...violation,
			anchor: `check-${configuration.replaceAll(/[^\w-]/g, '-')}-${violation.guarantee}`,
			where: `checker, configuration ${configuration}`,
			kind: 'finding' as const,
			notes: notesOf(violation),
		})),
	);
	const cells = (designs?.designs ?? []).flatMap(({ design, cells }) =>
		cells.flatMap((cell) =>
			cell.verdict === 'violated'
				? [
						{
							...cell,
							anchor: cellAnchor(design, cell.guarantee),
							sentence: cell.sentence ?? '',
							events: cell.events ?? 0,
							where: `design: ${nameOf(design)}`,
							kind: design === 'flag' ? ('finding' as const) : ('design' as const),
							notes: [],
						},
					]
				: [],
		),
	);
	const canary = evidence?.canary;
	const caught =
		canary?.caught === true
			? [
					{
						anchor: 'canary',
						guarantee: storyOf(canary.token, null)?.broken?.guarantee ?? 'canary',
						sentence: canary.sentence ?? '',
						where: `canary: the reference with “${canary.name}”, broken on purpose`,
						kind: 'canary' as const,
						events: canary.events ?? 0,
						token: canary.token,
						notes: [],
					},
				]
			: [];
	return [...findings, ...checked, ...cells, ...caught].map(
		({ anchor, guarantee, sentence, where, kind, events, token, notes }) => ({
			anchor,
			guarantee,
			sentence,
			where,
			kind,
			events,
			token,
			notes,
			story: storyOf(token, guarantee),
		}),
	);
}

function notesOf({
	events,
	unavoidable,
	loop,
}: {
	events: number;
	unavoidable: number | null;
	loop: readonly string[] | null;
}): string[] {
	const late =
		unavoidable === null
			? []
			: [
					unavoidable === 0
						? 'It cannot be avoided.'
						: unavoidable === events
							? 'It could be avoided until the last event.'
							: `It could not be avoided after event ${unavoidable}.`,
				];
	if (loop === null) return late;
	return [
		...late,
		loop.length === 0 ? 'Then nothing happens any more.' : `Then for ever: ${loop.join('; ')}.`,
	];
}
