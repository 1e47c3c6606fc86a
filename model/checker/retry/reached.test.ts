import { expect, test } from 'vitest';
import { isNightly } from '../../../packaging/levels/levels.ts';
import { judging } from '../../guarantees/judge.ts';
import { WITNESSES } from '../../guarantees/situations.ts';
import { Model } from '../../system/model.ts';
import { createTables } from '../../system/tables.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { configurations } from '../configurations/index.ts';
import { sizedTo } from '../configurations/sized.ts';
import type { Exploration } from '../engine/explore/explore.ts';
import { pathTo } from '../engine/explore/path.ts';
import { Stepping } from '../engine/explore/stepping.ts';
import { check } from './check.ts';
import type { Happened } from './sandbox/sandbox.ts';
import { small } from './testing/small-configurations.ts';

const machines = createTables();
const limits = { memory: 2 ** 26 };

/** The halves that stories on the model put to the test: one story for each core step of the space. */
function told({ setup }: Configuration, space: Exploration<Happened>): Set<string> {
	const stepping = new Stepping(space);
	const cores = new Set<number>();
	const met = new Set<string>();
	for (let state = 0; state < space.states.count; state++)
		for (const { ofCore, key } of stepping.from(state)) {
			if (cores.has(ofCore)) continue;
			cores.add(ofCore);
			const model = new Model(setup, machines);
			const judges = judging(setup, model.seen);
			for (const { event } of [...pathTo(space, state), space.tables.labels.value(key)]) {
				const before = model.seen;
				judges.step({ setup, before, event, after: model.apply(event) });
			}
			for (const name of judges.situations().keys()) met.add(name);
		}
	return met;
}

const quick = (name: string): Configuration => {
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new RangeError(`no configuration is called "${name}"`);
	return sizedTo(sized, 'quick');
};

test.each<[string, Configuration]>([
	// Takes three times as long.
	...(isNightly ? [['exits', quick('exits')] as [string, Configuration]] : []),
	['overlap-settled', quick('overlap-settled')],
])(
	'what the steps of %s put to the test is what stories of all of them put to it',
	async (_, configuration) => {
		const spaces: Exploration<Happened>[] = [];
		const { reached } = await check(configuration, {
			...{ limits, machines },
			onExplored: (space) => spaces.push(space),
		});
		const [space] = spaces;
		if (space === undefined) throw new Error('the space was not gone through to its end');
		const met = told(configuration, space);
		const names = WITNESSES.map(({ name }) => name);
		expect(reached.length).toBeGreaterThan(20);
		expect(reached).toEqual(names.filter((name) => met.has(name)));
	},
	120_000,
);

test('what is put to the test depends neither on symmetry nor on how states are kept', async () => {
	const one = quick('agents');
	const { reached } = await check(one, { limits, machines });
	for (const how of [{ symmetry: true }, { bitstate: true }])
		expect((await check(one, { limits, machines, ...how })).reached).toEqual(reached);
}, 60_000);

test('what was put to the test before a search ended early is told', async () => {
	const early = await check(small.lossy, { limits: { ...limits, states: 500 }, machines });
	const whole = await check(small.lossy, { limits, machines });
	expect(early.ending).toBe('out of memory');
	expect(early.reached.length).toBeGreaterThan(0);
	expect(whole.reached).toEqual(expect.arrayContaining([...early.reached]));
	expect(whole.reached.length).toBeGreaterThan(early.reached.length);
});
