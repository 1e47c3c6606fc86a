import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guarantees } from '../model/guarantees/index.ts';
import { Design } from '../model/vocabulary/design.ts';
import { underDesign } from '../model/vocabulary/setup.ts';
import { toToken } from '../model/vocabulary/stories/story.ts';
import {
	type ClaimEvidence,
	type DesignCell,
	DesignsEvidence,
} from '../reports/evidence/design-evidence.ts';
import { claimsOf } from '../reports/judging/claims.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import type { DesignsTools } from './designs.ts';
import { main } from './main.ts';
import { FORGED, scenario } from './testing/stories.ts';

const STORIES = join(import.meta.dirname, '../scenarios/stories');

let folder: string;
let stdout: string[];
let stderr: string[];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
	stdout = [];
	stderr = [];
	const into = (lines: string[]) => (text: unknown) => {
		lines.push(String(text));
		return true;
	};
	vi.spyOn(console, 'log').mockImplementation(into(stdout));
	vi.spyOn(console, 'error').mockImplementation(into(stderr));
	vi.spyOn(process.stderr, 'write').mockImplementation(into(stderr));
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(folder, { recursive: true });
});

/** Calls the command line in this process and tells with which status it would exit. */
async function mulligan(args: readonly string[], tools: DesignsTools = {}): Promise<unknown> {
	const before = process.exitCode;
	process.exitCode = undefined;
	try {
		await main(args, { out: folder, ...tools });
		return process.exitCode ?? 0;
	} finally {
		process.exitCode = before;
	}
}

/** A trial that came to these claims at once. */
const coming =
	(...verdicts: ClaimEvidence['verdict'][]): NonNullable<DesignsTools['tryDesigns']> =>
	async ({ profile, seed, onPhase }) => {
		onPhase?.('rest, intent', 'exploring');
		return {
			format: 'mulligan designs',
			version: 1,
			created_at: '2026-11-24T00:00:00.000Z',
			profile,
			seed,
			node: 'v20',
			seconds: 1.5,
			mulligan: '0.1.0',
			commit: null,
			shard: null,
			allowed: [],
			interrupted: false,
			designs: Design.options.map((design, place) => ({
				design,
				option: place + 1,
				summary: `What ${design} is.`,
				verdict: design === 'flag' ? 'holds' : 'violated',
				stories: 10,
				states: 1000,
				cells: [
					{
						guarantee: 'S8',
						verdict: place === 0 ? 'violated' : place === 1 ? 'unknown' : 'holds',
						reason: place === 1 ? 'it was never exercised' : null,
						stories: 5,
						configurations: ['intent'],
						sentence: place === 0 ? 'A key opened \u001b[31mit.' : null,
						events: place === 0 ? 3 : null,
						token: place === 0 ? 'v1.abc' : null,
					},
				],
				parts: [],
				facts: [{ id: 'lines-of-yaml', label: 'lines', value: String(place), source: 'here' }],
			})),
			claims: verdicts.map((verdict, place) => ({
				id: `R${place + 1}`,
				design: 'rest',
				claim: 'It falls.',
				verdict,
				because: 'S8 falls.',
				guarantees: ['S8'],
			})),
		};
	};

/** The chosen design stands first. */
const CHOSEN_FIRST = Design.options.toSorted(
	(one, other) => Number(other === 'flag') - Number(one === 'flag'),
);

/** A line of a table with a column a design: what stands under the first ones, and under all others. */
const row = (head: string, first: readonly (string | number)[], others = ''): RegExp => {
	const cells = CHOSEN_FIRST.map((design) =>
		String(first[Design.options.indexOf(design)] ?? others),
	);
	return new RegExp(`^${[head, ...cells].join(' +')}$`, 'm');
};

test.each([
	[['confirmed', 'confirmed'], 0],
	[['confirmed', 'refuted', 'not shown'], 1],
	[['confirmed', 'not shown'], 3],
	[[], 3],
] as const)('claims that are %j end with %i', async (verdicts, status) => {
	expect(await mulligan(['designs'], { tryDesigns: coming(...verdicts) })).toBe(status);
});

