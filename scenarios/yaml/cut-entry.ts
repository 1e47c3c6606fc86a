import { isAlias, isScalar, type Pair, type YAMLMap } from 'yaml';

/** A piece of a text, in UTF-16 units; `to` is the first that stays. */
export type Cut = { readonly from: number; readonly to: number };

/**
 * The piece of a text without which an entry is gone from its mapping, and all else stays as it is: comments, layout, line
 * breaks. Undefined where that is not simple: several lines, an anchor on the key or value, the only entry of a mapping
 * in block style, commas at the beginning of lines.
 */
export function cutEntry(text: string, map: YAMLMap, pair: Pair): Cut | undefined {
	const { key, value } = pair;
	if (!isScalar(key) || !(isScalar(value) || isAlias(value))) return undefined;
	if (key.anchor !== undefined || (isScalar(value) && value.anchor !== undefined)) return undefined;
	const from = key.range?.[0];
	const to = value.range?.[1];
	if (from === undefined || to === undefined || text.slice(from, to).includes('\n'))
		return undefined;
	return map.flow === true
		? cutOfFlow(text, map, pair, { from, to })
		: map.items.length < 2
			? undefined
			: cutOfBlock(text, { from, to });
}

/** `key: value` on lines of their own, or behind the dash of a list. */
function cutOfBlock(text: string, { from, to }: Cut): Cut | undefined {
	const line = lineAround(text, from);
	const before = text.slice(line.from, from);
	const behind = /^[ \t]*/.exec(text.slice(to, line.end))?.[0] ?? '';
	const comment = text[to + behind.length] === '#' && behind !== '';
	if (!comment && to + behind.length < line.end) return undefined;
	if (/^ *$/.test(before)) {
		// The comment stays, alone.
		if (comment) return { from, to: to + behind.length };
		// The end of a file stays as it is, with a line break or without.
		return line.to > line.end
			? { from: line.from, to: line.to }
			: { from: lineAround(text, line.from - 1).end, to: line.end };
	}
	if (!/^ *(?:- +)+$/.test(before)) return undefined;
	if (comment) return { from, to: to + behind.length };
	const next = to + (/^\s*/.exec(text.slice(to))?.[0].length ?? 0);
	// A comment about the next entry stays where it is, below a bare dash.
	return text[next] === '#'
		? { from: line.from + before.trimEnd().length, to: line.end }
		: { from, to: next };
}

/** `{ key: value, … }`: with the comma behind it, or that before it where it is the last. */
function cutOfFlow(text: string, map: YAMLMap, pair: Pair, { from, to }: Cut): Cut | undefined {
	const open = map.range?.[0];
	if (open === undefined || text[open] !== '{') return undefined;
	const line = lineAround(text, from);
	const startsLine = text.slice(line.from, from).trim() === '';
	const comma = /^[ \t]*,/.exec(text.slice(to, line.end))?.[0].length;
	if (comma !== undefined) {
		const end = to + comma;
		const blanks = /^[ \t]*/.exec(text.slice(end, line.end))?.[0].length ?? 0;
		if (end + blanks < line.end) return { from, to: end + blanks };
		if (startsLine) return { from: line.from, to: line.to };
		return { from: line.from + text.slice(line.from, from).trimEnd().length, to: end };
	}
	if (!/^(?:\s|\s#.*)*\}/.test(text.slice(to, map.range?.[1]))) return undefined;
	const before = map.items[map.items.indexOf(pair) - 1];
	if (before === undefined)
		return { from, to: to + (/^[ \t]*/.exec(text.slice(to))?.[0].length ?? 0) };
	const last = endOf(before);
	if (last !== undefined && /^\s*,\s*$/.test(text.slice(last, from)))
		return { from: last + text.slice(last, from).indexOf(','), to };
	// A comment stands behind the comma, which may stay.
	return startsLine && text.slice(to, line.end).trim() === '' && line.to > line.end
		? { from: line.from, to: line.to }
		: undefined;
}

/** Where an entry ends. */
function endOf({ key, value }: Pair): number | undefined {
	for (const node of [value, key])
		if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
			const [, end] = node.range;
			if (typeof end === 'number') return end;
		}
	return undefined;
}

/** The line of an offset: where it begins, where its text ends, and where the next one begins. */
function lineAround(text: string, offset: number): { from: number; end: number; to: number } {
	const from = text.lastIndexOf('\n', offset - 1) + 1;
	const at = text.indexOf('\n', offset);
	if (at < 0) return { from, end: text.length, to: text.length };
	return { from, end: text[at - 1] === '\r' && at > from ? at - 1 : at, to: at + 1 };
}
