import type { Design } from '../../model/vocabulary/design.ts';
import type { ViolationEvidence } from '../evidence/check-evidence.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { NarratedStory } from '../evidence/narrated-story.ts';
import { brokenPromises } from '../judging/broken-promises.ts';
import {
	sentence as asSentence,
	FOR_EVER,
	NOTHING_MORE,
	sayChecked,
	sayFirstSeen,
	sayLate,
} from '../wording/fate.ts';
import { nameOf } from './decision.ts';
import type { ReviewInput } from './input.ts';
import { standingOf, subjectOf } from './standing.ts';

/** A story of a broken promise, wherever it was found. */
export interface Broken {
	/** What links to it. */
	readonly anchor: string;
	/** Id of the guarantee, or what else it is. */
	readonly guarantee: string;
	/** The design that breaks it; null: a system that is broken on purpose. */
	readonly design: Design | null;
	readonly sentence: string;
	/** Where it was found, in words. */
	readonly where: string;
	/** Whether it had to be found: the design is known to be worse, or the system is broken on purpose. */
	readonly kind: 'finding' | 'design' | 'canary';
	/** Null: the evidence does not say. */
	readonly events: number | null;
	readonly token: string | null;
	/** The system that shows it, where the usual ones do not. */
	readonly on?: string | undefined;
	/** What more the checker says. */
	readonly notes: readonly string[];
	readonly story: NarratedStory | null;
}

const cellAnchor = (design: string, guarantee: string): string =>
	`story-${design}-${guarantee.replaceAll(/[^\w-]/g, '-')}`;

/** A token holds events and no system: what is broken on purpose is none that can be replayed. */
const REPLAYS_CORRECT =
	'The command plays these events on the model and the reference as they are: what is shown here broke on purpose, and not there.';

/** All stories of broken promises: what is wrong first, what had to be wrong last. */
export function brokenStories(input: ReviewInput): Broken[] {
	const { evidence, designs } = input;
	const subject = subjectOf(input);
	const told = [...(evidence?.told ?? []), ...input.told];
	const storyOf = (token: string | null, about: string | null): NarratedStory | null =>
		told.find((story) => story.token === token && story.about === about) ??
		told.find((story) => story.token === token) ??
		null;
	const found = evidence === null ? [] : foundIn(evidence);
	const cells = (designs?.designs ?? []).flatMap(({ design, cells }) =>
		cells.flatMap((cell) =>
			cell.verdict === 'violated'
				? [
						{
							...cell,
							anchor: cellAnchor(design, cell.guarantee),
							design,
							sentence: cell.sentence ?? '',
							where: `design: ${nameOf(design)}`,
							kind: design === subject ? ('finding' as const) : ('design' as const),
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
						design: null,
						sentence: canary.sentence ?? '',
						where: `canary: the reference with “${canary.name}”, broken on purpose`,
						kind: 'canary' as const,
						events: canary.events,
						token: canary.token,
						notes: canary.token === null ? [] : [REPLAYS_CORRECT],
					},
				]
			: [];
	const taken = new Set<string>();
	return [...found, ...cells, ...caught].map(
		({ anchor, guarantee, design, sentence, where, kind, events, token, notes, ...rest }) => ({
			anchor: untaken(anchor, taken),
			guarantee,
			design,
			sentence,
			where,
			kind,
			events,
			token,
			...('on' in rest ? { on: rest.on } : {}),
			notes,
			story: storyOf(token, guarantee),
		}),
	);
}

/** What a verification or a check found, which had not to be found. */
export const foundIn = ({
	findings = [],
	checks,
	design,
}: Pick<Evidence, 'checks' | 'design'> & Partial<Pick<Evidence, 'findings'>>): Omit<
	Broken,
	'story'
>[] => [
	...findings.map((finding, place) => ({
		...finding,
		anchor: `finding-${place + 1}`,
		guarantee: finding.guarantee ?? finding.kind,
		design,
		where: finding.source,
		kind: 'finding' as const,
		notes: finding.seen_first === undefined ? [] : [asSentence(sayFirstSeen(finding.seen_first))],
	})),
	...brokenPromises(checks).map((promise, place) => ({
		...promise,
		anchor: `check-${place + 1}`,
		design,
		where: sayChecked(promise.configurations),
		kind: 'finding' as const,
		notes: notesOf(promise),
	})),
];

/** An anchor that nothing else on the page has. */
function untaken(anchor: string, taken: Set<string>): string {
	let free = anchor;
	for (let more = 2; taken.has(free); more++) free = `${anchor}-${more}`;
	taken.add(free);
	return free;
}

/** What stands in the place of stories where none was found; null: there are some, or nothing is known. */
export function nothingFound(input: ReviewInput, stories: readonly Broken[]): string | null {
	if (input.evidence === null || stories.some(({ kind }) => kind === 'finding')) return null;
	const subject = subjectOf(input);
	return standingOf(input, subject) === 'violated'
		? 'The evidence holds no story of what was broken.'
		: `Nothing was found: no story broke a guarantee of the ${nameOf(subject)}.`;
}

function notesOf(story: Pick<ViolationEvidence, 'events' | 'unavoidable' | 'loop'>): string[] {
	const late = sayLate(story);
	const { loop } = story;
	return [
		...(late === null ? [] : [late]),
		...(loop === null
			? []
			: [loop.length === 0 ? NOTHING_MORE : `${FOR_EVER}: ${loop.join('; ')}`]),
	].map(asSentence);
}
