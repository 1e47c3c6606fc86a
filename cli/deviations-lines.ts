import { guarantees } from '../model/guarantees/index.ts';
import type { CheckHunt } from '../properties/deviations/check-hunt.ts';
import type { Deviation } from '../properties/deviations/deviation.ts';
import type { Hunted } from '../properties/deviations/hunt.ts';
import type { Told } from '../properties/deviations/kept-story.ts';
import type { TourHunt } from '../properties/deviations/tour-hunt.ts';
import { replayAgainCommand } from '../reports/wording/commands.ts';
import { grouped, plural } from '../reports/wording/figures.ts';
import { lastLine } from './ending-lines.ts';
import { diagramLines } from './replay-diagram.ts';
import { table } from './table.ts';

/** A deviation, what its story showed, and what random stories came to; null: none were told. */
export interface Shown {
	readonly deviation: Deviation;
	readonly told: Told;
	readonly hunted: Hunted | null;
	/** The same of stories of which some are steered to a situation. */
	readonly steered: Hunted | null;
	/** What a tour came to; null: none was made, or none shows it. */
	readonly toured: TourHunt | null;
	/** What the checker came to; null: it was not asked, or the bug is built into no machine. */
	readonly checked: CheckHunt | null;
}

/** Whether each of the bugs breaks what it must. */
export type DeviationsVerdict = 'shown' | 'not shown' | 'unknown';

interface Around {
	/** How many were asked for. */
	readonly of: number;
	readonly verdict: DeviationsVerdict;
	/** Those whose story does not show what they say. */
	readonly missed: readonly Shown[];
	readonly again: string;
}

const falls = ({ breaks }: Deviation): string =>
	breaks.length === 0 ? 'the difference' : breaks.join(', ');

/** All of them, one line each. */
export function shownLines(
	shown: readonly Shown[],
	{ of, verdict, missed, again }: Around,
): string[] {
	const isSearched = shown.some(({ hunted }) => hunted !== null);
	const head = ['', 'bug', 'what its users saw', 'breaks', 'events'];
	const rows = shown.map((one) => {
		const { deviation, told, hunted, steered, toured, checked } = one;
		const row = [
			missed.includes(one) ? '✗' : '✓',
			deviation.id,
			deviation.symptom,
			falls(deviation),
			`${told.story.events.length}`,
		];
		if (!isSearched) return row;
		return [
			...row,
			...huntedCells(hunted),
			...huntedCells(steered),
			tourCell(toured),
			checkedCell(checked),
		];
	});
	const until = ['median', '95 %'];
	const searched = isSearched ? ['random', ...until, 'steered', ...until, 'tour', 'checker'] : [];
	return [
		`${verdict}: ${shown.length - missed.length} of ${plural(of, 'bug')} shown by the promise that must break`,
		'',
		table([[...head, ...searched], ...rows], new Set([4, 5, 6, 7, 8, 9, 10, 11, 12])),
		'',
		...missed.map(
			({ deviation, told }) =>
				`${deviation.id} was to break ${falls(deviation)}, and broke ${told.fallen.join(', ') || 'nothing'}`,
		),
		...(isSearched
			? [
					'random, steered: searches that found it, of all; median, 95 %: stories until then (–: not within the most); tour: steps until then (–: none shows it in quick size)',
					...differedLines(shown),
					'steered: one story of four begins where a situation is near; checker: events of its shortest story, where the bug is built into the machines (–: it is not)',
					'',
				]
			: []),
		lastLine({ verdict, reason: null }, again),
	];
}

/** In how many searches a difference was seen first, and whether a promise fell after it. */
function differedLines(shown: readonly Shown[]): string[] {
	const all = shown.flatMap(({ hunted, steered }) => [hunted ?? [], steered ?? []].flat());
	const first = all.reduce((sum, { differed }) => sum + differed.searches, 0);
	if (first === 0) return [];
	const most = Math.max(...all.map(({ differed }) => differed.most));
	const nameless = all.reduce((sum, { by }) => sum + (by['difference'] ?? 0), 0);
	return [
		`difference: seen first in ${plural(first, 'search')}; ${nameless === 0 ? 'a promise fell in each' : `no promise fell in ${grouped(nameless)}`}, and at most ${plural(most, 'more story')} told for it`,
	];
}

