import { printable } from '../model/vocabulary/printable.ts';
import { toToken } from '../model/vocabulary/stories/story.ts';
import { narrated } from '../properties/narration/narrate.ts';
import type { Arrow, NarratedEvent, NarratedStory } from '../reports/evidence/narrated-story.ts';
import { sequence } from '../reports/markdown/diagrams.ts';
import { sayLeftOut } from '../reports/wording/fate.ts';
import { type Life, livesIn } from '../reports/wording/lanes.ts';
import { lastLine } from './ending-lines.ts';
import { type Around, headOf, marks } from './replay-lines.ts';
import type { Played } from './replay-play.ts';
import { shortTo, widthOf } from './width.ts';

/** Columns from one lane to the next, and before the first, where the number of an event stands. */
const GAP = 24;
const MARGIN = 8;
/** Columns of the whole where no terminal says how many it has, and the fewest that the changes beside the lanes have. */
const WIDTH = 120;
const LEAST = 36;

/** The line of an arrow, and its head where it comes from the left and from the right. */
const ARROWS: Readonly<
	Record<Arrow['fate'], readonly [line: string, right: string, left: string]>
> = {
	sent: ['┄', '▷', '◁'],
	arrives: ['─', '▶', '◀'],
	held: ['─', '◇', '◇'],
	lost: ['─', '✗', '✗'],
	repeated: ['┄', '▶', '◀'],
};

/** Where the lane of somebody ends who is gone for good. */
const GONE = '╳';

const storyOf = ({ story, steps, result }: Played, on: readonly string[]): NarratedStory =>
	narrated(
		{ story, steps, finding: result.finding },
		{ token: toToken(story), about: null, system: on.at(-1) ?? '' },
	);

/** Stories as sequence diagrams of text. */
export function diagramLines(played: readonly Played[], { verdict, again, on }: Around): string[] {
	return [
		...played.flatMap((one) => [
			...headOf(one, { on, verbose: false }),
			'',
			...drawn(storyOf(one, on)),
			...after(one),
			'',
		]),
		lastLine({ verdict, reason: null }, again),
	];
}

/** Stories as Mermaid sequence diagrams: what is said beside them are comments, so that all of it can be pasted. */
export function mermaidLines(played: readonly Played[], { verdict, again, on }: Around): string[] {
	return [
		...played.flatMap((one) => {
			const { lines, undrawn } = sequence(storyOf(one, on));
			const [first = ''] = headOf(one, { on, verbose: false });
			const below = [...(undrawn === 0 ? [] : [sayLeftOut(undrawn)]), ...after(one)];
			return [...lines, ...[first, ...below].filter((line) => line !== '').map(comment)];
		}),
		comment(lastLine({ verdict, reason: null }, again)),
	];
}

/** A directive would act wherever it stands, in a comment too. */
const comment = (said: string): string => `%% ${said.trim().replaceAll('%%{', '%% {')}`;

/** What a scenario expected otherwise. */
const after = ({ mismatches }: Played): string[] =>
	mismatches.length === 0
		? []
		: [
				'',
				...[...new Set(mismatches.map(({ after }) => after))].flatMap((at) =>
					marks(mismatches, at),
				),
			];

/** One row an event, lanes from left to right, and beside them what it changed. */
function drawn({ lanes, events, left_out, broken }: NarratedStory): string[] {
	const places = lanes.map((_, lane) => MARGIN + GAP * lane);
	const begin = (places.at(-1) ?? 0) + 4;
	const breaks = broken === null ? -1 : Math.max(broken.index, 0);
	const room = Math.max(LEAST, (process.stdout.columns ?? WIDTH) - begin);
	const lives = livesIn(lanes, events);
	return [
		laid(
			lanes.map(({ name }, lane) => [(places[lane] ?? 0) - 2, shortTo(printable(name), GAP - 2)]),
		),
		...events.flatMap((event, at) => {
			const now = lives[at] ?? [];
			const [first = '', ...more] = besides(event).flatMap((said) => wrapped(said, room));
			const rest =
				event.part === 'rest' && events[at - 1]?.part !== 'rest' ? ['coming to rest:'] : [];
			return [
				...rest,
				laid([[0, `${at + 1}`.padStart(4)], ...rowOf(event, places, now), [begin, first]]),
				...more.map((said) => laid([...lifelines(places, now), [begin, said]])),
				...(at === breaks && broken !== null ? [`   ✗  ${printable(broken.sentence)}`] : []),
			];
		}),
		...(left_out === 0 ? [] : [sayLeftOut(left_out)]),
	];
}

