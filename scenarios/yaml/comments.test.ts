import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentsOf } from './comments.ts';

const told = (text: string): string[] =>
	commentsOf(text).map(
		({ line, column, text, alone }) => `${line}:${column}${alone ? ' alone' : ''} ${text}`,
	);

test('comments have their places, and whether they stand alone', () => {
	expect(told('# a\nb: 1 # c\n  # d\n\ne:\n  - f # g\n')).toEqual([
		'1:1 alone # a',
		'2:6 # c',
		'3:3 alone # d',
		'6:7 # g',
	]);
});

test('what only looks like one is none', () => {
	const text = `a: "# b"
c: '# d'
e: |  # f
  # g
  echo # h
i: >-
  # j

# k
l: m#n
o: [p, # q
  "r # s"] # t
u: "v
  # w
  x" # y
`;
	expect(told(text)).toEqual(['3:7 # f', '9:1 alone # k', '11:8 # q', '12:12 # t', '15:6 # y']);
});

test('with carriage returns, with none at the end, and in no document', () => {
	expect(told('a: 1 # b\r\n# c\r\nd: |\r\n  # e\r\n  f\r\n# g')).toEqual([
		'1:6 # b',
		'2:1 alone # c',
		'6:1 alone # g',
	]);
	expect(told('')).toEqual([]);
	expect(told('--- # a\nb: 1\n... # c\n')).toEqual(['1:5 # a', '3:5 # c']);
});

test('each stands in the text where it is said to', () => {
	const piece = fc.constantFrom(
		'# a',
		' ',
		'\n',
		'\r\n',
		'b: ',
		'- ',
		'"',
		'|\n',
		'{',
		'}',
		'c',
		',',
		'[',
		']',
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
			const text = pieces.join('');
			const lines = text.split('\n');
			for (const { line, column, text: comment } of commentsOf(text))
				expect(lines[line - 1]?.slice(column - 1).trimEnd()).toBe(comment.trimEnd());
		}),
	);
});
