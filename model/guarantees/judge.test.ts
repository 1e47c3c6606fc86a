import { describe, expect, it } from 'vitest';
import type { Observation } from '../vocabulary/observation.ts';
import { guarantees } from './index.ts';
import { type Judging, judging } from './judge.ts';
import { crashedAtEnd, restartedA, serverReturns, until } from './testing/flaky.ts';
import { resting, type Scene, seen, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();

function show(judges: Judging, scenes: readonly Scene[], first = resting(setup)): Observation {
	let before = first;
	for (const [event, ...changes] of scenes) {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		judges.step({ setup, before, event, after });
		before = after;
	}
	return before;
}

const verdictsOf = (judges: Judging) =>
	Object.fromEntries(judges.verdicts().map(({ id, verdict }) => [id, verdict]));

/** As it is when all that was ready has run. */
const atRest = (seen: Observation): Observation => ({
	...seen,
	tasks: seen.tasks.map((each) => ({ ...each, status: 'success' })),
});

describe('judging', () => {
	it('knows every guarantee once, in the order of the spec', () => {
		const ids = guarantees.map(({ id }) => id);
		const place = (id: string): number => 'SLC'.indexOf(id[0] ?? '') * 100 + Number(id.slice(1));
		expect(ids).toEqual([...new Set(ids)].sort((one, other) => place(one) - place(other)));
		for (const { kind, fairness } of guarantees)
			expect(fairness !== null).toBe(kind === 'liveness');
	});

	it('accuses a correct retry of nothing', () => {
		const judges = judging(setup, resting(setup));
		judges.settle(setup, atRest(show(judges, until('idle'))));
		expect(judges.verdicts().filter(({ verdict }) => verdict === 'violated')).toEqual([]);
		const verdicts = verdictsOf(judges);
		expect(verdicts['S2']).toBe('holds');
		expect(verdicts['L1']).toBe('holds');
		expect(verdicts['L3']).toBe('holds');
		expect(verdicts['S6']).toBe('unknown');
	});

	it('accuses a correct repair after a crash of nothing', () => {
		const judges = judging(setup, resting(setup));
		const repaired: Scene = [{ kind: 'monitor-runs' }, task('a', restartedA)];
		show(judges, [...until('callsEnd'), crashedAtEnd, serverReturns, repaired]);
		expect(judges.verdicts().filter(({ verdict }) => verdict === 'violated')).toEqual([]);
	});

	it('says of a liveness guarantee that it holds only when the story came to rest', () => {
		const judges = judging(setup, resting(setup));
		const last = show(judges, until('idle'));
		expect(verdictsOf(judges)['L1']).toBe('unknown');
		judges.settle(setup, last);
		expect(verdictsOf(judges)['L1']).toBe('holds');
	});

	it('reports a broken promise once, with the index of its event and a sentence', () => {
		const judges = judging(setup, resting(setup));
		const before = show(judges, until('granted'));
		const after = { ...before, answer: null, quota_used: 7 };
		const event = { kind: 'heartbeat-sent', host: 'h' } as const;
		const broken = judges.step({ setup, before, event, after }, 40);
		expect(broken).toEqual([{ id: 'S7', sentence: expect.stringContaining('counts 7') }]);
		expect(judges.step({ setup, before: after, event, after }, 41)).toEqual([]);
		const verdict = judges.verdicts().find(({ id }) => id === 'S7');
		expect(verdict).toMatchObject({ verdict: 'violated', event: 40, name: 'exact-quota' });
	});

	it('peeks at a moment without remembering it', () => {
		const judges = judging(setup, resting(setup));
		const before = show(judges, until('granted'));
		const event = { kind: 'heartbeat-sent', host: 'h' } as const;
		const moment = { setup, before, event, after: { ...before, answer: null, quota_used: 7 } };
		expect(judges.peek(moment).map(({ id }) => id)).toEqual(['S7']);
		expect(judges.verdicts().some(({ verdict }) => verdict === 'violated')).toBe(false);
		judges.step(moment);
		expect(judges.peek(moment)).toEqual([]);
	});

	it('breaks at rest what is still owed', () => {
		const judges = judging(setup, resting(setup));
		const last = show(judges, [...until('callsEnd'), crashedAtEnd, serverReturns]);
		const ids = judges.settle(setup, last).map(({ id }) => id);
		expect(ids).toEqual(['L1', 'L4', 'L5']);
		expect(judges.verdicts().find(({ id }) => id === 'L1')?.event).toBeNull();
	});

	it('counts events where their places are not told', () => {
		const judges = judging(setup, resting(setup));
		const before = show(judges, until('granted'));
		const event = { kind: 'heartbeat-sent', host: 'h' } as const;
		judges.step({ setup, before, event, after: { ...before, answer: null, quota_used: 7 } });
		const told = judges.verdicts().find(({ id }) => id === 'S7');
		expect(told?.event).toBe(until('granted').length);
	});

	it('says nothing more at rest of a promise that is broken', () => {
		const judges = judging(setup, resting(setup));
		const before = show(judges, [...until('callsEnd'), crashedAtEnd, serverReturns]);
		const [first, ...others] = before.tasks;
		if (first === undefined) throw new Error('there is no task');
		const after = { ...before, tasks: [{ ...first, restart_pending: false }, ...others] };
		const broken = judges.step({ setup, before, event: { kind: 'monitor-runs' }, after });
		expect(broken.map(({ id }) => id)).toContain('L1');
		const ids = judges.settle(setup, before).map(({ id }) => id);
		expect(ids).not.toContain('L1');
	});

	it('carries memories that are plain JSON', () => {
		for (const guarantee of guarantees) {
			let before = resting(setup);
			let memory = guarantee.begin(setup, before);
			for (const [event, ...changes] of until('idle')) {
				const after = changes.reduce((state, change) => change(state), before);
				memory = guarantee.step(memory, { setup, before, event, after })?.memory ?? memory;
				expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
				before = after;
			}
		}
	});
});

it('counts the situations that are narrower than a witness, whatever a judge says of the moment', () => {
	const judges = judging(setup, resting(setup));
	const crashes = () => judges.situations().get('crash-before-restart-plain');
	expect(crashes()).toBeUndefined();
	const crash: Scene = [{ kind: 'server-crashes' }, seen({ server: 'down' })];
	const last = show(judges, [...until('callsEnd'), crashedAtEnd, serverReturns]);
	expect(crashes()).toBe(1);
	show(judges, [crash, serverReturns], last);
	expect(crashes()).toBe(2);
});
