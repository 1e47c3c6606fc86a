import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { commentsOf } from '../yaml/comments.ts';
import { dataOf, parseYaml, type YamlFile } from '../yaml/read.ts';

export type WithShows =
	| { readonly kind: 'written'; readonly text: string }
	| { readonly kind: 'left'; readonly why: string };

const left = (why: string): WithShows => ({ kind: 'left', why });

/**
 * The text of a scenario with these guarantees under `shows`, in place of those that are there, or below its name. All else
 * of it, comments and layout, stays; where it would not, nothing is changed.
 */
export function withShows(text: string, shows: readonly string[]): WithShows {
	const before = parseYaml(text, '');
	if (before.kind === 'refused') return left('it cannot be read');
	const map = before.file.document.contents;
	if (!isMap(map) || map.flow === true) return left('it is not written line by line');
	const list = `[${shows.join(', ')}]`;
	const after = replaced(text, map, list) ?? inserted(text, map, list);
	if (after === null) return left('there is no name below which to write it');
	const read = parseYaml(after, '');
	const isMeant =
		read.kind === 'read' &&
		isDeepStrictEqual(dataOf(read.file), { ...entriesOf(before.file), shows }) &&
		isDeepStrictEqual(commentsIn(after), commentsIn(text));
	return isMeant ? { kind: 'written', text: after } : left('more than that would change');
}

const entry = (map: YAMLMap, key: string): Pair | undefined =>
	map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);

function replaced(text: string, map: YAMLMap, list: string): string | null {
	const value = entry(map, 'shows')?.value;
	if (!isSeq(value) || value.range == null) return null;
	const [from, to] = value.range;
	// A list of lines ends with the break of its last one.
	const kept = text.slice(from, to).trimEnd().length;
	return text.slice(0, from) + list + text.slice(from + kept);
}

function inserted(text: string, map: YAMLMap, list: string): string | null {
	const name = entry(map, 'name')?.value;
	if (!isScalar(name) || name.range == null) return null;
	const end = name.range[1];
	const at = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1;
	if (at === 0) return null;
	const lineBreak = text.slice(0, at).endsWith('\r\n') ? '\r\n' : '\n';
	return `${text.slice(0, at)}shows: ${list}${lineBreak}${text.slice(at)}`;
}

function entriesOf(file: YamlFile): object {
	const data = dataOf(file);
	return typeof data === 'object' && data !== null ? data : {};
}

const commentsIn = (text: string): string[] => commentsOf(text).map((one) => one.text.trimEnd());
