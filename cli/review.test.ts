import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { judgeVerification } from '../reports/judging/verification.ts';
import { reviewMarkdown } from '../reports/markdown/review.ts';
import { costsOf } from '../reports/review/costs-of.ts';
import { simulationOf } from '../reports/testing/simulation.ts';
import { wholeEvidenceOf } from '../reports/testing/whole-evidence.ts';
import { main } from './main.ts';
import { gather } from './review.ts';

const EXAMPLE = 'docs/example-evidence';

let folder: string;
let said: string[];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-review-'));
	said = [];
	const hear = (...texts: unknown[]) => void said.push(texts.join(' '));
	vi.spyOn(console, 'log').mockImplementation(hear);
	vi.spyOn(console, 'error').mockImplementation(hear);
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(folder, { recursive: true });
});

async function review(...args: string[]): Promise<unknown> {
	const before = process.exitCode;
	process.exitCode = undefined;
	try {
		await main(['review', ...args], { out: folder });
		return process.exitCode ?? 0;
	} finally {
		process.exitCode = before;
	}
}

test('writes the page and its Markdown from what is in the folder, and says where', async () => {
	cpSync(EXAMPLE, folder, { recursive: true });
	// As tokens were before they had a checksum, which is said once.
	const designs = readFileSync(join(EXAMPLE, 'designs.json'), 'utf8');
	const old = designs.replace(/"v2\.([^".]*)\.[^"]*"/g, '"v1.$1"');
	writeFileSync(join(folder, 'designs.json'), old);
	expect(await review()).toBe(0);
	expect(said.join('\n')).toContain(join(folder, 'review.html'));
	expect(readFileSync(join(folder, 'review.html'), 'utf8')).toMatch(/^<!doctype html>/);
	expect(readFileSync(join(folder, 'review.md'), 'utf8')).toMatch(/^# Design review/);
	expect(said.filter((line) => line.startsWith('warning: '))).toHaveLength(1);
});

test('without any evidence the page still says what to run', async () => {
	expect(await review()).toBe(0);
	const lines = said.join('\n').split('\n');
	expect(lines[0]).toMatch(/^unknown: /);
	for (const [part, command] of [
		['evidence', 'verify'],
		['designs', 'designs'],
		['simulation', 'simulate example'],
	])
		expect(lines).toContain(`missing   ${part}.json; this makes it: npx mulligan ${command}`);
	expect(readFileSync(join(folder, 'review.md'), 'utf8')).toContain('npx mulligan verify');
});

test('evidence about another project is not taken for that of the one asked for', async () => {
	cpSync(EXAMPLE, folder, { recursive: true });
	const mine = join(folder, 'mine.yml');
	writeFileSync(mine, 'tasks: []\n');
	expect(await review(mine)).toBe(2);
	expect(said).toContain(`mulligan: npx mulligan verify ${mine}`);
	expect(said).toContain(`mulligan: npx mulligan simulate ${mine}`);
	expect(existsSync(join(folder, 'review.html'))).toBe(false);
});

test('a project file that is not there is bad input, and nothing is advised to be done with it', async () => {
	cpSync(EXAMPLE, folder, { recursive: true });
	expect(await review('nowhere.yml')).toBe(2);
	expect(said).toEqual([
		expect.stringMatching(
			/^mulligan: nowhere\.yml: there is no such file, and the evidence is about /,
		),
	]);
});

test('a project is the one that the evidence is about, however its path is written', async () => {
	cpSync(EXAMPLE, folder, { recursive: true });
	const { file } = JSON.parse(readFileSync(join(EXAMPLE, 'evidence.json'), 'utf8')).project;
	expect(await review(`./${file}`)).toBe(0);
});

test.each(['evidence.json', 'designs.json', 'simulation.json'])(
	'a damaged %s is bad input, not a page',
	async (name) => {
		cpSync(EXAMPLE, folder, { recursive: true });
		writeFileSync(join(folder, name), '{"format":"something else"}');
		expect(await review()).toBe(2);
		expect(said.join('\n')).toContain(name);
	},
);

test('a token in designs.json that holds no story is bad input', async () => {
	const designs = readFileSync(join(EXAMPLE, 'designs.json'), 'utf8');
	writeFileSync(join(folder, 'designs.json'), designs.replace(/"v\d\.[^"]*"/, '"v1.damaged"'));
	expect(await review()).toBe(2);
	expect(said.join('\n')).toContain('the token is damaged');
});

test('what changed since other evidence is told; evidence that is not there is bad input', async () => {
	cpSync(EXAMPLE, folder, { recursive: true });
	expect(await review('--since', join(EXAMPLE, 'evidence.json'))).toBe(0);
	expect(readFileSync(join(folder, 'review.md'), 'utf8')).toMatch(
		/## What changed\n\n\*\*\d+ new, .*\*\*\n\nSince /,
	);
	expect(await review('--since', 'nowhere.json')).toBe(2);
});

describe('costs of another project', () => {
	const change = (name: string, edit: (value: Record<string, unknown>) => unknown): void => {
		const file = join(folder, name);
		writeFileSync(file, JSON.stringify(edit(JSON.parse(readFileSync(file, 'utf8')))));
	};
	const ofAnother = (file: string): void =>
		change('simulation.json', (value) => ({
			...value,
			project: { ...Object(value['project']), file },
		}));

	test('are left out of the review and named as such, with what makes the right ones', async () => {
		cpSync(EXAMPLE, folder, { recursive: true });
		ofAnother('theirs.yml');
		expect(await review()).toBe(0);
		const told = 'simulation.json that is there is of another project: theirs.yml';
		expect(said.join('\n')).toContain(told);
		expect(said.join('\n')).toContain('this makes it: npx mulligan simulate example');
		for (const name of ['review.html', 'review.md']) {
			const page = readFileSync(join(folder, name), 'utf8');
			expect(page, name).toContain(told);
			expect(page, name).toContain('npx mulligan simulate example');
			expect(page, name).not.toContain('simulate theirs.yml');
		}
	});

	test('are told by what was imported where both say it, not by the name of the file', () => {
		const [evidence, simulation] = [wholeEvidenceOf(), simulationOf()];
		const renamed = { ...simulation, project: { ...simulation.project, file: './project.yml' } };
		expect(costsOf(evidence, renamed)).toEqual({ simulation: renamed, left_out: null });
		const other = { ...simulation.project, digest: 'fedcba9876543210' };
		expect(costsOf(evidence, { ...simulation, project: other })).toEqual({
			simulation: null,
			left_out: 'project.yml',
		});
		expect(costsOf(null, simulation)).toEqual({ simulation, left_out: null });
	});
});

test.each([
	['of a run that was interrupted', 'accepted.json', { interrupted: true }, 'was interrupted'],
	['that an interrupted run left', 'evidence.partial.json', {}, 'was interrupted'],
	['of a part', 'accepted.json', { shard: { index: 1, of: 2 } }, 'this is part 1 of 2'],
])('evidence %s is none to compare with', async (_, name, changes, problem) => {
	cpSync(EXAMPLE, folder, { recursive: true });
	const file = join(folder, name);
	writeFileSync(file, JSON.stringify(judgeVerification(wholeEvidenceOf(changes))));
	expect(await review('--since', file)).toBe(2);
	expect(said.join('\n')).toContain(problem);
});

// `npm run example` takes the evidence in reports/out and writes it anew.
test('docs/example-review.md is what the committed evidence says', async () => {
	const input = await gather({ folder: EXAMPLE, version: '0.1.0', project: null, since: null });
	await expect(reviewMarkdown(input)).toMatchFileSnapshot('../docs/example-review.md');
});
