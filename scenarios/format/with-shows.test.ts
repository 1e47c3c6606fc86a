import { expect, test } from 'vitest';
import { withShows } from './with-shows.ts';

const REST = 'about: x\nevents: []\nexpect: {}\n';

test.each([
	['below the name', `name: a\n${REST}`, `name: a\nshows: [S1, L1]\n${REST}`],
	[
		'in place of a list',
		`name: a\nshows: [S6] # why\n${REST}`,
		`name: a\nshows: [S1, L1] # why\n${REST}`,
	],
	[
		'in place of lines',
		`name: a\nshows:\n  - S6\n  - S7\n${REST}`,
		`name: a\nshows:\n  [S1, L1]\n${REST}`,
	],
	[
		'below a long name',
		`name: >-\n  a\n  b\n${REST}`,
		`name: >-\n  a\n  b\nshows: [S1, L1]\n${REST}`,
	],
	[
		'with the breaks of the file',
		'name: a\r\nabout: x\r\n',
		'name: a\r\nshows: [S1, L1]\r\nabout: x\r\n',
	],
])('is written %s', (_, before, after) => {
	expect(withShows(before, ['S1', 'L1'])).toEqual({ kind: 'written', text: after });
});

test.each([
	[
		'a comment would be lost',
		'name: a\nshows:\n  - S6 # why\n  - S7\n',
		'more than that would change',
	],
	['it is JSON', '{ "name": "a" }\n', 'it is not written line by line'],
	['there is no name', 'about: x\n', 'there is no name below which to write it'],
	['it is no YAML', 'name: [\n', 'it cannot be read'],
])('nothing is written where %s', (_, text, why) => {
	expect(withShows(text, ['S1'])).toEqual({ kind: 'left', why });
});
