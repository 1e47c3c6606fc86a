import { describe, expect, test } from 'vitest';
import { BUDGETS, type Configuration } from '../../model/checker/configurations/configuration.ts';
import { configurations } from '../../model/checker/configurations/index.ts';
import { PROFILES, sizedTo } from '../../model/checker/configurations/sized.ts';
import { watchThreads } from '../../model/checker/engine/testing/threads.ts';
import { machines } from '../../model/machines/index.ts';
import { createTables } from '../../model/system/tables.ts';
import { fromToken } from '../../model/vocabulary/stories/story.ts';
import {
	BoundsEvidence,
	ConfigurationEvidence,
	MAX_CHECKS,
} from '../../reports/evidence/check-evidence.ts';
import { checkedGuarantees, judgeChecks } from '../../reports/judging/check.ts';
import { checkOf } from '../../reports/testing/evidence.ts';
import { sayBounds } from '../../reports/wording/bounds.ts';
import { type ChecksOptions, checkAll } from './checks.ts';
import { checkEvidence } from './evidence.ts';

function quick(name: string): Configuration {
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new Error(`there is no configuration "${name}"`);
	return sizedTo(sized, 'quick');
}

async function checked(names: readonly string[], options: Partial<ChecksOptions> = {}) {
	const looked = await checkAll({
		configurations: names.map(quick),
		memory: 2 ** 28,
		machines: createTables(),
		...options,
	});
	return looked.map(checkEvidence);
}

/** What checks come to together. */
const verdictOf = (checks: Parameters<typeof checkedGuarantees>[0], whole: boolean) => {
	const { verdict, reason } = judgeChecks({ checks: [...checks], whole, shard: null });
	return { verdict, reason };
};

const verdicts = (checks: Parameters<typeof checkedGuarantees>[0]) =>
	new Map(checkedGuarantees(checks).map((one) => [one.id, one]));

test('every configuration fits the evidence, in every size', () => {
	expect(configurations.length).toBeLessThanOrEqual(MAX_CHECKS);
	for (const sized of configurations)
		for (const profile of PROFILES) {
			const { bounds, covers } = sizedTo(sized, profile);
			expect(BoundsEvidence.parse(bounds)).toEqual(bounds);
			expect(ConfigurationEvidence.parse(checkOf({ bounds, covers })).bounds).toEqual(bounds);
		}
});

test.each(BUDGETS)('evidence knows %s, and a sentence says how often', (budget) => {
	const bounds = BoundsEvidence.parse({ messages: 1, [budget]: 2 });
	expect(sayBounds(bounds)).toMatch(/^At most 1 message in flight, 2 .+\.$/);
});

