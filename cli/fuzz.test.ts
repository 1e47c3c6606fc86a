import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testFolder } from '../impl/testing/folder.ts';
import { fromToken, TokenError } from '../model/vocabulary/stories/story.ts';
import { DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import { Evidence } from '../reports/evidence/evidence.ts';
import { SimulationEvidence } from '../reports/evidence/simulation-evidence.ts';
import { reviewMarkdown } from '../reports/markdown/review.ts';
import { page } from '../reports/page/page.tsx';
import { readEvidence } from '../reports/review/read.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { projectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { type Dice, diceOf, encoded, mutateText, mutateValue } from './testing/mutations.ts';

const { folder, stderr } = surroundEachTest();
const ROOT = join(import.meta.dirname, '..');
/** Of a longer search: `FUZZ_SEED=… FUZZ_SECONDS=600`. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 1);
const DRAWN = process.env['FUZZ_SECONDS'] !== undefined;
/** Most milliseconds of one reading, on a busy machine. */
const AT_MOST_MS = 5000;

const textsOf = (path: string, end: string): string[] =>
	readdirSync(path, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(end))
		.map((name) => readFileSync(join(path, name), 'utf8'))
		.filter((text) => text.length < 100_000);

const CORPUS = process.env['MULLIGAN_CORPUS'];
const projects = [
	...textsOf(join(ROOT, 'scenarios/projects'), '.yml'),
	...(CORPUS === undefined ? [] : textsOf(CORPUS, '.yml')),
];
const scenarios = textsOf(join(ROOT, 'scenarios/stories'), '.yml');
const tokens = textsOf(join(ROOT, 'properties/corpus'), '.token');

/** Reads mutated inputs for some time, and keeps what a reader threw or took too long for. */
async function fuzz(read: (throwDice: Dice, file: string) => unknown): Promise<void> {
	const file = join(testFolder(), 'input.yml');
	const ends = performance.now() + SECONDS * 1000;
	for (let seed = SEED; performance.now() < ends; seed++) {
		const began = performance.now();
		try {
			await read(diceOf(seed), file);
		} catch (error) {
			throw new Error(`with seed ${seed}: ${error instanceof Error ? error.stack : error}`);
		}
		const ms = performance.now() - began;
		if (ms > AT_MOST_MS) throw new Error(`with seed ${seed} it took ${ms} ms`);
	}
}

function mutated(texts: readonly string[], throwDice: Dice): string {
	let text = texts[throwDice(texts.length)] ?? '';
	for (let times = throwDice(3); times >= 0; times--) text = mutateText(text, throwDice);
	return text;
}

/** A refusal says where, or that it is about the file as a whole, and what to do. */
function expectPlaces(problems: readonly { line: number; column: number; remedy: string }[]): void {
	expect(problems.length).toBeGreaterThan(0);
	for (const { line, column, remedy } of problems) {
		expect(line > 0).toBe(column > 0);
		expect(line).toBeGreaterThanOrEqual(0);
		expect(remedy).not.toBe('');
	}
}

describe('whatever is given is read, or refused as bad input:', { timeout: 3_000_000 }, () => {
	test('project files', () =>
		fuzz((throwDice, file) => {
			writeFileSync(file, encoded(mutated(projects, throwDice), throwDice));
			const read = projectOnTrial(file);
			if (read.kind === 'refused') expectPlaces(read.problems);
		}));

	test('scenarios', () =>
		fuzz((throwDice, file) => {
			writeFileSync(file, encoded(mutated(scenarios, throwDice), throwDice));
			const read = loadScenario(file);
			if (read.kind === 'refused') expectPlaces(read.problems);
		}));

	test('tokens', () =>
		fuzz((throwDice) => {
			try {
				fromToken(mutated(tokens, throwDice));
			} catch (error) {
				if (!(error instanceof TokenError)) throw error;
			}
		}));

	const KINDS = [
		['evidence.json', Evidence],
		['designs.json', DesignsEvidence],
		['simulation.json', SimulationEvidence],
	] as const;
	test('evidence, which can be drawn where it is read', () =>
		fuzz(async (throwDice, file) => {
			const [name, schema] = KINDS[throwDice(KINDS.length)] ?? KINDS[0];
			const text = readFileSync(join(ROOT, 'docs/example-evidence', name), 'utf8');
			let value: unknown = JSON.parse(text);
			for (let times = throwDice(3); times >= 0; times--) value = mutateValue(value, throwDice);
			const inText = throwDice(4) === 0 ? mutateText(text, throwDice) : JSON.stringify(value);
			writeFileSync(file, encoded(inText ?? '', throwDice));
			const read = readEvidence(file, schema, 'remedy', () => []);
			if (read.kind !== 'read') return expect(read.kind).toBe('refused');
			const nothing = { evidence: null, designs: null, simulation: null, since: null };
			const parts = { [name.replace(/\.json$/, '')]: read.value };
			const input = { ...nothing, ...parts, told: [], version: '0' };
			reviewMarkdown(input);
			if (DRAWN) await page(input);
		}));
});

describe('what is no file is bad input:', () => {
	const PLACES: Readonly<Record<string, (path: string) => void>> = {
		'a folder': (path) => mkdirSync(path),
		'a pipe that nobody writes': (path) => execFileSync('mkfifo', [path]),
		'a device': (path) => symlinkSync('/dev/zero', path),
		'a link to itself': (path) => symlinkSync(path, path),
		'a link to nothing': (path) => symlinkSync(`${path}.gone`, path),
	};
	const COMMANDS: Readonly<Record<string, (path: string) => string[]>> = {
		replay: (path) => ['replay', path],
		'replay of a scenario': (path) => ['replay', `${path}.yml`],
		verify: (path) => ['verify', path],
		simulate: (path) => ['simulate', path],
		'review --since': (path) => ['review', '--since', path],
	};
	test.each(
		Object.keys(PLACES).flatMap((place) =>
			Object.keys(COMMANDS).map((command) => [place, command] as const),
		),
	)('%s, given to %s', async (place, command) => {
		const path = join(folder, 'input');
		PLACES[place]?.(path);
		symlinkSync(path, `${path}.yml`);
		const args = COMMANDS[command]?.(path) ?? [];
		expect(await exitStatus(args, { out: join(folder, 'out') })).toBe(2);
		expect(stderr.join('\n')).toMatch(/input.*\(.+\)/);
	});

	test.each(
		Object.keys(PLACES).flatMap((place) =>
			['evidence.json', 'designs.json', 'simulation.json'].map((name) => [place, name] as const),
		),
	)('%s in place of %s', async (place, name) => {
		PLACES[place]?.(join(folder, name));
		const status = await exitStatus(['review'], { out: folder });
		// A link to nothing is nothing.
		expect(status).toBe(place === 'a link to nothing' ? 0 : 2);
		expect(stderr.join('\n')).toMatch(status === 0 ? /^$/ : new RegExp(`${name}: .*\\(run: npx`));
	});
});
