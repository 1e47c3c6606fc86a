import { expect, test } from 'vitest';
import { drawnTable, table } from './table.ts';

test('columns are as wide as they need, without blanks at the end', () => {
	expect(
		table([
			['name', 'verdict'],
			['a long name', 'holds'],
			['b', ''],
		]),
	).toBe('name         verdict\na long name  holds\nb');
});

test('columns of numbers are set to the right', () => {
	expect(
		table(
			[
				['source', 'stories', 'x'],
				['a', '7', 'y'],
			],
			new Set([1]),
		),
	).toBe('source  stories  x\na             7  y');
});

test('a short row is a short row, and no rows are nothing', () => {
	expect(table([['a', 'b'], ['c']])).toBe('a  b\nc');
	expect(table([])).toBe('');
});

test('a row begins no order to a system of CI', () => {
	expect(table([['::error title=x::y', '1']])).toBe(': :error title=x::y  1');
	expect(table([['a::b', '::c']])).toBe('a::b  ::c');
});

test('a table of the review is drawn without its columns of sentences, and no note is said twice', () => {
	const drawn = drawnTable(
		{
			kind: 'table',
			label: 'Guarantees',
			head: ['guarantee', 'promise', 'stories', 'verdict'],
			wide: ['promise'],
			numbers: ['stories'],
			rows: [
				[{ id: 'S1', name: 'x' }, 'long', '12', { verdict: 'violated', note: 'in\u{1b}blocks' }],
				['S2', 'long', '1,234', { verdict: 'unknown', note: 'interrupted' }],
			],
		},
		'it was interrupted',
	);
	expect(drawn.split('\n')).toEqual([
		'guarantee  stories  verdict',
		'S1 x            12  violated: in\\u{1b}blocks',
		'S2           1,234  unknown',
	]);
});
