import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { type SarifResult, type SarifRun, sarif } from './sarif.ts';
import { HOSTILE } from './testing/evidence.ts';

const require = createRequire(import.meta.url);
const json = (name: string): object => JSON.parse(readFileSync(require.resolve(name), 'utf8'));
/** Looks at formats too: addresses must be addresses. */
const validator = new Ajv({ schemaId: 'id', meta: false, format: 'full', logger: false });
validator.addMetaSchema(json('ajv/lib/refs/json-schema-draft-04.json'));
const valid = validator.compile(json('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

const place = (path: string, line = 3, column = 5) => ({ path, line, column });
const result = (changes: Partial<SarifResult> = {}): SarifResult => ({
	rule: 'flag-in-block',
	level: 'warning',
	message: 'it does nothing (take it off)',
	place: place('ci/a.yml'),
	related: [],
	fingerprint: '0123456789abcdef',
	fix: [],
	suppressed: null,
	...changes,
});
const rules = ['flag-on-call', 'flag-in-block'].map((id) => ({
	id,
	says: 'It does nothing.',
	level: 'warning' as const,
	help: `docs/lint.md#${id}`,
	markdown: '*bad*',
}));

/** The one run of what was written, which must be valid. */
function written(changes: Partial<SarifRun> = {}) {
	const log: unknown = JSON.parse(
		sarif({ version: '0.1.0', rules, results: [], refused: [], ...changes }),
	);
	expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
	return log as { runs: [Record<string, unknown>] };
}

const resultOf = (changes: Partial<SarifResult>) => {
	const { results } = written({ results: [result(changes)] }).runs[0];
	return (results as [Record<string, unknown>])[0];
};

test('the schema refuses what is none', () => {
	expect(valid({ version: '2.1.0', runs: [{}] })).toBe(false);
	expect(valid(JSON.parse(sarif({ version: '', rules, results: [], refused: [] })))).toBe(true);
});

test('a run has its rules, whatever they found', () => {
	expect(written().runs[0]).toMatchObject({
		tool: {
			driver: {
				name: 'mulligan',
				version: '0.1.0',
				rules: [
					{
						id: 'flag-on-call',
						shortDescription: { text: 'It does nothing.' },
						help: { text: 'docs/lint.md#flag-on-call', markdown: '*bad*' },
						defaultConfiguration: { level: 'warning' },
					},
					{ id: 'flag-in-block' },
				],
			},
		},
		invocations: [{ executionSuccessful: true }],
		results: [],
	});
});

test('a result names its rule, its place and others, and how to know it again', () => {
	expect(resultOf({ related: [place('ci/b.yml', 7, 1)] })).toEqual({
		ruleId: 'flag-in-block',
		ruleIndex: 1,
		level: 'warning',
		message: { text: 'it does nothing (take it off)' },
		locations: [
			{
				physicalLocation: {
					artifactLocation: { uri: 'ci/a.yml' },
					region: { startLine: 3, startColumn: 5 },
				},
			},
		],
		relatedLocations: [
			{
				id: 0,
				physicalLocation: {
					artifactLocation: { uri: 'ci/b.yml' },
					region: { startLine: 7, startColumn: 1 },
				},
			},
		],
		partialFingerprints: { 'mulliganFinding/v1': '0123456789abcdef' },
		suppressions: [],
	});
});

test('of the file as a whole there is no region', () => {
	expect(JSON.stringify(resultOf({ place: place('a.yml', 0, 0) }))).not.toContain('region');
});

test('what is silenced says where, and why', () => {
	expect(resultOf({ suppressed: { kind: 'inSource', why: 'until June' } })['suppressions']).toEqual(
		[{ kind: 'inSource', status: 'accepted', justification: 'until June' }],
	);
	expect(resultOf({ suppressed: 'external' })['suppressions']).toEqual([
		{ kind: 'external', status: 'accepted' },
	]);
});

test('a fix has its edits, file by file', () => {
	const edit = (path: string, text = '') => ({
		from: place(path, 3, 5),
		to: place(path, 4, 1),
		text,
	});
	expect(resultOf({ fix: [edit('a.yml'), edit('b.yml', 'x')] })['fixes']).toMatchObject([
		{
			artifactChanges: [
				{
					artifactLocation: { uri: 'a.yml' },
					replacements: [
						{ deletedRegion: { startLine: 3, startColumn: 5, endLine: 4, endColumn: 1 } },
					],
				},
				{
					artifactLocation: { uri: 'b.yml' },
					replacements: [{ insertedContent: { text: 'x' } }],
				},
			],
		},
	]);
});

test('what could not be read is told, and that the run did not go well', () => {
	const refused = [{ message: 'there is no such file', place: place('a.yml', 0, 0) }];
	expect(written({ refused }).runs[0]['invocations']).toMatchObject([
		{
			executionSuccessful: false,
			toolExecutionNotifications: [{ level: 'error', message: { text: 'there is no such file' } }],
		},
	]);
});

test.each([
	['a b/ü#?%.yml', 'a%20b/%C3%BC%23%3F%25.yml'],
	['../c:d.yml', '../c%3Ad.yml'],
	['/tmp/x y.yml', 'file:///tmp/x%20y.yml'],
	['\u{d800}.yml', '%EF%BF%BD.yml'],
])('a path is an address: %j', (path, uri) => {
	expect(JSON.stringify(resultOf({ place: place(path) }))).toContain(`{"uri":"${uri}"}`);
});

test('whatever is said is valid, printable, and no link', () => {
	const message = `${HOSTILE}[a](0)`;
	const said = resultOf({
		message,
		place: place(HOSTILE),
		suppressed: { kind: 'inSource', why: HOSTILE },
	});
	expect(JSON.stringify(said['message'])).toContain('[a\\\\](0)');
	expect(JSON.stringify(said)).not.toMatch(/\\u00|\\ud8/);
});
