import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { designConfigurations } from '../../model/checker/configurations/designs.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { Evidence } from '../../reports/evidence/evidence.ts';
import { contradictionsOf } from '../../reports/judging/contradictions.ts';
import { mergeVerifications } from '../../reports/merging/verification.ts';
import { projectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { CANARIES } from '../deviations/canaries.ts';
import { deviating } from '../deviations/deviation.ts';
import { capTooLow } from '../deviations/H09-cap-too-low.ts';
import { type VerifyOptions, verify } from './verify.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A canary that is caught soon. */
const SEED = CANARIES.findIndex(({ name }) => name === 'flag not cleared on reset');
/** So many scenarios, setups of random stories and configurations at most: parts beyond have nothing of them. */
const MOST = 6;
const STORIES = 18;

const folder = mkdtempSync(join(tmpdir(), 'mulligan-parts-'));
beforeAll(() => {
	for (const [from, to] of [
		['properties/corpus', 'corpus'],
		['scenarios/stories', 'scenarios'],
	] as const) {
		mkdirSync(join(folder, to));
		for (const file of readdirSync(join(ROOT, from)).slice(0, MOST))
			cpSync(join(ROOT, from, file), join(folder, to, file));
	}
});
afterAll(() => rmSync(folder, { recursive: true }));

const checks = designConfigurations
	.slice(0, 2)
	.map((sized) => sizedTo(sized, 'quick'))
	.map((one) => ({ ...one, bounds: { ...one.bounds, outcomes: ['failed'] as const } }));

/** What a machine writes to its folder, as another one reads it. */
async function ran(options: Partial<VerifyOptions>): Promise<Evidence> {
	const project = projectOnTrial(join(ROOT, 'scenarios/projects/example.yml'));
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	const evidence = await verify({
		profile: 'quick',
		seed: SEED,
		stories: STORIES,
		project,
		corpus: join(folder, 'corpus'),
		scenarios: join(folder, 'scenarios'),
		checks,
		run: { mulligan: '0.1.0', commit: 'b2d4c87', allowed: [] },
		...options,
	});
	return Evidence.parse(JSON.parse(JSON.stringify(evidence)));
}

async function partsOf(of: number, options: Partial<VerifyOptions> = {}): Promise<Evidence[]> {
	const parts: Evidence[] = [];
	for (let index = 1; index <= of; index++)
		parts.push(await ran({ ...options, shard: { index, of } }));
	return parts;
}

/** Merges in an order that is not theirs. */
const merged = (parts: readonly Evidence[]): Evidence =>
	mergeVerifications(
		parts.map((evidence, place) => ({ file: `parts/${place + 1}`, evidence })).reverse(),
	);

/** All but when it was made and how long it took. */
const timeless = ({ bound, checks: checked, ...evidence }: Evidence) => ({
	...evidence,
	created_at: '',
	seconds: 0,
	bound: { ...bound, seconds: 0 },
	checks: checked.map((check) => ({
		...check,
		seconds: 0,
		tour: check.tour === null ? null : { ...check.tour, seconds: 0 },
	})),
});

describe('with --stories the union of all parts is exactly the whole run', () => {
	let whole: Evidence;
	beforeAll(async () => {
		whole = await ran({});
	}, 60_000);

	test('which tells stories of every source', () => {
		expect(whole.sources.map(({ stories }) => stories)).toEqual([MOST, MOST, 10, STORIES, STORIES]);
		expect(whole.checks).toHaveLength(checks.length);
		expect(whole.canary.caught).toBe(true);
	});

	test.each(isNightly ? [1, 2, 3, 5, MOST + 1] : [3, MOST + 1])(
		'of %i parts',
		async (of) => {
			const parts = await partsOf(of);
			for (const part of parts) expect(contradictionsOf(part)).toEqual([]);
			expect(parts.map(({ verdict }) => verdict)).toEqual(parts.map(() => 'unknown'));
			const union = merged(parts);
			expect(timeless(union)).toEqual(timeless(whole));
			expect(contradictionsOf(union)).toEqual([]);
		},
		60_000,
	);
});

describe('where the reference is broken, all parts together find first what the whole run finds first', () => {
	const broken = CANARIES.find(({ name }) => name === 'flag not cleared on reset');
	const NO_KNOWN_STORIES = { scenarios: join(folder, 'none'), corpus: join(folder, 'none') };

	test.each([
		['in a scenario', {}],
		['in a story of a flagged command', NO_KNOWN_STORIES],
		['in a random story', { ...NO_KNOWN_STORIES, project: null }],
		[
			'as a difference, by the promise that falls later',
			{ ...NO_KNOWN_STORIES, project: null, against: deviating(capTooLow), more: 10 },
		],
	] as const)(
		'%s',
		async (_, options) => {
			if (broken === undefined) throw new Error('there is no canary');
			const given = { against: broken.system, checks: [], stories: 40, ...options };
			const whole = await ran(given);
			const union = merged(await partsOf(3, given));
			expect(whole.verdict).toBe('violated');
			expect(union.verdict).toBe('violated');
			expect(union.findings[0]).toEqual(whole.findings[0]);
			expect(union.findings[0]?.seen_first !== undefined).toBe('more' in options);
			expect(union.told[0]).toEqual(whole.told[0]);
			expect(contradictionsOf(union)).toEqual([]);
		},
		60_000,
	);
});
