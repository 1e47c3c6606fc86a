import { isDeepStrictEqual } from 'node:util';
import { commentsOf } from '../yaml/comments.ts';
import { parseYaml } from '../yaml/read.ts';
import { YamlValue } from '../yaml/value.ts';
import type { Edit } from './finding.ts';

export type Applied =
	| { readonly kind: 'applied'; readonly text: string }
	/** It would not have come to what was meant. */
	| { readonly kind: 'left'; readonly why: string };

const left = (why: string): Applied => ({ kind: 'left', why });

/**
 * Applies edits that cut entries out, and looks at what comes of it: the data of the file must be the same but for these
 * entries, and so must its comments. Else nothing is applied.
 */
export function applyEdits(text: string, edits: readonly Edit[]): Applied {
	const inOrder = [
		...new Map(edits.map((edit) => [`${edit.from} ${edit.to}`, edit])).values(),
	].toSorted((one, other) => one.from - other.from);
	if (inOrder.some(({ from }, at) => from < (inOrder[at - 1]?.to ?? 0)))
		return left('two edits would touch each other');
	let after = '';
	let at = 0;
	for (const edit of inOrder) {
		after += text.slice(at, edit.from) + edit.text;
		at = edit.to;
	}
	after += text.slice(at);
	const before = parseYaml(text, '');
	const read = parseYaml(after, '');
	if (before.kind === 'refused' || read.kind === 'refused')
		return left('what would be left is no YAML that can be read');
	const gone = new Set<number>();
	for (const { from, to } of inOrder)
		for (let offset = from; offset < to; offset++) gone.add(offset);
	const meant = YamlValue.rootOf(before.file).plain(gone);
	if (
		!isDeepStrictEqual(YamlValue.rootOf(read.file).plain(), meant) ||
		!isDeepStrictEqual(commentTexts(after), commentTexts(text))
	)
		return left('more than the flags would change');
	return { kind: 'applied', text: after };
}

const commentTexts = (text: string): string[] =>
	commentsOf(text).map((comment) => comment.text.trimEnd());
