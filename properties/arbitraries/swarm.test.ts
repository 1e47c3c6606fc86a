import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KINDS } from '../../model/vocabulary/events/event.ts';
import { alone, OPTIONAL, plain, swarm } from './swarm.ts';

const drawn = fc.sample(swarm, { seed: 1, numRuns: 500 });
const STAPLE = ['host-asks', 'message-delivered', 'command-ends'] as const;
const UNDONE = [
	['agent-dies', 'agent-returns'],
	['server-crashes', 'server-returns'],
	['message-lost', 'call-retried'],
	['host-unreachable', 'monitor-runs'],
	['held', 'goes-on'],
] as const;

/** On in all stories of setups that have hosts that come late. */
const OF_SETUPS = ['host-comes', 'host-goes'] as const;

/** What tells in another way what another kind tells. */
const BESIDE = [
	['hours-pass', 'minutes-pass'],
	['user-restarts-when-finished', 'user-restarts-version'],
	['user-aborts', 'user-aborts-version'],
] as const;

test('the staple and what is optional are, with what is beside them, every kind of event', () => {
	const all = [...STAPLE, ...OPTIONAL, ...OF_SETUPS, ...BESIDE.map(([, beside]) => beside)];
	expect(all.sort()).toEqual([...KINDS].sort());
});

test('every run has what keeps work going', () => {
	for (const run of [...drawn, plain, ...OPTIONAL.map(alone)])
		for (const kind of STAPLE) expect(run[kind]).toBeGreaterThan(0);
});

test.each(UNDONE)('where %s is on, %s is', (fault, undo) => {
	const faulty = drawn.filter((run) => run[fault] !== undefined);
	expect(faulty.length).toBeGreaterThan(0);
	expect(faulty.filter((run) => run[undo] === undefined)).toEqual([]);
	expect(alone(fault)[undo]).toBeGreaterThan(0);
});

test.each(BESIDE)('where %s is on, %s is, and as often', (kind, beside) => {
	for (const run of [...drawn, alone(kind)]) expect(run[beside]).toBe(run[kind]);
});

test.each(OPTIONAL)('%s is on in some runs and off in others', (kind) => {
	const on = drawn.filter((run) => run[kind] !== undefined).length;
	expect(on).toBeGreaterThan(drawn.length / 10);
	expect(on).toBeLessThan(drawn.length * 0.9);
});

test('weights are positive', () => {
	for (const run of drawn)
		for (const weight of Object.values(run)) expect(weight).toBeGreaterThan(0);
});

test('a plain run knows no faults', () => {
	expect(Object.keys(plain).sort()).toEqual([...STAPLE, 'heartbeat-sent'].sort());
});

test.each(OPTIONAL)('%s alone is on alone, but for what undoes it', (kind) => {
	const undo = UNDONE.find(([fault]) => fault === kind)?.[1];
	const beside = BESIDE.flatMap(([of, other]) => (of === kind ? [other] : []));
	const expected = [...STAPLE, kind, ...beside, ...(undo === undefined ? [] : [undo])];
	expect(Object.keys(alone(kind)).sort()).toEqual(expected.sort());
});
