import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Evidence } from '../evidence.ts';
import { contradictionsOf } from '../judging/contradictions.ts';
import { evidenceOf } from '../testing/evidence.ts';
import { readEvidence } from './read.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-read-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (text: string | null) => {
	const path = join(folder, 'evidence.json');
	if (text !== null) writeFileSync(path, text);
	return readEvidence(path, Evidence, 'run verify again', contradictionsOf);
};

test('what is right is read, also a file of before there were graphs and stories', () => {
	const { graphs: _, told: __, scenarios: ___, design: ____, ...old } = evidenceOf();
	expect(read(JSON.stringify(old))).toEqual({ kind: 'read', value: evidenceOf() });
});

test('what is not there is absent', () => {
	expect(read(null)).toEqual({ kind: 'absent' });
});

/** A machine with a state that is inside another one, which is inside the first. */
function graphWith(parent: string): unknown {
	const state = (id: string, around: string) => ({ id, name: id, parent: around, initial: true });
	return [{ machine: 'm', states: [state('a', parent), state('b', 'a')], transitions: [] }];
}

test('what is no file is refused', () => {
	mkdirSync(join(folder, 'evidence.json'));
	expect(read(null)).toMatchObject({
		kind: 'refused',
		problems: [expect.stringMatching(/not a file/)],
	});
});

test.each([
	['{', 'not JSON'],
	['{}', 'not what it should be at "format"'],
	[JSON.stringify({ ...evidenceOf(), version: 2 }), 'not what it should be at "version"'],
	[JSON.stringify({ ...evidenceOf(), verdict: '<b>' }), 'not what it should be at "verdict"'],
	[' '.repeat(16_000_001), 'larger than 16000000 bytes'],
	['['.repeat(1_000_000), '1000001 values, 1000000 deep'],
	[JSON.stringify({ ...evidenceOf(), graphs: graphWith('a') }), 'a state is inside itself'],
	[JSON.stringify({ ...evidenceOf(), graphs: graphWith('b') }), 'a state is inside itself'],
])('what is wrong is refused with what it is and a remedy (%#)', (text, problem) => {
	const refused = read(text);
	expect(refused).toMatchObject({ kind: 'refused', problems: [expect.stringContaining(problem)] });
	expect(refused).toMatchObject({ problems: [expect.stringContaining('(run verify again)')] });
});

test('what contradicts itself is refused with what contradicts what', () => {
	const [first] = evidenceOf().guarantees;
	if (first === undefined) throw new Error('there is no guarantee');
	const told = { ...evidenceOf(), guarantees: [{ ...first, mattered: 0, stories: 0 }] };
	expect(read(JSON.stringify(told))).toMatchObject({
		kind: 'refused',
		problems: [
			expect.stringContaining(
				'guarantee S1 is said to be "holds", but its parts come to "unknown"',
			),
			expect.stringContaining('the whole is said to be "holds", but its parts come to "unknown"'),
		],
	});
});

test('a file that lost its reasons is not taken for one of before there were any', () => {
	const { reasons: _, ...rest } = evidenceOf({ interrupted: true });
	expect(read(JSON.stringify(rest))).toMatchObject({
		kind: 'refused',
		problems: [expect.stringContaining('not what it should be at "reasons"')],
	});
});
