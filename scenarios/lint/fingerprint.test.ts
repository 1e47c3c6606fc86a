import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { pathInRepository } from '../yaml/inside.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { lint } from './lint.ts';

function known(path: string): string[] {
	const result = lint(path);
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return [...fingerprintsOf(result.findings, result.sources, pathInRepository).values()];
}

function repository(files: Readonly<Record<string, string>>): string {
	const folder = folderOf(files);
	mkdirSync(join(folder, '.git'));
	return folder;
}
const of = (text: string, name = 'ci/a.yml'): string[] =>
	known(join(repository({ [name]: text }), name));

/** What makes a project of it. */
const ON = 'buildvariants: [{ name: v, run_on: [d], tasks: [t] }]\n';
const REST = `tasks: [{ name: t }]\n${ON}`;
const IDLE = `pre:\n  - { command: shell.exec, retry_on_failure: true }\n${REST}`;

test('it is the same on each machine, in each folder and from each release', () => {
	expect(of(IDLE)).toEqual(of(IDLE));
	expect(of(IDLE)).toEqual(['26606b2188b8cc1bc14ccafe']);
	const folder = repository({ 'ci/a.yml': IDLE });
	const copy = join(folderOf({}), 'copy');
	cpSync(folder, copy, { recursive: true });
	expect(known(join(copy, 'ci/a.yml'))).toEqual(of(IDLE));
});

test('it stays when lines move, or other parts of the file change', () => {
	expect(of(`# more\n\nowner: b\n${IDLE}`)).toEqual(of(IDLE));
	expect(of(`${IDLE}post: [{ command: host.list }]\n`)).toEqual(of(IDLE));
	const calls = (count: number): string =>
		`functions: { f: [{ command: shell.exec }] }\ntasks:\n  - name: t\n    commands:\n${'      - { func: f, retry_on_failure: true }\n'.repeat(count)}${ON}`;
	expect(of(calls(3))).toEqual(of(calls(1)));
	expect(of(IDLE.replaceAll('\n', '\r\n'))).toEqual(of(IDLE));
});

test('it changes with the line, the file and the rule', () => {
	expect(of(IDLE.replace('shell.exec', 'host.list'))).not.toEqual(of(IDLE));
	expect(of(IDLE, 'b.yml')).not.toEqual(of(IDLE));
});

test('findings alike are told apart, and the first stays the first', () => {
	const call = '  - { command: shell.exec, params: { retry_on_failure: true } }\n';
	const [one, two, ...others] = of(`pre:\n${call}${call}${REST}`);
	expect(others).toEqual([]);
	expect(one).not.toBe(two);
	expect(of(`pre:\n${call}${REST}`)).toEqual([one]);
});

test('two blocks of one group keep what they are known by when one of them is mended', () => {
	const group = (...blocks: string[]): string =>
		`tasks: [{ name: t }]\ntask_groups:\n  - name: g\n    tasks: [t]\n${blocks.map((block) => `    ${block}: [{ command: shell.exec, retry_on_failure: true }]\n`).join('')}${ON.replace('[t]', '[g]')}`;
	const [both = '', ...rest] = of(group('setup_group', 'teardown_task'));
	expect(rest).toHaveLength(1);
	expect(of(group('setup_group'))).toEqual([both]);
	expect(of(group('teardown_task'))).toEqual(rest);
});

test('a file in no repository is known by where it is from the working folder', () => {
	expect(pathInRepository('ci/a.yml')).toBe('ci/a.yml');
	expect(pathInRepository(join(folderOf({}), 'a.yml'))).toMatch(/^\.\.\/.*\/a\.yml$/);
});