/** What stands beside the lanes: an arrow says itself what it is. */
const besides = ({ arrow, sentence, fault, changes }: NarratedEvent): string[] => [
	...(arrow === null ? [`${fault ? '! ' : ''}${sentence}`] : []),
	...(arrow === null ? changes.map((change) => `  ${change}`) : changes),
];

/** A text and the column at which it begins. */
type Piece = readonly [column: number, text: string];

/** Of those who are still there below the row of an event. */
const lifelines = (places: readonly number[], lives: readonly Life[]): Piece[] =>
	places.flatMap((place, lane): Piece[] =>
		lives[lane] === 'there' || lives[lane] === 'begins' ? [[place, '│']] : [],
	);

function rowOf(
	{ arrow, lane, fault }: NarratedEvent,
	places: readonly number[],
	lives: readonly Life[],
): Piece[] {
	const others = (...but: number[]): Piece[] =>
		places.flatMap((place, at): Piece[] =>
			but.includes(at) || lives[at] !== 'there' ? [] : [[place, '│']],
		);
	if (arrow === null)
		return lane === null
			? [[places[0] ?? 0, '·'.repeat((places.at(-1) ?? 0) - (places[0] ?? 0) + 1)]]
			: [...others(lane), [places[lane] ?? 0, '●']];
	const [line, right, left] = ARROWS[arrow.fate];
	const [from, to] = [places[arrow.from] ?? 0, places[arrow.to] ?? 0];
	if (from === to) return [...others(arrow.from), [from, '●']];
	const [low, high] = [Math.min(from, to), Math.max(from, to)];
	const fate = arrow.fate === 'arrives' ? '' : ` (${arrow.fate})`;
	const label = shortTo(printable(`${fault ? '! ' : ''}${arrow.label}${fate}`), high - low - 6);
	const dashes = line.repeat(high - low - 5 - widthOf(label));
	const head = arrow.life === 'ends' ? GONE : to > from ? right : left;
	const foot = lives[arrow.from] === 'away' ? line : to > from ? '├' : '┤';
	const shaft =
		to > from
			? `${foot}${line} ${label} ${dashes}${line}${head}`
			: `${head}${line} ${label} ${dashes}${line}${foot}`;
	const between = places.flatMap((place, at) => (place > low && place < high ? [at] : []));
	return [...others(arrow.from, arrow.to, ...between), [low, shaft]];
}

/** Pieces in one line; where two meet, the later one begins behind the earlier one. */
function laid(pieces: readonly Piece[]): string {
	let line = '';
	for (const [column, text] of pieces.toSorted(([one], [other]) => one - other)) {
		const columns = widthOf(line);
		line += `${' '.repeat(Math.max(0, column - columns))}${text}`;
	}
	return line.trimEnd();
}

/** At spaces; what is indented stays so. */
function wrapped(text: string, columns: number): string[] {
	const [, indent = '', said = ''] = /^(\s*)(.*)$/s.exec(printable(text)) ?? [];
	const lines: string[] = [];
	let line = indent;
	for (const word of said.split(' ')) {
		const longer = line === indent ? indent + word : `${line} ${word}`;
		if (widthOf(longer) > columns && line !== indent) {
			lines.push(line);
			line = `${indent}  ${word}`;
		} else line = longer;
	}
	return [...lines, line];
}
