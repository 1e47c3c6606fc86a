import { expect, test } from 'vitest';
import { isPrintable } from '../model/vocabulary/printable.ts';
import { codeFrame } from './code-frame.ts';

const lines = (count: number): string[] =>
	Array.from({ length: count }, (_, at) => `line ${at + 1}`);

test('a caret stands under the column, between the lines before and after', () => {
	expect(codeFrame(['a: 1', '  b: 2', 'c: 3'], 2, 3)).toEqual([
		'  1 | a: 1',
		'  2 |   b: 2',
		'    |   ^',
		'  3 | c: 3',
	]);
});

test('at the edges of a file there is one neighbour, or none', () => {
	expect(codeFrame(['a', 'b'], 1, 1)).toEqual(['  1 | a', '    | ^', '  2 | b']);
	expect(codeFrame(['a', 'b', ''], 2, 1)).toEqual(['  1 | a', '  2 | b', '    | ^']);
	expect(codeFrame(['a', ''], 1, 1)).toEqual(['  1 | a', '    | ^']);
	expect(codeFrame([''], 1, 1)).toEqual(['  1 |', '    | ^']);
	for (const line of [0, 3]) expect(codeFrame(['a', 'b'], line, 1)).toEqual([]);
});

test('numbers of lines end in one column', () => {
	expect(codeFrame(lines(12), 9, 1)).toEqual([
		'   8 | line 8',
		'   9 | line 9',
		'     | ^',
		'  10 | line 10',
	]);
});

test('a long line is cut around the column, and its neighbours with it', () => {
	const text = `${'a'.repeat(300)}X${'b'.repeat(300)}`;
	const [before = '', row = '', caret = '', after = ''] = codeFrame(['short', text, text], 2, 301);
	expect(before).toBe('  1 | …');
	expect(row).toBe(`  2 | …${'a'.repeat(40)}X${'b'.repeat(59)}…`);
	expect(row[caret.indexOf('^')]).toBe('X');
	expect(after).toBe(row.replace('2', '3'));
	expect(codeFrame([`X${text}`], 1, 1)[0]).toBe(`  1 | X${'a'.repeat(99)}…`);
});

test('nothing in it acts on a terminal, and the caret still stands right', () => {
	const [row = '', caret = ''] = codeFrame(['\u{1b}[31m\tred\u{0}X'], 1, 11);
	expect(row).toBe('  1 | \\u{1b}[31m red\\u{0}X');
	expect(isPrintable(row)).toBe(true);
	expect(row[caret.indexOf('^')]).toBe('X');
	// Cutting parts no character.
	const faces = '👩'.repeat(100);
	const cut = codeFrame([`${faces}a${faces}`], 1, 204).join(' ');
	expect(cut).toContain('a');
	expect(cut).not.toContain('\\u');
});

test('wide characters take two columns, combining ones none', () => {
	const caretAt = (text: string): number =>
		(codeFrame([`${text}X`], 1, text.length + 1)[1] ?? '').indexOf('^') - 6;
	expect(caretAt('日本')).toBe(4);
	expect(caretAt('👩')).toBe(2);
	expect(caretAt('e\u{301}')).toBe(1);
	expect(caretAt('ü')).toBe(1);
});
