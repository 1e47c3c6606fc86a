import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { awaitedName, awaitedStatus } from '../../model/vocabulary/dependency.ts';
import { GROUP_BLOCKS } from '../../model/vocabulary/project.ts';
import { MAX_TASKS, Setup } from '../../model/vocabulary/setup.ts';
import { groupInstances, unitsOf } from '../../model/vocabulary/structure.ts';
import { generatedSetup } from './setup.ts';
import { unitSetup } from './unit-setup.ts';

const drawn = fc.sample(unitSetup, { seed: 1, numRuns: 300 });
const groups = (setup: Setup) => setup.project.task_groups ?? [];
const shown = (setup: Setup): Set<string> =>
	new Set(setup.display_tasks?.flatMap(({ execution_tasks }) => execution_tasks));

describe('setups with units', () => {
	test('are valid setups as they stand, with nothing left out, whatever the seed', () => {
		fc.assert(
			fc.property(unitSetup, (setup) => {
				expect(Setup.parse(setup)).toEqual(setup);
			}),
			{ numRuns: 300 },
		);
	});

	test('are the same for the same seed', () => {
		expect(fc.sample(unitSetup, { seed: 1, numRuns: 300 })).toEqual(drawn);
	});

	test('are small mostly, and now and then as large as may be', () => {
		const sizes = drawn.map(({ tasks }) => tasks.length);
		expect(sizes.filter((size) => size <= 5).length).toBeGreaterThan(drawn.length / 2);
		expect(Math.max(...sizes)).toBe(MAX_TASKS);
	});

	test.each<[string, number, (setup: Setup) => boolean]>([
		['units of several tasks', 0.4, (s) => unitsOf(s).some((unit) => unit.length > 1)],
		['display tasks', 0.4, (s) => s.display_tasks !== undefined],
		['several display tasks', 0.1, (s) => (s.display_tasks?.length ?? 0) > 1],
		['groups', 0.4, (s) => groups(s).length > 0],
		[
			'groups on one host',
			0.15,
			(s) => hostsOf(s).some(([hosts, size]) => hosts === 1 && size > 1),
		],
		['groups on several', 0.1, (s) => hostsOf(s).some(([hosts, size]) => hosts > 1 && size > 1)],
		[
			'more members than hosts',
			0.01,
			(s) => hostsOf(s).some(([hosts, size]) => hosts > 1 && size > hosts),
		],
		['a group on two variants', 0.1, (s) => groupInstances(s).length > groups(s).length],
		['max_hosts not written', 0.1, (s) => groups(s).some((group) => group.max_hosts === undefined)],
		...[1, 0, -1, -2, 2, 3].map((hosts): [string, number, (setup: Setup) => boolean] => [
			`max_hosts ${hosts}`,
			0.03,
			(s) => groups(s).some((group) => group.max_hosts === hosts),
		]),
		...GROUP_BLOCKS.map((block): [string, number, (setup: Setup) => boolean] => [
			block,
			0.1,
			(s) => groups(s).some((group) => (group[block]?.length ?? 0) > 0),
		]),
		...(
			[
				'setup_group_can_fail_task',
				'setup_task_can_fail_task',
				'teardown_task_can_fail_task',
				'share_processes',
			] as const
		).map((key): [string, number, (setup: Setup) => boolean] => [
			key,
			0.1,
			(s) => groups(s).some((group) => group[key] === true),
		]),
		[
			'a task in a group and in a display task',
			0.1,
			(s) => s.tasks.some(({ id, group }) => group !== undefined && shown(s).has(id)),
		],
		[
			'a unit of a group and of a task outside of it',
			0.03,
			(s) =>
				unitsOf(s).some((unit) => {
					const inGroup = unit.map((place) => s.tasks[place]?.group !== undefined);
					return inGroup.includes(true) && inGroup.includes(false);
				}),
		],
		[
			'a unit with others in between',
			0.1,
			(s) => unitsOf(s).some((unit) => (unit.at(-1) ?? 0) - (unit[0] ?? 0) >= unit.length),
		],
		['dependents', 0.3, (s) => s.tasks.some(({ depends_on }) => depends_on !== undefined)],
		[
			'tasks that wait for a later one',
			0.1,
			(s) =>
				s.tasks.some(({ depends_on = [] }, place) =>
					depends_on.some(
						(wait) => s.tasks.findIndex((task) => task.id === awaitedName(wait)) > place,
					),
				),
		],
		...(['failed', '*'] as const).map((status): [string, number, (s: Setup) => boolean] => [
			`a wait for the status ${status}`,
			0.04,
			(s) =>
				s.tasks.some(({ depends_on = [] }) =>
					depends_on.some((wait) => awaitedStatus(wait) === status),
				),
		]),
		['inactive tasks', 0.1, (s) => s.tasks.some(({ activated }) => activated === false)],
		[
			'the merge queue with several tasks',
			0.1,
			(s) => s.requester === 'github_merge_request' && s.tasks.length > 1,
		],
		['repairs', 0.3, (s) => s.policy.restart_system_failed === true],
		['three hosts', 0.1, (s) => s.hosts.length === 3],
	])('have %s in a share of at least %d, but not always', (_, share, has) => {
		const those = drawn.filter(has).length;
		expect(those).toBeGreaterThanOrEqual(drawn.length * share);
		expect(those).toBeLessThan(drawn.length);
	});
});

/** Hosts and members of each group on each variant. */
const hostsOf = (setup: Setup): [number, number][] =>
	groupInstances(setup).map(({ hosts, tasks }) => [hosts, tasks.length]);

describe('setups', () => {
	const isPlain = ({ project, tasks, display_tasks, policy }: Setup): boolean =>
		project.task_groups === undefined &&
		display_tasks === undefined &&
		policy.restart_system_failed === undefined &&
		tasks.every((task) => Object.keys(task).length === 3);

	test('have plain tasks only in about half of the cases', () => {
		const plain = fc.sample(generatedSetup, { seed: 1, numRuns: 300 }).filter(isPlain);
		expect(plain.length).toBeGreaterThan(120);
		expect(plain.length).toBeLessThan(210);
	});
});
