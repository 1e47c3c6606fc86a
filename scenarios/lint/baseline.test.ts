import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BaselineEntry, readBaseline, writeBaseline } from './baseline.ts';

const entry = (changes: Partial<BaselineEntry> = {}): BaselineEntry => ({
	fingerprint: '0123456789abcdef01234567',
	rule: 'flag-in-block',
	file: 'ci/a.yml',
	...changes,
});

test('what is written is read again, each entry once and in one order', () => {
	const other = entry({ fingerprint: 'f'.repeat(24), file: 'b.yml' });
	const text = writeBaseline([entry(), other, entry()]);
	expect(text).toBe(`{
	"format": "mulligan baseline",
	"version": 1,
	"findings": [
		{"fingerprint":"ffffffffffffffffffffffff","rule":"flag-in-block","file":"b.yml"},
		{"fingerprint":"0123456789abcdef01234567","rule":"flag-in-block","file":"ci/a.yml"}
	]
}
`);
	expect(writeBaseline([other, entry()])).toBe(text);
	expect(readBaseline(text, 'b.json')).toEqual({ kind: 'read', entries: [other, entry()] });
	expect(readBaseline(writeBaseline([]), 'b.json')).toEqual({ kind: 'read', entries: [] });
});

test('any files and rules are read as they were written', () => {
	const text = fc.string({ maxLength: 20, unit: 'binary' });
	const entries = fc.uniqueArray(
		fc.record({
			fingerprint: fc.stringMatching(/^[0-9a-f]{24}$/),
			rule: text,
			file: text,
		}),
		{ selector: ({ fingerprint }) => fingerprint },
	);
	fc.assert(
		fc.property(entries, (those) => {
			const read = readBaseline(writeBaseline(those), 'b.json');
			expect(read.kind).toBe('read');
			if (read.kind === 'read') expect(new Set(read.entries)).toEqual(new Set(those));
		}),
	);
});

test.each([
	['', 'this is no baseline: it is no JSON'],
	['[]', /^this is no baseline: /],
	['{}', /^this is no baseline, as format is/],
	['{"format":"mulligan evidence","version":1,"findings":[]}', /as format is/],
	['{"format":"mulligan baseline","version":2,"findings":[]}', /as version is/],
	['{"format":"mulligan baseline","version":1,"findings":[],"more":1}', /no baseline/],
	[
		'{"format":"mulligan baseline","version":1,"findings":[{"fingerprint":"x","rule":"a","file":"b"}]}',
		/as findings\.0\.fingerprint is/,
	],
])('anything else is refused: %s', (text, message) => {
	expect(readBaseline(text, 'b.json')).toEqual({
		kind: 'refused',
		problem: {
			file: 'b.json',
			line: 0,
			column: 0,
			message: expect.stringMatching(message),
			remedy: 'write it again with --write-baseline',
		},
	});
});