const checkedCell = (checked: CheckHunt | null): string =>
	checked?.events == null ? '–' : grouped(checked.events);

const tourCell = (toured: TourHunt | null): string =>
	toured === null || !toured.found ? '–' : grouped(toured.steps);

function huntedCells(hunted: Hunted | null): string[] {
	if (hunted === null) return ['', '', ''];
	const stories = (count: number | null): string => (count === null ? '–' : grouped(count));
	return [`${hunted.found}/${hunted.hunts}`, stories(hunted.median), stories(hunted.p95)];
}

/** One of them: what it is, what it breaks, and its story. */
export function describeOne(
	{ deviation, told, hunted, steered, toured, checked }: Shown,
	{ verdict, again }: Pick<Around, 'verdict' | 'again'>,
): string[] {
	const { id, also = [], symptom, where, difference, long } = deviation;
	const promises = told.fallen.flatMap((fallen) =>
		guarantees.filter((one) => one.id === fallen).map((one) => `  ${one.id}  ${one.statement}`),
	);
	const { story, result, steps } = told;
	const played = {
		title: `${deviation.name}, built into the reference`,
		verdict: 'violated',
		result,
		mismatches: [],
		steps,
		story,
		scenario: null,
		warnings: [],
	} as const;
	return [
		`${id}${also.length === 0 ? '' : ` (also ${also.join(', ')})`}: ${symptom}`,
		`seen in ${where}`,
		'',
		...(difference === undefined ? ['It breaks:', ...promises] : [difference]),
		...(long === undefined ? [] : [`Its story is long: ${long}.`]),
		...(hunted === null ? [] : ['', huntedSentence('Random stories', hunted)]),
		...(steered === null ? [] : [huntedSentence('Steered stories', steered)]),
		...(toured === null ? [] : [tourSentence(toured)]),
		...(checked === null ? [] : [checkedSentence(checked)]),
		'',
		...diagramLines([played], {
			on: [`reference with ${id}`],
			verdict: 'violated',
			again,
			verbose: false,
		}).slice(0, -1),
		`every verify tells this story of the reference as it is: ${replayAgainCommand([told.file], null, null)}`,
		lastLine({ verdict, reason: null }, again),
	];
}

function checkedSentence({ configuration, found, states, guarantees: fallen, events }: CheckHunt) {
	if (!found) return `The checker does not find it in the machines, in ${configuration}.`;
	return `The checker finds it in the machines, in ${configuration}, after ${plural(states, 'state')}: ${fallen.join(', ')}, in ${plural(events ?? 0, 'event')}.`;
}

function tourSentence({ configuration, found, steps, guarantee, more, events }: TourHunt): string {
	if (!found) return `The tour of ${configuration} does not find it.`;
	const fell = `by ${guarantee ?? 'the difference'}, in ${plural(events ?? 0, 'event')}`;
	const by = more === null ? fell : `as a difference; within ${plural(more, 'more story')} ${fell}`;
	return `The tour of ${configuration} finds it after ${plural(steps, 'step')}, ${by}.`;
}

function huntedSentence(stories: string, hunted: Hunted): string {
	const { hunts, found, median, by } = hunted;
	const ways = Object.entries(by)
		.map(([way, times]) => `${way} ${times}`)
		.join(', ');
	const until = median === null ? '' : `, half of them within ${plural(median, 'story')}`;
	return `${stories} found it in ${found} of ${plural(hunts, 'search')}${until}${ways === '' ? '' : ` (by ${ways})`}.${differedSentence(hunted)}`;
}

/** What was seen first in some of the searches, and how long it took until a promise fell. */
const differedSentence = ({ differed: { searches, most } }: Hunted): string =>
	searches === 0
		? ''
		: ` In ${searches} of them a difference was seen first, and at most ${plural(most, 'more story')} told for its promise.`;
