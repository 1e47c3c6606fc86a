import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { count } from '../testing/counts.ts';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';

const AXES = `
axes:
  - id: os
    values:
      - { id: linux, tags: [unix], variables: { shell: bash } }
      - { id: mac, tags: [unix] }
      - { id: windows }
  - id: version
    values: [{ id: "7.0" }, { id: "8.0" }]
tasks: [{ name: t-linux }, { name: t-bash }, { name: other, tags: [more] }, { name: u }]
`;

function load(matrix: string) {
	const text = `${AXES}buildvariants: [{ matrix_name: m, tasks: u, ${matrix} }]`;
	const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return { ...result, names: result.variants.map(({ name }) => name) };
}

describe('a matrix stands for', () => {
	test('a variant for each cell, the axes in the order of their definition', () => {
		const { names, warnings, read } = load('matrix_spec: { version: "*", os: [.unix] }');
		expect(names).toEqual([
			'm__os~linux_version~7.0',
			'm__os~linux_version~8.0',
			'm__os~mac_version~7.0',
			'm__os~mac_version~8.0',
		]);
		expect(warnings).toEqual([]);
		expect(count(read.whole)).toMatchObject({ variants: 0, matrices: 1 });
	});

	test('all cells but those excluded; a definition that leaves an axis out excludes none', () => {
		const spec = 'matrix_spec: { version: "*", os: "*" }';
		const { names } = load(`${spec}, exclude_spec: [{ version: "7.0", os: "!mac" }, { os: mac }]`);
		expect(names).toEqual([
			'm__os~linux_version~8.0',
			'm__os~mac_version~7.0',
			'm__os~mac_version~8.0',
			'm__os~windows_version~8.0',
		]);
	});

	test('tasks named after its cell, added and taken away by its rules', () => {
		const { variants } = load(`matrix_spec: { os: "*" },
    tasks: ["t-\${os|none}", "t-\${shell|bash}", u],
    rules: [{ if: { os: linux }, then: { add_tasks: [.more], remove_tasks: u } }]`);
		expect(variants).toEqual([
			{ name: 'm__os~linux', tasks: ['t-linux', 't-bash', 'other'] },
			{ name: 'm__os~mac', tasks: ['t-bash', 'u'] },
			{ name: 'm__os~windows', tasks: ['t-bash', 'u'] },
		]);
	});
});

test.each([
	['matrix_spec: { os: beos }', 'the axis "os" has no value "beos"'],
	['matrix_spec: { cpu: arm }', 'there is no axis "cpu"'],
	['matrix_spec: { os: "*" }, exclude_spec: { os: .old }', 'the axis "os" has no value ".old"'],
	['batchtime: 3', 'it has no cells'],
])('a matrix with %s stands for none, and is told', (matrix, why) => {
	const { variants, warnings } = load(matrix);
	expect(variants).toEqual([]);
	expect(warnings.map(({ message }) => message)).toEqual([
		`the matrix "m" is not resolved: ${why}`,
	]);
});

test('a matrix of more cells than a project may have variants is told, and not built', () => {
	const values = Array.from({ length: 20 }, (_, n) => `{ id: v${n} }`).join(', ');
	const axes = ['a', 'b', 'c'].map((id) => `{ id: ${id}, values: [${values}] }`).join(', ');
	const text = `axes: [${axes}]\nbuildvariants: [{ matrix_name: m, matrix_spec: { a: "*", b: "*", c: "*" } }]`;
	const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
	expect(result.warnings.map(({ message }) => message)).toEqual([
		'the matrix "m" is not resolved: more than 5000 variants',
	]);
});

test('matrices count together: the one that goes beyond is told, those before it stay', () => {
	const values = Array.from({ length: 60 }, (_, n) => `{ id: v${n} }`).join(', ');
	const axes = ['a', 'b'].map((id) => `{ id: ${id}, values: [${values}] }`).join(', ');
	const matrices = ['m', 'n'].map(
		(id) => `{ matrix_name: ${id}, matrix_spec: { a: "*", b: "*" } }`,
	);
	const text = `axes: [${axes}]\nbuildvariants: [${matrices.join(', ')}]`;
	const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
	expect(result.warnings.map(({ message }) => message)).toEqual([
		'the matrix "n" is not resolved: more than 5000 variants',
	]);
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	expect(result.variants).toHaveLength(3600);
});