describe('checks', () => {
	test('hold on the model, one after the other, and tell how far they are', async () => {
		const told: string[] = [];
		const checks = await checked(['merge-queue', 'blocks'], {
			onPhase: (name, detail) => told.push(`${name}: ${detail}`),
		});
		expect(checks.map(({ configuration, verdict }) => [configuration, verdict])).toEqual([
			['merge-queue', 'holds'],
			['blocks', 'holds'],
		]);
		expect(checks[0]).toMatchObject({
			ending: 'complete',
			violations: [],
			bounds: { messages: 2 },
		});
		expect(checks[0]?.holds).toContain('S6');
		expect(checks[1]?.holds).not.toContain('S6');
		expect(told[0]).toBe('merge-queue: exploring');
		expect(told).toContainEqual(expect.stringMatching(/^blocks: exploring, depth \d+, /));
		expect(told.at(-1)).toMatch(/^blocks: judging liveness, sweep \d+, /);
	});

	test('of a broken machine end in a shortest story, of which they say when it was too late', async () => {
		const task = machines.task.provide({ guards: { 'merge queue': () => false } });
		const [check] = await checked(['merge-queue'], { machines: createTables({ task }) });
		expect(check).toMatchObject({ verdict: 'violated', ending: 'broken' });
		const [violation] = check?.violations ?? [];
		expect(violation).toMatchObject({ guarantee: 'S6', events: 3, unavoidable: 3, loop: null });
		expect(fromToken(violation?.token ?? '').events).toHaveLength(3);
	});

	test('of a promise that is never kept tell what goes on for ever', async () => {
		const unit = machines.unit.provide({ guards: { due: () => false } });
		const [check] = await checked(['blocks'], { machines: createTables({ unit }) });
		expect(check).toMatchObject({ verdict: 'violated', ending: 'complete' });
		const broken = check?.violations.find(({ guarantee }) => guarantee === 'L1');
		expect(broken?.loop?.length).toBeGreaterThan(0);
		expect(broken?.unavoidable).toBeLessThan(broken?.events ?? 0);
	});

	test('that are stopped know nothing, and those behind them are not begun', async () => {
		const stop = new AbortController();
		const checks = await checked(['blocks', 'merge-queue'], {
			signal: stop.signal,
			onPhase: (_, detail) => {
				if (detail.startsWith('exploring, ')) stop.abort();
			},
		});
		expect(checks.map(({ ending, verdict }) => [ending, verdict])).toEqual([
			['stopped', 'unknown'],
			['not begun', 'unknown'],
		]);
		expect(checks[0]?.states).toBeGreaterThan(0);
		expect(verdictOf(checks, false)).toEqual({
			verdict: 'unknown',
			reason: 'blocks: the search was stopped; merge-queue: it was not begun',
		});
	});

	test('that are stopped end their threads too', async () => {
		const stop = new AbortController();
		const { begun, running } = watchThreads();
		const [check] = await checked(['faults'], {
			workers: 2,
			signal: stop.signal,
			onPhase: () => {
				if (running.size > 0) stop.abort();
			},
		});
		expect(check).toMatchObject({ ending: 'stopped', verdict: 'unknown' });
		expect(begun).toHaveLength(2);
		expect(running.size).toBe(0);
	});

	test('that are stopped while they judge liveness know nothing either', async () => {
		const stop = new AbortController();
		const [check] = await checked(['merge-queue'], {
			signal: stop.signal,
			onPhase: (_, detail) => {
				if (detail.startsWith('judging')) stop.abort();
			},
		});
		expect(check).toMatchObject({ ending: 'stopped', verdict: 'unknown', holds: [] });
	});
});

describe('a guarantee over all configurations', () => {
	const good = checkOf({ configuration: 'one', holds: ['S1'] });
	const other = checkOf({ configuration: 'other', holds: ['S1', 'S2'] });
	const out = checkOf({
		configuration: 'large',
		verdict: 'unknown',
		ending: 'out of memory',
		holds: [],
	});
	const broken = checkOf({
		configuration: 'bad',
		verdict: 'violated',
		ending: 'broken',
		holds: [],
		violations: [
			{
				guarantee: 'S1',
				name: 'bounded-restarts',
				sentence: 'One too many.',
				events: 3,
				unavoidable: null,
				loop: null,
				token: null,
			},
		],
	});

	test('holds if it was exercised in one of them and all were gone through', () => {
		const found = verdicts([good, other]);
		expect(found.get('S1')).toMatchObject({ verdict: 'holds', holds_in: ['one', 'other'] });
		expect(found.get('S2')).toMatchObject({ verdict: 'holds', reason: null, holds_in: ['other'] });
		expect(found.get('S3')).toMatchObject({ verdict: 'unknown', reason: 'it was never exercised' });
	});

	test('is unknown if one of them was not gone through to its end', () => {
		expect(verdicts([good, out]).get('S1')).toMatchObject({
			verdict: 'unknown',
			reason: 'large: the memory for states was used up',
		});
	});

	test('is violated if one of them breaks it, and the others are unknown then', () => {
		const found = verdicts([other, broken]);
		expect(found.get('S1')).toMatchObject({ verdict: 'violated', violated_in: ['bad'] });
		expect(found.get('S2')).toMatchObject({
			verdict: 'unknown',
			reason: 'bad: the search ended at a broken promise',
		});
		expect(verdictOf([other, broken, out], true)).toEqual({ verdict: 'violated', reason: null });
	});

	test('counts where it was never exercised only if all configurations were checked', () => {
		expect(verdictOf([good], false)).toEqual({ verdict: 'holds', reason: null });
		expect(verdictOf([good], true)).toMatchObject({
			verdict: 'unknown',
			reason: expect.stringMatching(/^S2, S3, .* never exercised$/),
		});
		expect(verdictOf([checkOf({ holds: [] })], false)).toEqual({
			verdict: 'unknown',
			reason: 'no guarantee was exercised',
		});
	});
});
