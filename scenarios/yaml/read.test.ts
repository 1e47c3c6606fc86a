import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { YAML_LIMITS } from './limits.ts';
import { describe as say } from './problem.ts';
import { dataOf, parseYaml, readYaml, type YamlRead } from './read.ts';

const refusal = (text: string): string[] => {
	const read = parseYaml(text, 'a.yml');
	return read.kind === 'refused' ? read.problems.map(say) : [];
};

const dataIn = (read: YamlRead): unknown => read.kind === 'read' && dataOf(read.file);

/** Nine levels of ten aliases each: a billion values. */
const bomb = (use: (name: string) => string): string =>
	['a: &a0 { k: v }']
		.concat(
			Array.from({ length: 9 }, (_, level) => `b${level}: &a${level + 1} ${use(`a${level}`)}`),
		)
		.join('\n');
const ten = (name: string): string => `[${Array(10).fill(`*${name}`).join(', ')}]`;

describe('reading YAML', () => {
	test('gives plain data, with merge keys and lists of them written out', () => {
		const read = parseYaml('a: &a { x: 1 }\nb: &b { x: 2, y: 3 }\nc: { <<: [*a, *b], z: 4 }', 'a');
		expect(dataIn(read)).toEqual({
			a: { x: 1 },
			b: { x: 2, y: 3 },
			c: { x: 1, y: 3, z: 4 },
		});
	});

	test('lets the last of two equal keys count, and says so', () => {
		const read = parseYaml('a: 1\nb: 2\na: 3\n', 'a.yml');
		if (read.kind === 'refused') throw new Error('refused');
		expect(dataIn(read)).toEqual({ a: 3, b: 2 });
		expect(read.file.repeated.map(say)).toEqual([
			'a.yml:3:1: the key "a" is used twice in this mapping; the last one counts (keep one of them)',
		]);
	});

	test('allows a merge key more than once', () => {
		const read = parseYaml('a: &a { x: 1 }\nb: { <<: *a, <<: { y: 2 } }', 'a');
		expect(read.kind === 'read' && read.file.repeated).toEqual([]);
		expect(dataIn(read)).toEqual({ a: { x: 1 }, b: { x: 1, y: 2 } });
	});

	test('says where the YAML is broken', () => {
		expect(refusal('a: 1\nb: [1, 2\nc: 3')[0]).toMatch(/^a\.yml:3:1: .*\(correct the YAML\)$/);
	});

	test('tells the first faults of many', () => {
		expect(refusal('- "\\q"\n'.repeat(100))).toHaveLength(20);
	});

	test('tells one fault a line, and nothing of what only follows from it', () => {
		expect(refusal('a: [{ b: ${c} }]\nd: 1\ne: [1, 2]\n')).toEqual([
			expect.stringMatching(/^a\.yml:1:11: /),
		]);
	});

	test('refuses a second document', () => {
		expect(refusal('a: 1\n---\nb: 2\n')[0]).toMatch(/^a\.yml:2:\d+: .*more than one YAML document/);
	});

	test('refuses an alias before its anchor', () => {
		expect(refusal('a: *b\nb: &b 1')).toEqual([
			'a.yml:1:4: no anchor "b" stands before its alias (define the anchor above its first use)',
		]);
	});

	test('refuses an anchor inside itself', () => {
		expect(refusal('a: &a [1, *a]')[0]).toContain('a.yml:1:11: an anchor holds an alias of itself');
	});

	test('refuses a bomb of aliases', () => {
		expect(refusal(bomb(ten))[0]).toMatch(/^a\.yml:7:9: aliases make the file grow/);
	});

	test('refuses a bomb of merge keys, which the parser does not count', () => {
		expect(refusal(bomb((name) => `{ <<: ${ten(name)} }`))[0]).toContain(
			'aliases make the file grow',
		);
	});

	test('refuses aliases of aliases that nest too deep', () => {
		const chain = Array.from(
			{ length: 300 },
			(_, level) => `k${level}: &b${level + 1} [*b${level}]`,
		);
		expect(refusal(['k: &b0 1', ...chain].join('\n'))[0]).toContain('nested too deep');
	});

	test('refuses an anchor that is used beyond all measure, and allows one that is used a lot', () => {
		const uses = (count: number) => `a: &a [${'1, '.repeat(99)}1]\nb:\n${'- *a\n'.repeat(count)}`;
		expect(refusal(uses(9_000))).toEqual([]);
		expect(refusal(uses(10_000))[0]).toContain('aliases make the file grow');
	});

	test.each([
		['a: { <<: 3 }', '1:10'],
		['a: { <<: [] }\nb: { <<: [3] }', '2:11'],
		['a: { <<: }', '1:10'],
		// Only a list that is written there is merged item by item.
		['a: &a [{ x: 1 }]\nb: { <<: *a }', '2:10'],
	])('refuses to merge what is no mapping: %j', (text, place) => {
		expect(refusal(text)).toEqual([
			`a.yml:${place}: only a mapping, or a list of them, can be merged (merge an alias of a mapping)`,
		]);
	});

	test.each([
		['flow lists', '['.repeat(100_000) + ']'.repeat(100_000)],
		['block lists', '- '.repeat(100_000)],
		['complex keys', '? '.repeat(100_000)],
		['mappings', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
		['lists that something follows', `${'- '.repeat(20_000)}\n- x`],
		[
			'mappings that something follows',
			`${Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\nb: 1`,
		],
	])('refuses deeply nested %s before anything recurses', (_what, text) => {
		expect(refusal(text)[0]).toContain('nested more than 100 levels deep');
	});

	test('refuses more items than the parser could hold in memory', () => {
		const text = '[],'.repeat(YAML_LIMITS.lexemes / 2);
		expect(refusal(`[${text}]`)).toEqual([
			'a.yml: the file has more than 1000000 items (split it)',
		]);
	});

	test('refuses a text that is too large', () => {
		expect(refusal('a'.repeat(YAML_LIMITS.file_bytes + 1))[0]).toContain('more than the 16777216');
	});
});

describe('reading a YAML file', () => {
	test.each([50_000_000, 5_000_000_000])('refuses %i bytes without reading them', (bytes) => {
		const path = join(folderOf({ 'big.yml': '' }), 'big.yml');
		truncateSync(path, bytes);
		expect(readYaml(path)).toMatchObject({
			kind: 'refused',
			problems: [{ message: `the file has ${bytes} bytes, more than the 16777216 allowed` }],
		});
	});

	test('refuses what is missing, a folder, and what is not text', () => {
		const folder = folderOf({ 'latin.yml': Uint8Array.of(97, 58, 32, 0xe9) });
		const said = (path: string) => {
			const read = readYaml(path);
			return read.kind === 'refused' ? read.problems.map(say)[0]?.replace(folder, '') : undefined;
		};
		expect(said(join(folder, 'none.yml'))).toBe(
			'/none.yml: there is no such file (check its name, and the folder you are in)',
		);
		expect(said(folder)).toBe(': this is not a file (name a YAML file)');
		expect(said(join(folder, 'latin.yml'))).toBe(
			'/latin.yml: the file is not UTF-8 text (save it as UTF-8)',
		);
	});
});
