import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Setup } from '../../model/vocabulary/setup.ts';
import { plainSetup } from './setup.ts';
import { lateHostsOf, severalOf, twice, withLateHosts } from './several.ts';
import { plain, withSetup } from './swarm.ts';
import { unitSetup } from './unit-setup.ts';

const setups = fc.oneof(plainSetup, unitSetup);
const drawn = fc.sample(setups, { seed: 2, numRuns: 600 });
const several = fc.sample(severalOf(setups), { seed: 2, numRuns: 600 });

test('few setups have a second version, of the same project or of another one; all others are as they were', () => {
	const more = several.filter(({ other_versions }) => other_versions !== undefined);
	expect(more.length / several.length).toBeGreaterThan(0.05);
	expect(more.length / several.length).toBeLessThan(0.2);
	expect(
		new Set(more.map(({ other_versions }) => other_versions?.[0]?.project !== undefined)),
	).toEqual(new Set([true, false]));
	for (const [place, setup] of several.entries())
		if (setup.other_versions === undefined) expect(setup).toEqual(drawn[place]);
});

test('a setup has its tasks twice, by turns or one version behind the other, and is valid', () => {
	for (const setup of drawn.filter(({ tasks }) => tasks.length <= 8))
		for (const byTurns of [true, false]) {
			const both = twice(setup, {}, byTurns);
			expect(Setup.safeParse(both).error).toBeUndefined();
			expect(both.tasks.filter(({ version }) => version === undefined)).toEqual(setup.tasks);
			expect(both.tasks).toHaveLength(2 * setup.tasks.length);
			expect(both.tasks[1]?.version === 'second').toBe(byTurns || setup.tasks.length === 1);
		}
});

test('in few setups hosts come late, and none but they come and go; all others are as they were', () => {
	const moving = fc.sample(lateHostsOf(setups), { seed: 2, numRuns: 600 });
	const late = moving.filter(({ late_hosts }) => late_hosts !== undefined);
	expect(late.length / moving.length).toBeGreaterThan(0.03);
	expect(late.length / moving.length).toBeLessThan(0.2);
	for (const [place, setup] of moving.entries())
		if (setup.late_hosts === undefined) {
			expect(setup).toEqual(drawn[place]);
			expect(withSetup(plain, setup)).toEqual(plain);
		} else expect(withSetup(plain, setup)).toEqual({ ...plain, 'host-comes': 2, 'host-goes': 2 });
});

test('the hosts that are there are as many as before, or none at first; and the setup is valid', () => {
	for (const setup of drawn.slice(0, 100))
		for (const all of [true, false]) {
			const moving = withLateHosts(setup, 2, all);
			expect(Setup.safeParse(moving).error).toBeUndefined();
			expect(moving.hosts.slice(0, setup.hosts.length)).toEqual(setup.hosts);
			expect(moving.hosts.length - (moving.late_hosts?.length ?? 0)).toBe(
				all ? 0 : setup.hosts.length,
			);
		}
});
