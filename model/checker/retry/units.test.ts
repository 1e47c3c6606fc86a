import { expect, test } from 'vitest';
import { unitMachine } from '../../machines/unit.ts';
import { isSettled } from '../../machines/unit-record.ts';
import { createTables } from '../../system/tables.ts';
import { type Sized, sizedTo } from '../configurations/sized.ts';
import { display, stale } from '../configurations/units.ts';
import { check } from './check.ts';
import { STUCK } from './retry-product.ts';
import { Sandbox } from './sandbox/sandbox.ts';

const limits = { memory: 2 ** 30, states: 50_000 };

/** What is left for ever, if units restart only then. */
async function left(sized: Sized, unit: typeof unitMachine): Promise<string | null | undefined> {
	const machines = createTables({ unit });
	const { judged } = await check(sizedTo(sized, 'quick'), { limits, machines, judges: [] });
	return judged.find(({ id }) => id === STUCK)?.sentence;
}

test('a pending restart of a display task that is left for ever is stuck', async () => {
	const never = unitMachine.provide({ guards: { due: () => false } });
	expect(await left(display, never)).toBe('The restart of "compile" is pending for ever.');
});

test('a pending repair that is left for ever is stuck', async () => {
	const byMark = unitMachine.provide({
		guards: { due: ({ context }) => context.list.length > 0 && isSettled(context) },
	});
	expect(await left(stale, byMark)).toBe('The restart of "compile" is pending for ever.');
});

test('nothing is left for ever by the right machine', async () => {
	expect(await left(stale, unitMachine)).toBe(null);
});

test('a step that changes what its rule does not read is refused', () => {
	const sandbox = new Sandbox(display.setup, createTables());
	const crash = (reads: number[]) =>
		sandbox.part(
			{ kind: 'monitor-runs' },
			reads,
			[...reads.keys()].map(() => sandbox.initial[0] ?? 0),
			0,
			(system) => system.signal('server', { to: 'server', signal: { type: 'CRASH' } }),
		);
	expect(() => crash([0])).not.toThrow();
	expect(() => crash([])).toThrow('a step changed component 0, which its rule does not read');
});
