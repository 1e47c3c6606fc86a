import { expect, test } from 'vitest';
import { isPrintable, printable } from './printable.ts';
import { Name } from './project.ts';

test('control characters, line ends and broken surrogates are written as their codes', () => {
	expect(printable('a\u{1b}[31mb\r\nc\u{d800}\u{2028}')).toBe(
		'a\\u{1b}[31mb\\u{d}\\u{a}c\\u{d800}\\u{2028}',
	);
	expect(printable('plain – ✗ 🎉')).toBe('plain – ✗ 🎉');
});

test('what turns the direction of a line is written as its code', () => {
	expect(printable('a\u{202e}b\u{2066}\u{200f}')).toBe('a\\u{202e}b\\u{2066}\\u{200f}');
});

test('a name is what people can read', () => {
	for (const name of ['compile', 'test @ linux', '🎉', 'constructor', '..'])
		expect(Name.safeParse(name).success).toBe(true);
	for (const name of ['', 'a\nb', '\u{1b}[31m', '\u{d800}', '\u{7f}', '__proto__'])
		expect(Name.safeParse(name).success).toBe(false);
	expect(isPrintable('a\tb')).toBe(false);
});
