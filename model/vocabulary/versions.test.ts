import { expect, test } from 'vitest';
import { Setup } from './setup.ts';
import { placeOf, policySeen, projectsSeen, sameSlots, slotsSeen, versionsOf } from './versions.ts';

const ONE = {
	project: { id: 'p', tasks: [{ name: 'a', commands: [] }] },
	tasks: [{ id: 'a', task: 'a', variant: 'v' }],
	hosts: ['h'],
	policy: { daily_limit: 3 },
};
const SEVERAL = Setup.parse({
	...ONE,
	tasks: [
		...ONE.tasks,
		{ id: 'b', task: 'a', variant: 'v', version: 'third' },
		{ id: 'c', task: 'a', variant: 'v', version: 'second' },
	],
	other_versions: [
		{ id: 'second' },
		{ id: 'third', project: { id: 'q', policy: { daily_limit: 7 } } },
	],
});

test('a setup has one version of one project, unless it says more', () => {
	const { projects, versions } = versionsOf(Setup.parse(ONE));
	expect(projects.map(({ id, policy }) => [id, policy.daily_limit])).toEqual([['p', 3]]);
	expect(versions).toEqual([{ id: 'p_1', project: 0, tasks: [0] }]);
});

test('each version is of the first project or of its own, and each task of the version that it names', () => {
	const { projects, versions, versionOf, projectOf } = versionsOf(SEVERAL);
	expect(projects.map(({ id, policy }) => [id, policy.daily_limit])).toEqual([
		['p', 3],
		['q', 7],
	]);
	expect(versions).toEqual([
		{ id: 'p_1', project: 0, tasks: [0] },
		{ id: 'second', project: 0, tasks: [2] },
		{ id: 'third', project: 1, tasks: [1] },
	]);
	expect([versionOf, projectOf]).toEqual([
		[0, 2, 1],
		[0, 1, 0],
	]);
	expect([
		placeOf(versions, undefined),
		placeOf(versions, 'third'),
		placeOf(versions, 'x'),
	]).toEqual([0, 2, -1]);
});

test('what is seen of projects is told of each, and slots of each count', () => {
	const [first, other] = versionsOf(SEVERAL).projects.map(({ policy }) => ({
		policy,
		quota_used: 1,
	}));
	if (first === undefined || other === undefined) throw new Error('two projects');
	const seen = projectsSeen([first, other]);
	expect([0, 1].map((project) => policySeen(seen, project).daily_limit)).toEqual([3, 7]);
	const after = projectsSeen([first, { ...other, quota_used: 2 }]);
	expect([0, 1].map((project) => slotsSeen(after, project))).toEqual([1, 2]);
	expect([sameSlots(seen, seen), sameSlots(seen, after), sameSlots(after, seen)]).toEqual([
		true,
		false,
		false,
	]);
});