test('the claims come first, then the matrix, and how the stories of each design are played', async () => {
	const tryDesigns = coming('confirmed', 'refuted', 'confirmed');
	await mulligan(['designs', '--seed', '5'], { tryDesigns });
	const said = stdout.join('\n');
	expect(said).toMatch(
		/^violated: R2 is refuted, R1 and R3 are confirmed; flag keeps every guarantee \(profile quick, seed 5\)\n/,
	);
	expect(said).toMatch(row('S8', ['falls in 3 events', 'unknown'], 'holds'));
	expect(said).toContain('rest: 1 promise broken, S8 in 3 events: A key opened');
	expect(said).toContain(`\nnpx mulligan replay ${join(folder, 'designs.json')} --design rest\n`);
	expect(said).not.toContain('v1.abc');
	expect(said).not.toContain('\u001b');
	expect(said).not.toMatch(/^lines /m);
	expect(said).toMatch(/\ndetails .*: --verbose, or .*designs\.json\n/);
	expect(said).toMatch(/\n\nviolated; again with: npx mulligan designs --profile quick --seed 5$/);
});

test('with --verbose every guarantee, what falls with its replay, and the facts are printed', async () => {
	await mulligan(['designs', '--seed', '5', '--verbose'], { tryDesigns: coming('confirmed') });
	const said = stdout.join('\n');
	expect(said).toMatch(row('guarantee', Design.options));
	expect(said).toMatch(row('S8', ['falls in 3 events', 'unknown'], 'holds'));
	expect(said).toContain('rest: S8 in 3 events (checker, configuration intent): A key opened');
	expect(said).not.toContain('\u001b');
	expect(said).toContain('npx mulligan replay v1.abc');
	expect(said).toContain('local-api: S8 is unknown: it was never exercised');
	expect(said).toMatch(row('lines', [...Design.options.keys()]));
	expect(said).toContain('R1  confirmed  (rest) It falls. S8 falls.');
	expect(said).toContain('designs --profile quick --seed 5');
	expect(stderr.join('')).toContain('rest, intent: exploring');
});

test('designs.json holds what --json prints, and nothing else is printed', async () => {
	await mulligan(['designs', '--json', '--seed', '5'], { tryDesigns: coming('confirmed') });
	expect(stdout).toHaveLength(1);
	const printed = DesignsEvidence.parse(JSON.parse(stdout[0] ?? ''));
	expect(JSON.parse(readFileSync(join(folder, 'designs.json'), 'utf8'))).toEqual(printed);
	expect(stderr).toEqual([]);
});

test('an earlier report stays when the trial breaks down', async () => {
	writeFileSync(join(folder, 'designs.json'), '{}');
	const tryDesigns = () => Promise.reject(new Error('a bug'));
	expect(await mulligan(['designs'], { tryDesigns })).toBe(70);
	expect(readFileSync(join(folder, 'designs.json'), 'utf8')).toBe('{}');
	expect(readdirSync(folder)).toEqual(['designs.json']);
});

test('replay plays the stories of designs.json, of all designs or of one', async () => {
	const cell = (token: string | null) => ({
		guarantee: 'S8',
		verdict: 'violated' as const,
		reason: null,
		stories: 1,
		configurations: [],
		sentence: 'A key opened it.',
		events: 3,
		token,
	});
	const UNKNOWN = { verdict: 'unknown' as const, reason: 'it was never exercised' };
	// A forged mark is not possible under each design, a question for work is.
	const asks = { kind: 'host-asks', host: 'h1' } as const;
	const token = (design: 'rest' | 'local-api') =>
		toToken({
			setup: underDesign(FORGED.setup, design),
			events: [...FORGED.events, asks],
		});
	// As files were before they kept what their cells come from.
	const { designs, created_at, seed } = await coming('confirmed')({ profile: 'quick', seed: 1 });
	const shown = new Map<Design, DesignCell>([
		['rest', cell(token('rest'))],
		['local-api', cell(token('local-api'))],
		['auto-retry', cell(null)],
	]);
	const verdictOf = (design: Design) =>
		shown.has(design) ? 'violated' : design === 'flag' ? 'unknown' : 'holds';
	const file = join(folder, 'any-name');
	const broken = designs.map(({ parts: _, ...one }) => {
		const cells = guarantees.map(({ id }) => ({
			...{ ...cell(null), guarantee: id, verdict: 'holds' as const, sentence: null, events: null },
			...(id === 'S8' ? shown.get(one.design) : {}),
			...(id === 'S1' && one.design === 'flag' ? UNKNOWN : {}),
		}));
		return { ...one, cells, verdict: verdictOf(one.design) };
	});
	const evidence = {
		...{ format: 'mulligan designs', version: 1, created_at, profile: 'quick', seed },
		...{ node: 'v20', seconds: 1.5, designs: broken, claims: claimsOf(broken) },
	};
	writeFileSync(file, JSON.stringify(evidence));
	expect(await mulligan(['replay', file])).toBe(0);
	expect(stdout.join('\n')).toMatch(/^holds: 2 of 2 stories, on model and reference\n/);
	stdout.length = 0;
	expect(await mulligan(['replay', file, '--design', 'rest'])).toBe(0);
	expect(stdout.join('\n')).toMatch(/^holds: rest: S8: A key opened it, on model and reference\n/);
	expect(stdout.join('\n')).toContain(`again with: npx mulligan replay ${file} --design rest`);
	stdout.length = 0;
	expect(await mulligan(['replay', file, '--design', 'flag'])).toBe(3);
	expect(stdout.join('\n')).toMatch(
		/^unknown: there is no story to replay in .* under the design flag\n/,
	);
});

