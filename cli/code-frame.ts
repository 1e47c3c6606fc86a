import { printable } from '../model/vocabulary/printable.ts';
import { widthOf } from './width.ts';

/** Most columns of a line that are shown. */
const WIDTH = 100;
/** Of a longer line so many columns are shown before the point. */
const BEFORE = 40;

/**
 * A line of a file with a caret under a column, between its neighbours, as compilers print it. Nothing in it acts on a
 * terminal; a long line is cut around the column. Lines and columns count from 1; no frame where there is no such line.
 */
export function codeFrame(lines: readonly string[], line: number, column: number): string[] {
	const text = lines[line - 1];
	if (text === undefined) return [];
	const shown = [line - 1, line, line + 1].filter((at) => at > 0 && at <= lastOf(lines));
	const digits = String(Math.max(...shown, line)).length;
	const cut = cutOf(text, column);
	return [line - 1, line, line + 1].flatMap((at) => {
		if (at !== line && !shown.includes(at)) return [];
		const part = pieceOf(lines[at - 1] ?? '', cut);
		const row = `  ${String(at).padStart(digits)} | ${part}`.trimEnd();
		if (at !== line) return [row];
		const caret = widthOf(pieceOf(text.slice(0, column - 1), cut));
		return [row, `  ${' '.repeat(digits)} | ${' '.repeat(caret)}^`];
	});
}

/** What follows the last line break is no line if it is empty. */
const lastOf = (lines: readonly string[]): number => lines.length - (lines.at(-1) === '' ? 1 : 0);

/** How much of the beginning of the lines is not shown. */
const cutOf = (text: string, column: number): number =>
	text.length <= WIDTH ? 0 : Math.max(0, column - 1 - BEFORE);

function pieceOf(text: string, cut: number): string {
	const from = wholeFrom(text, cut);
	const to = wholeFrom(text, cut + WIDTH);
	return [
		...(from > 0 && text.length > 0 ? ['…'] : []),
		...[...text.slice(from, to)].map(shownAs),
		...(to < text.length ? ['…'] : []),
	].join('');
}

/** Not in the middle of a surrogate pair. */
const wholeFrom = (text: string, at: number): number =>
	at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;

/** A tab is as wide as a blank here, so that the caret stands where it should. */
const shownAs = (character: string): string => (character === '\t' ? ' ' : printable(character));
