import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { scenario } from './testing/stories.ts';

const { folder, stdout, stderr } = surroundEachTest();

const replay = (...args: readonly string[]): Promise<unknown> => exitStatus(['replay', ...args]);
const said = (): string[] => stdout.join('\n').split('\n');

const file = (text: string): string => {
	const path = join(folder, 'story.yml');
	writeFileSync(path, text);
	return path;
};

/** Two hosts, of which one has a wide name, a lost message, a crash, a stranger, and time. */
const FAULTY = `mulligan: 1
name: much goes wrong
about: A message is lost, the server crashes, somebody forges a mark, and an hour passes.
project: { tasks: [{ name: compile, commands: [{ command: shell.exec, retry_on_failure: true }] }] }
hosts: [h1, 機械機械機械機械機械機械機械]
events:
  - begins: { task: compile, host: h1 }
  - command-ends: { host: h1, outcome: failed }
  - message-lost: request mark
  - call-retried: h1
  - server-crashes: request mark
  - server-returns
  - request-forged: { route: mark, task: compile, host: h1, credentials: none }
  - hours-pass: 1
expect: { quota_used: 1 }
`;

/** A mark and an abort are in hand at the same time. */
const HELD = `mulligan: 1
name: a mark and an abort overlap
about: The abort comes to its end first.
project: { tasks: [{ name: compile, commands: [{ command: shell.exec, retry_on_failure: true }] }] }
events: [begins: compile, command-ends: failed, held: request mark, held: user-aborts, goes-on: abort, goes-on: mark]
expect: { tasks: { compile: { aborted: true, mark: withdrawn } } }
`;

/** Columns that a terminal needs, where only Chinese characters are wide. */
const columns = (text: string): number =>
	[...text].reduce((sum, letter) => sum + (/\p{sc=Han}/u.test(letter) ? 2 : 1), 0);
const upTo = (line: string, column: number): string => {
	let end = 0;
	while (columns(line.slice(0, end)) < column) end++;
	return line.slice(end, end + 1);
};

describe('--diagram', () => {
	test('draws one row an event, and what it changed beside it', async () => {
		expect(await replay('a-transient-clone-failure-is-retried-once', '--diagram')).toBe(0);
		const lines = said();
		expect(lines[0]).toMatch(/^holds: a transient clone failure is retried once \(/);
		expect(lines).toContain('   2    ├─ next ────────────────▶   the server answers 200 task');
		expect(lines).toContain('        │                       │   compile/0 is dispatched to h1');
		expect(lines).toContain('   8    ◀─ mark: granted ───────┤   h1 calls end of compile/0');
		expect(lines.at(-1)).toMatch(/^holds; again with: npx mulligan replay /);
	});

	test('keeps lanes in their columns, whatever their names, and shows what was lost', async () => {
		await replay(file(FAULTY), '--diagram');
		const lines = said();
		const begin = lines.findIndex((line) => line.startsWith('   1 '));
		expect(lines[begin - 1]).toMatch(/^ {6}h1 {22}機.*… {3}app server {14}stranger$/);
		const drawn = lines
			.slice(
				begin,
				lines.findIndex((line) => line.startsWith('coming to rest')),
			)
			.filter((line) => /^[ \d]{4} {4}/.test(line));
		expect(drawn.length).toBeGreaterThan(20);
		for (const line of drawn)
			for (const lane of [8, 32, 56, 80]) expect('│├┤▶◀▷✗●·─┄', line).toContain(upTo(line, lane));
		expect(lines.join('\n')).toMatch(/├─ ! mark \(lost\) ─+✗/);
		expect(lines.join('\n')).toMatch(/ {4}·{73} {3}an hour passes\n/);
	});

	test('shows what is held, in the lane of a user too who does nothing else', async () => {
		await replay(file(HELD), '--diagram');
		const lines = said();
		expect(lines.some((line) => /^ {6}h1 +app server +user$/.test(line))).toBe(true);
		const rows = lines.filter((line) => line.includes('◇'));
		expect(rows).toEqual([
			expect.stringMatching(/├─ mark \(held\) ─+◇ +│/),
			expect.stringMatching(/│ +◇─ abort compile .*┤/),
		]);
	});

	test('begins the lane of a host when it comes, and ends that of one that is taken away', async () => {
		await replay('a-host-that-is-gone-is-given-nothing', '--diagram');
		const lines = said().slice(said().findIndex((line) => line.startsWith('   1 ')));
		const from = (beginning: string) => lines.findIndex((line) => line.includes(beginning));
		const goes = from('╳─ ! is taken away ─');
		const comes = from('◀─ comes ─');
		const lanesIn = (line: string): string => [8, 32, 56].map((at) => line[at] ?? ' ').join('');
		expect(lanesIn(lines[goes] ?? '')).toBe('╳──');
		expect(lines.slice(goes + 1, goes + 3).map(lanesIn)).toEqual(['  │', '──▶']);
		expect(lines.slice(0, comes).map((line) => line[32])).not.toContain('│');
		expect(lines.slice(comes, comes + 2).map(lanesIn)).toEqual([' ◀─', ' ││']);
		const below = lines.slice(goes + 2, lines.indexOf('coming to rest:'));
		for (const line of below) expect(line[8], line).not.toMatch(/[│├┤]/);
	});

	test('says what went otherwise than expected, and what broke', async () => {
		expect(await replay(file(scenario({ status: 'success' })), '--diagram')).toBe(1);
		expect(said().join('\n')).toMatch(/✗ {2}\S+story\.yml:\d+:\d+: task compile: status\n/);
	});
});

describe('--mermaid', () => {
	test('prints a diagram that can be pasted, with all else as comments', async () => {
		await replay(file(FAULTY), '--mermaid');
		const lines = said();
		expect(lines[0]).toBe('sequenceDiagram');
		expect(lines).toContain('\tp0-xp2: ⚡ mark (lost)');
		const strange = lines
			.slice(2)
			.filter((line) => !/^\t(participant|Note over|p\d[-.])|^%% /.test(line));
		expect(strange).toEqual([]);
		expect(lines.at(-1)).toMatch(/^%% \w+; again with: npx mulligan replay /);
	});
});

test.each([['--diagram'], ['--mermaid']])('%s is of one story', async (option) => {
	const names = ['a-second-failure-stays-failed', 'a-display-task-restarts-as-a-whole'];
	expect(await replay(...names, option)).toBe(2);
	expect(stderr.join('\n')).toContain('a diagram is of one story (name one scenario or token)');
	expect(stdout).toEqual([]);
});

test('what a file says cannot give orders to Mermaid', async () => {
	const hostile = scenario().replace('name: a plain failure', 'name: "%%{init: {}}%% much"');
	expect(await replay(file(hostile), '--mermaid')).toBe(0);
	expect(said().join('\n')).toContain('%% {init: {}}%% much');
	expect(said().join('\n')).not.toContain('%%{');
});
