import { expect, test } from 'vitest';
import { table } from './table.ts';

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
