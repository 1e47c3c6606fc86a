import { printable } from '../model/vocabulary/printable.ts';
import type {
	Arrow,
	Lane,
	NarratedEvent,
	NarratedStory,
} from '../reports/evidence/narrated-story.ts';
import { sayLeftOut } from '../reports/wording/fate.ts';
import { shortTo, widthOf, wrapped } from './width.ts';

/** What is drawn of a story. */
export type Drawn = Omit<NarratedStory, 'token' | 'about'>;

/** Columns before the first lane: the number of the event. */
const NUMBER = 5;
/** Columns of a lane: at most, at least with the words beside the drawing, and at least at all. */
const WIDEST = 26;
const NARROWEST = 8;
const LEAST = 3;
/** The words have at least so many columns; where that is too much beside the drawing, they stand below. */
const WORDS = 34;

/** How far along its way a message is drawn. */
const REACH: Record<Arrow['fate'], number> = { sent: 0.5, arrives: 1, lost: 0.6, repeated: 1 };

/**
 * A story as a sequence diagram in text: a row an event, the drawing left of its words. It is drawn in ASCII: other
 * lines and arrows are as wide as two columns on some terminals.
 */
export function sequenceLines(
	{ lanes, events, broken, left_out }: Drawn,
	columns: number,
): string[] {
	const beside = Math.floor((columns - NUMBER - WORDS) / lanes.length);
	const isBeside = beside >= NARROWEST;
	const room = isBeside ? beside : Math.floor((columns - NUMBER) / lanes.length);
	const lane = Math.max(LEAST, Math.min(WIDEST, room));
	const drawing = lane * lanes.length;
	const words = Math.max(WORDS, columns - NUMBER - (isBeside ? drawing : 0));
	const breaks = broken === null ? -1 : Math.max(broken.index, 0);
	const row = (number: string, drawn: string, said: string): string =>
		`${number.padStart(NUMBER - 1)} ${drawn}${said}`.trimEnd();
	return [
		row('', headOf(lanes, lane), ''),
		...events.flatMap((event, place) => {
			const said = [
				...(event.part === 'rest' && events[place - 1]?.part === 'story'
					? ['(coming to rest)']
					: []),
				`${event.fault ? '! ' : ''}${printable(event.sentence)}`,
				...event.changes.map((change) => `- ${printable(change)}`),
				...(place === breaks && broken !== null
					? [`X ${broken.guarantee ?? 'differs'}: ${printable(broken.sentence)}`]
					: []),
			].flatMap((one) => {
				const [indent, room] = one.startsWith('- ') ? ['  ', words - 2] : ['', words];
				return wrapped(one, room).map((line, at) => (at === 0 ? line : indent + line));
			});
			const drawn = drawnOf(event, lanes.length, lane);
			const empty = lifeLines(lanes.length, lane).join('');
			if (!isBeside)
				return [
					...drawn.map((line, at) => row(at === 0 ? String(place + 1) : '', line, '')),
					...said.map((line) => row('', '', line)),
				];
			return Array.from({ length: Math.max(drawn.length, said.length) }, (_, at) =>
				row(at === 0 ? String(place + 1) : '', drawn[at] ?? empty, said[at] ?? ''),
			);
		}),
		...(left_out === 0 ? [] : ['', sayLeftOut(left_out, ' of coming to rest')]),
	];
}

/** Each name over its lane. */
const headOf = (lanes: readonly Lane[], lane: number): string =>
	lanes
		.map(({ name }) => {
			const short = shortTo(printable(name), lane - 1);
			const before = Math.max(0, Math.floor((lane - 1 - widthOf(short)) / 2));
			return ' '.repeat(before) + short + ' '.repeat(lane - before - widthOf(short));
		})
		.join('');

/** The column of a lane. */
const across = (place: number, lane: number): number => place * lane + Math.floor((lane - 1) / 2);

function lifeLines(lanes: number, lane: number): string[] {
	const line = Array.from({ length: lanes * lane }, () => ' ');
	for (let place = 0; place < lanes; place++) line[across(place, lane)] = '|';
	return line;
}

/** The rows of an event: a label over its arrow, or one mark. */
function drawnOf({ arrow, lane: at, fault }: NarratedEvent, lanes: number, lane: number): string[] {
	const line = lifeLines(lanes, lane);
	if (arrow !== null && arrow.from !== arrow.to) return message(arrow, line, lane);
	const place = arrow?.from ?? at;
	if (place === null) return [line.map((was) => (was === '|' ? was : '~')).join('')];
	line[across(place, lane)] = fault ? '!' : 'o';
	return [line.join('')];
}

function message({ from, to, label, fate }: Arrow, line: string[], lane: number): string[] {
	const [begin, end] = [across(from, lane), across(to, lane)];
	const way = Math.sign(end - begin);
	const last =
		fate === 'sent' || fate === 'lost'
			? begin + Math.round((end - begin) * REACH[fate])
			: end - way;
	for (let at = begin + way; at !== last + way; at += way)
		line[at] = fate === 'sent' ? '.' : fate === 'repeated' ? '=' : '-';
	line[last] = fate === 'lost' ? 'x' : way > 0 ? '>' : '<';
	const room = Math.abs(end - begin) - 1;
	const short = shortTo(printable(label), room);
	const left = Math.min(begin, end) + 1 + Math.floor((room - widthOf(short)) / 2);
	const over = lifeLines(line.length / lane, lane);
	// A letter may be as wide as two columns: it takes the place of both.
	over.splice(left, widthOf(short), short);
	return [over.join(''), line.join('')];
}
