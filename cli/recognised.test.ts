import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toToken } from '../model/vocabulary/stories/story.ts';
import { junit } from '../reports/junit.ts';
import { summary } from '../reports/summary.ts';
import { evidenceOf } from '../reports/testing/evidence.ts';
import { kindOfFile, kindOfText } from './recognised.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { FORGED, scenario } from './testing/stories.ts';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLE = join(ROOT, 'scenarios/projects/example.yml');
const EVIDENCE = join(ROOT, 'docs/example-evidence');
const TOKEN = toToken(FORGED);

const { folder, stdout, stderr } = surroundEachTest();

/** Files whose names tell nothing. */
function files(): Record<string, string> {
	const at = (name: string, text: string): string => {
		writeFileSync(join(folder, name), text);
		return join(folder, name);
	};
	for (const name of ['evidence', 'designs', 'simulation'])
		cpSync(join(EVIDENCE, `${name}.json`), join(folder, name));
	return {
		scenario: at('a', scenario()),
		project: at('b', readFileSync(EXAMPLE, 'utf8')),
		token: at('c', `${TOKEN}\n`),
		evidence: join(folder, 'evidence'),
		designs: join(folder, 'designs'),
		simulation: join(folder, 'simulation'),
		check: at('d', JSON.stringify({ format: 'mulligan check', version: 1 })),
		junit: at('e', junit(evidenceOf())),
		review: at('f', summary(evidenceOf())),
	};
}

test('what a file is, is seen by its content, whatever its name', () => {
	for (const [kind, file] of Object.entries(files())) expect(kindOfFile(file), kind).toBe(kind);
});

test.each([
	['a page', '<!doctype html><title>x</title>', 'review'],
	['a project in JSON', '{"tasks": [{"name": "a", "commands": [{"events": 1}]}]}', 'project'],
	['a project whose comment speaks of mulligan', '# mulligan verify: no\ntasks: []\n', 'project'],
	['a scenario with keys in quotes', '"mulligan": 1\n"tasks": []\n', 'scenario'],
	['nothing', '', null],
	['another mapping', 'a: 1\nb:\n  tasks: []\n', null],
	['JSON that is cut', '{"tasks": [', null],
	['brackets without end', '['.repeat(60_000), null],
	['a sentence that begins like a token', 'v1.0 is out\n', null],
])('%s', (_, text, kind) => expect(kindOfText(text)).toBe(kind));

test('what cannot be read, or is no file, is nothing', () => {
	mkdirSync(join(folder, 'inside'));
	expect(kindOfFile(join(folder, 'inside'))).toBeNull();
	expect(kindOfFile(join(folder, 'nowhere'))).toBeNull();
	expect(kindOfFile('/dev/zero')).toBeNull();
});

describe('a file that is given to the wrong command is recognised, and what takes it is said:', () => {
	const plays = (file = ''): string => `npx mulligan replay ${file} plays `;
	const tries = (file = ''): string => `npx mulligan verify ${file} puts it on trial`;
	test.each<[string, string, (file?: string) => string]>([
		['verify', 'scenario', plays],
		['verify', 'token', plays],
		['verify', 'evidence', plays],
		['verify', 'junit', () => 'this is a JUnit report'],
		['simulate', 'scenario', plays],
		['simulate', 'designs', plays],
		['replay', 'project', tries],
		['replay', 'simulation', () => 'npx mulligan review shows it'],
		['replay', 'junit', () => 'reads the evidence.json beside it'],
		['replay', 'review', () => 'this is a report to read'],
		['review', 'evidence', (file) => `npx mulligan review --since ${file} says what changed`],
		['review --since', 'project', tries],
		['check', 'project', tries],
		['check', 'scenario', plays],
		['export promela', 'token', plays],
		['run', 'scenario', plays],
		['submit', 'scenario', plays],
	])('%s of a %s', async (command, kind, use) => {
		const file = files()[kind];
		const task = command === 'run' ? ['lint'] : [];
		expect(await exitStatus([...command.split(' '), file ?? '', ...task], {})).toBe(2);
		expect(stdout).toEqual([]);
		expect(stderr).toEqual([expect.stringContaining(`mulligan: ${file}: this is `)]);
		expect(stderr[0]).toContain(use(file));
	});

	test.each(['verify', 'simulate', 'check', 'run'])('%s of a token itself', async (command) => {
		const task = command === 'run' ? ['lint'] : [];
		expect(await exitStatus([command, TOKEN, ...task], {})).toBe(2);
		expect(stderr.join('\n')).toContain(`this is a replay token (npx mulligan replay ${TOKEN} `);
	});
});
