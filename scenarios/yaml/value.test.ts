import { describe, expect, test } from 'vitest';
import { parseYaml } from './read.ts';
import { YamlValue } from './value.ts';

function parsed(text: string): YamlValue {
	const read = parseYaml(text, 'a.yml');
	if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
	return YamlValue.rootOf(read.file);
}

describe('a YAML value', () => {
	test('reads a scalar as it is written', () => {
		const root = parsed('a: 3.10\nb: "x"\nc: yes\nd:\n0x10: key\n');
		expect(root.find(['a']).text()).toBe('3.10');
		expect(root.find(['b']).text()).toBe('x');
		expect(root.find(['c']).text()).toBe('yes');
		expect(root.find(['d']).isNothing).toBe(true);
		expect(root.find(['d']).text()).toBeUndefined();
		expect([...(root.mapping() ?? [])].map(([key]) => key)).toEqual(['a', 'b', 'c', 'd', '0x10']);
	});

	test.each([
		['true', true],
		['Yes', true],
		['on', true],
		['FALSE', false],
		['off', false],
		['n', false],
		['True', true],
		['"yes"', true],
		["'OFF'", false],
		['"true"', undefined],
		['tRue', undefined],
		['oN', undefined],
		['maybe', undefined],
		['[true]', undefined],
	])('takes %s for %s where true or false is meant', (text, truth) => {
		expect(parsed(`a: ${text}`).find(['a']).truth()).toBe(truth);
	});

	test('lets its own keys win over merged ones, the first merged one over the next', () => {
		const root = parsed(
			'a: &a { x: a, y: a }\nb: &b { y: b, z: b }\nc: { x: own, <<: [*a, *b] }\nd: { x: 1, x: 2 }',
		);
		const entries = (key: string) =>
			[...(root.find([key]).mapping() ?? [])].map(([name, value]) => `${name} ${value.text()}`);
		expect(entries('c')).toEqual(['x own', 'y a', 'z b']);
		expect(entries('d')).toEqual(['x 2']);
	});

	test('uses the latest anchor of a name', () => {
		const root = parsed('a: &n 1\nb: *n\nc: &n 2\nd: *n');
		expect([root.find(['b']).text(), root.find(['d']).text()]).toEqual(['1', '2']);
	});

	test('stands where it is used, and its key where the key is', () => {
		const root = parsed('a: &a\n  x: 1\nlist:\n  - *a\n  - y');
		expect(root.find(['list', 0]).place).toEqual({ file: 'a.yml', line: 4, column: 5 });
		expect(root.find(['list', 0, 'x']).place).toMatchObject({ line: 2, column: 6 });
		expect(root.find(['a']).keyPlace).toMatchObject({ line: 1, column: 1 });
		expect(root.find(['list', 1]).keyPlace).toMatchObject({ line: 5, column: 5 });
	});

	test('finds the nearest value around one that is not there', () => {
		const root = parsed('a:\n  - b: 1');
		expect(root.find(['a', 0, 'c', 'd']).place).toMatchObject({ line: 2, column: 5 });
		expect(root.find(['a', 7]).place).toMatchObject({ line: 2, column: 3 });
	});

	test('is nothing when the file is empty', () => {
		const root = parsed('');
		expect([root.isNothing, root.mapping(), root.list()]).toEqual([true, undefined, undefined]);
	});
});
