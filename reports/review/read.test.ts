import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Evidence } from '../evidence/evidence.ts';
import { contradictionsOf } from '../judging/contradictions.ts';
import { wholeEvidenceOf } from '../testing/whole-evidence.ts';
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

test('what is right is read', () => {
	const value = wholeEvidenceOf();
	expect(read(JSON.stringify(value))).toEqual({ kind: 'read', value });
});

/** As it was before it said its version; parts can be replaced. */
function ofBefore(changes: Partial<Evidence> = {}): unknown {
	const { reasons, mulligan, commit, shard, allowed, ...rest } = wholeEvidenceOf();
	const { interrupted, stories_asked, configurations, project, ...old } = rest;
	const { design, design_named, graphs, told, scenarios, ...first } = old;
	const { digest: _, ...file } = project ?? { digest: null };
	const sources = first.sources.map(({ name, stories, verdict, note }) => ({
		...{ name, stories, verdict, note },
	}));
	return { ...first, project: file, sources, ...changes };
}

test('a file of before it said its version, and before there were graphs, stories and some guarantees', () => {
	const { guarantees } = wholeEvidenceOf();
	const fewer = guarantees.filter(({ id }) => id !== 'S16' && id !== 'C4');
	for (const rows of [guarantees, fewer])
		expect(read(JSON.stringify(ofBefore({ guarantees: rows })))).toMatchObject({
			kind: 'read',
			value: { mulligan: null, graphs: [], told: [], design: 'flag', guarantees: rows },
		});
});

test('what a file of before could not leave out is not left out by one that gives no version', () => {
	const { guarantees } = wholeEvidenceOf();
	const dropped = { guarantees: guarantees.filter(({ id }) => id !== 'S8') };
	for (const [value, said] of [
		[ofBefore(dropped), 'guarantee S8 should stand there'],
		[{ ...wholeEvidenceOf(dropped), mulligan: null }, 'it does not say its version'],
	] as const)
		expect(read(JSON.stringify(value))).toMatchObject({
			kind: 'refused',
			problems: [expect.stringContaining(said)],
		});
});

test('what is not there is absent', () => {
	expect(read(null)).toEqual({ kind: 'absent' });
});

/** A machine with two states, the second inside the first. */
function graphWith(parent: string | null, machine = 'm'): unknown {
	const state = (id: string, around: string | null) => ({
		id,
		name: id,
		parent: around,
		initial: true,
	});
	return [{ machine, states: [state('a', parent), state('b', 'a')], transitions: [] }];
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
	[JSON.stringify({ ...wholeEvidenceOf(), version: 2 }), 'not what it should be at "version"'],
	[JSON.stringify({ ...wholeEvidenceOf(), verdict: '<b>' }), 'not what it should be at "verdict"'],
	[' '.repeat(16_000_001), 'larger than 16000000 bytes'],
	['['.repeat(1_000_000), '1000001 values, 1000000 deep'],
	[JSON.stringify({ ...wholeEvidenceOf(), graphs: graphWith('a') }), 'a state is inside itself'],
	[JSON.stringify({ ...wholeEvidenceOf(), graphs: graphWith('b') }), 'a state is inside itself'],
	[
		JSON.stringify({ ...wholeEvidenceOf(), graphs: graphWith('c') }),
		'inside one that is not there',
	],
	[JSON.stringify({ ...wholeEvidenceOf(), graphs: graphWith(null, 'b') }), 'the id of the machine'],
])('what is wrong is refused with what it is and a remedy (%#)', (text, problem) => {
	const refused = read(text);
	expect(refused).toMatchObject({ kind: 'refused', problems: [expect.stringContaining(problem)] });
	expect(refused).toMatchObject({ problems: [expect.stringContaining('(run verify again)')] });
});

test('what contradicts itself is refused with what contradicts what', () => {
	const guarantees = wholeEvidenceOf().guarantees.map((row) =>
		row.id === 'S1' ? { ...row, exercised: 0, stories: 0 } : row,
	);
	const told = { ...wholeEvidenceOf(), guarantees };
	expect(read(JSON.stringify(told))).toMatchObject({
		kind: 'refused',
		problems: expect.arrayContaining([
			expect.stringContaining(
				'guarantee S1 is said to be "holds", but its parts come to "unknown"',
			),
			expect.stringContaining('the whole is said to be "holds", but its parts come to "unknown"'),
		]),
	});
});

test('a file that lost its reasons is not taken for one of before there were any', () => {
	const { reasons: _, ...rest } = wholeEvidenceOf({ interrupted: true });
	expect(read(JSON.stringify(rest))).toMatchObject({
		kind: 'refused',
		problems: [expect.stringContaining('not what it should be at "reasons"')],
	});
});
