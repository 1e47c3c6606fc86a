import { isMap, isNode, isSeq, stringify, type YAMLSeq } from 'yaml';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { YamlFile } from '../yaml/read.ts';
import type { ToldLine } from './compile-story.ts';
import { linesOf, type StoryLine } from './lines.ts';

/**
 * The text of a scenario in which each line that stands for several events is replaced by a line for each. All other
 * lines stay as they are; a comment behind a line stays behind the first that replaces it.
 */
export function expandedText(
	{ text, document }: Pick<YamlFile, 'text' | 'document'>,
	told: readonly ToldLine[],
	setup: Setup,
): string {
	const events: unknown = isMap(document.contents) ? document.contents.get('events', true) : null;
	if (!isSeq(events)) return text;
	if (!told.some(({ depends }) => depends)) return text;
	return events.flow === true
		? inBlock(text, events, told, setup)
		: spliced(text, events, told, setup);
}

/** A list in brackets is spread: one line each. */
function inBlock(text: string, seq: YAMLSeq, told: readonly ToldLine[], setup: Setup): string {
	const [from = 0, to = 0] = seq.range ?? [];
	const lines = seq.items.flatMap((item, index) => {
		const { events, depends } = told[index] ?? { events: [], depends: false };
		if (depends) return linesOf(events, setup).map(written);
		const [begin = 0, end = 0] = (isNode(item) ? item.range : null) ?? [];
		return [text.slice(begin, end).trim()];
	});
	const before = text.slice(0, from).replace(/[ \t]+$/, '');
	return `${before}${lines.map((line) => `\n  - ${line}`).join('')}${text.slice(to)}`;
}

function spliced(text: string, seq: YAMLSeq, told: readonly ToldLine[], setup: Setup): string {
	let rest = text;
	// From the end, so that offsets stay right.
	for (const [index, item] of [...seq.items.entries()].toReversed()) {
		const { events, depends } = told[index] ?? { events: [], depends: false };
		const begin = isNode(item) ? item.range?.[0] : undefined;
		const end = endOf(item);
		if (!depends || begin === undefined || end === undefined) continue;
		const dash = rest.lastIndexOf('-', begin - 1);
		const indent = rest.slice(rest.lastIndexOf('\n', dash) + 1, dash);
		const [first = '', ...others] = linesOf(events, setup).map(written);
		const newline = rest.indexOf('\n', end);
		const stop = newline < 0 ? rest.length : newline;
		const comment = rest.slice(end, stop).trimEnd();
		const more = others.map((line) => `\n${indent}- ${line}`).join('');
		rest = `${rest.slice(0, begin)}${first}${comment}${more}${rest.slice(stop)}`;
	}
	return rest;
}

/** Where the last word of a line ends, before any comment. */
function endOf(node: unknown): number | undefined {
	const last = isMap(node) && node.flow !== true ? node.items.at(-1) : undefined;
	if (last !== undefined) return endOf(last.value) ?? endOf(last.key);
	return isNode(node) ? node.range?.[1] : undefined;
}

/** One line of a story, without its dash. */
const written = (line: StoryLine): string =>
	stringify(line, { collectionStyle: 'flow', lineWidth: 0 })
		.trim()
		.replace(/^\{ ([a-z-]+: .*) \}$/, '$1');
