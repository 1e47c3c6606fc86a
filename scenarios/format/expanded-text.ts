import { isMap, isNode, isPair, isScalar, isSeq, type Pair, stringify, type YAMLSeq } from 'yaml';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { YamlFile } from '../yaml/parse.ts';
import type { CompiledStory, ToldLine } from './compile-story.ts';
import { linesOf, type StoryLine } from './lines.ts';

type Compiled = Pick<CompiledStory, 'before' | 'told'>;

/** A piece of a text that is replaced. */
interface Edit {
	readonly from: number;
	readonly to: number;
	readonly by: string;
}

/**
 * The text of a scenario in which each line that stands for several events is replaced by a line for each, and `given` by
 * the events that lead there. All else stays as it is; a comment behind a line stays behind the first that replaces it.
 */
export function expandedText(
	{ text, document }: Pick<YamlFile, 'text' | 'document'>,
	{ before, told }: Compiled,
	setup: Setup,
): string {
	if (before.length === 0 && !told.some(({ depends }) => depends)) return text;
	const root = document.contents;
	if (!isMap(root) || root.flow === true) return text;
	const events = pairOf(root.items, 'events');
	const given = pairOf(root.items, 'given');
	if (!isSeq(events?.value)) return text;
	const seq = events.value;
	const write = (some: readonly Event[]): string[] => linesOf(some, setup).map(written);
	const edits = [
		...(given === undefined ? [] : [cutOf(text, given)]),
		...(seq.flow === true
			? [inBlock(text, seq, told, write, write(before))]
			: lineByLine(text, seq, told, write, write(before))),
	];
	let expanded = text;
	// From the end, so that offsets stay right.
	for (const { from, to, by } of edits.sort((one, other) => other.from - one.from))
		expanded = `${expanded.slice(0, from)}${by}${expanded.slice(to)}`;
	return expanded;
}

const pairOf = (items: readonly unknown[], name: string): Pair | undefined =>
	items.filter(isPair).find(({ key }) => isScalar(key) && key.value === name);

/** All lines of an entry. */
function cutOf(text: string, { key, value }: Pair): Edit {
	const begin = (isNode(key) && key.range?.[0]) || 0;
	const from = text.lastIndexOf('\n', begin - 1) + 1;
	return { from, to: lineEnd(text, endOf(value) ?? begin) + 1, by: '' };
}

/** A list in brackets is spread: one line each. */
function inBlock(
	text: string,
	seq: YAMLSeq,
	told: readonly ToldLine[],
	write: (events: readonly Event[]) => string[],
	before: readonly string[],
): Edit {
	const [begin = 0, to = 0] = seq.range ?? [];
	const lines = seq.items.flatMap((item, index) => {
		const { events, depends } = told[index] ?? { events: [], depends: false };
		if (depends) return write(events);
		const [from = 0, end = 0] = (isNode(item) ? item.range : null) ?? [];
		return [text.slice(from, end).trim()];
	});
	const from = text.slice(0, begin).trimEnd().length;
	return { from, to, by: [...before, ...lines].map((line) => `\n  - ${line}`).join('') };
}

function lineByLine(
	text: string,
	seq: YAMLSeq,
	told: readonly ToldLine[],
	write: (events: readonly Event[]) => string[],
	before: readonly string[],
): Edit[] {
	return seq.items.flatMap((item, index): Edit[] => {
		const { events, depends } = told[index] ?? { events: [], depends: false };
		const begin = isNode(item) ? item.range?.[0] : undefined;
		const end = endOf(item);
		if (begin === undefined || end === undefined) return [];
		const dash = text.lastIndexOf('-', begin - 1);
		const indent = text.slice(text.lastIndexOf('\n', dash) + 1, dash);
		const first: Edit = {
			from: begin,
			to: begin,
			by: index === 0 ? before.map((line) => `${line}\n${indent}- `).join('') : '',
		};
		if (!depends) return [first];
		const stop = lineEnd(text, end);
		const comment = text.slice(end, stop).trimEnd();
		const [own = '', ...others] = write(events);
		const more = others.map((line) => `\n${indent}- ${line}`).join('');
		return [{ from: begin, to: stop, by: `${first.by}${own}${comment}${more}` }];
	});
}

/** Where the line ends, before its break. */
function lineEnd(text: string, from: number): number {
	const newline = text.indexOf('\n', from);
	return newline < 0 ? text.length : newline;
}

/** Where the last word of a value ends, before any comment. */
function endOf(node: unknown): number | undefined {
	if (isMap(node) && node.flow !== true) {
		const last = node.items.at(-1);
		return endOf(last?.value) ?? endOf(last?.key);
	}
	if (isSeq(node) && node.flow !== true) return endOf(node.items.at(-1));
	return isNode(node) ? node.range?.[1] : undefined;
}

/** One line of a story, without its dash. */
const written = (line: StoryLine): string =>
	stringify(line, { collectionStyle: 'flow', lineWidth: 0 })
		.trim()
		.replace(/^\{ ([a-z-]+: .*) \}$/, '$1');