test('a story of a rejected design is replayed past its first broken promise', async () => {
	const file = join(STORIES, 'a-mark-before-the-command-cannot-tell-which-one-fails.yml');
	// It goes as its scenario says; the same events by themselves break two promises.
	expect(await mulligan(['replay', file])).toBe(0);
	const load = loadScenario(file);
	if (load.kind === 'refused') throw new Error('it cannot be loaded');
	expect(await mulligan(['replay', toToken(load.scenario.story)])).toBe(1);
	const said = stdout.join('\n');
	expect(said).toMatch(/^holds: .* \(.*; breaks S2, S4\), on model and reference\n/);
	expect(said).toContain('✗  S4 on model and reference');
	expect(said).toContain('✗  S2 on model and reference');
});

test('--design replays a story or a scenario under another design', async () => {
	const asks = { kind: 'host-asks', host: 'h1' } as const;
	const events = [...FORGED.events, asks];
	const token = toToken({ setup: underDesign(FORGED.setup, 'rest'), events });
	expect(await mulligan(['replay', token, '--design', 'local-api'])).toBe(0);
	const file = join(folder, 'story.yml');
	writeFileSync(file, scenario({ flag: true, status: 'undispatched' }));
	expect(await mulligan(['replay', file, '--design', 'rest'])).toBe(0);
	expect(stdout.join('\n')).toContain('under another design: rest');
});

test('--design is refused for the evidence of another design, whose verdict it is not', async () => {
	const file = join(folder, 'check.json');
	await mulligan(['check', 'intent', '--design', 'rest', '--output', folder]);
	expect(await mulligan(['replay', file, '--design', 'flag'])).toBe(2);
	expect(stderr.join('\n')).toContain(
		`mulligan: ${file}: it is about the design rest, not flag (leave --design out, or replay one of its tokens)`,
	);
	expect(await mulligan(['replay', file, '--design', 'rest'])).toBe(1);
});

test('in a step of GitHub a trial of designs annotates what is refuted, and adds its tables to the page', async () => {
	const page = join(folder, 'page.md');
	vi.stubEnv('GITHUB_ACTIONS', 'true');
	vi.stubEnv('GITHUB_STEP_SUMMARY', page);
	const tools = { tryDesigns: coming('confirmed', 'refuted') };
	expect(await mulligan(['designs', '--seed', '1'], tools)).toBe(1);
	expect(stdout.join('\n')).toMatch(/\n?::error title=mulligan%3A R\d is refuted::/);
	const said = readFileSync(page, 'utf8');
	expect(said).toMatch(/^# mulligan designs: violated\n/);
	expect(said).toContain('```sh\nnpx mulligan designs --profile quick --seed 1\n```');
	expect(said).toMatch(/ \| \*\*✕ claim refuted \(R\d\)\*\*; /m);
	expect(said).toMatch(/^\| guarantee \| 4: flag on the command \| 1: REST endpoint /m);
	vi.unstubAllEnvs();
});

test('--design checks a configuration under another design', async () => {
	expect(await mulligan(['check', 'intent', '--design', 'rest'])).toBe(1);
	expect(stdout.join('\n')).toMatch(/^violated: .* \(intent, design rest, profile quick\)\n/);
	expect(stdout.join('\n')).toContain(
		'S8 authentic-marks in 3 events (checker, configuration intent)',
	);
	expect(await mulligan(['check', 'intent', '--design', 'flag'])).not.toBe(1);
});

test.each([
	['replay', restToken(), '--on', 'live'],
	['designs', '--seed', 'x'],
	['check', '--design', 'banana'],
])('what cannot be is bad input: %s %s %s %s', async (...args) => {
	expect(await mulligan(args.filter((arg) => arg !== undefined))).toBe(2);
	expect(stderr.join('\n')).toMatch(/no design but the flag, not rest|whole number|banana/);
});

function restToken(): string {
	return toToken({ ...FORGED, setup: underDesign(FORGED.setup, 'rest') });
}
