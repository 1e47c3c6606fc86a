import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { OtherPolicy, Policy, Setup } from '../../model/vocabulary/setup.ts';
import { Story } from '../../model/vocabulary/stories/story.ts';
import { plainSetup } from '../arbitraries/setup.ts';
import { twice } from '../arbitraries/several.ts';
import { unitSetup } from '../arbitraries/unit-setup.ts';
import { simplerStories } from './simplify.ts';

/** Takes every way that gives a setup, until none makes the story shorter. */
function plainest(story: Story): Story {
	let best = story;
	for (;;) {
		const before = JSON.stringify(best).length;
		for (const simplify of simplerStories(best)) {
			const { setup, events } = simplify(best);
			const valid = Setup.safeParse(setup);
			if (valid.success) best = Story.parse({ setup: valid.data, events });
		}
		if (JSON.stringify(best).length >= before) return best;
	}
}

test('whatever was drawn, one plain task is left when nothing is needed', () => {
	const units = fc.sample(unitSetup, { seed: 1, numRuns: 100 });
	const policy = OtherPolicy.parse({});
	const several = fc
		.sample(plainSetup, { seed: 1, numRuns: 20 })
		.map((setup) => twice(setup, { project: { id: 'other', policy } }, true));
	for (const setup of [...units, ...several]) {
		const { setup: left } = plainest({ setup, events: [] });
		expect(left.tasks).toHaveLength(1);
		expect(Object.keys(left.tasks[0] ?? {})).toEqual(['id', 'task', 'variant']);
		expect(left.project).toEqual({
			id: 'generated',
			tasks: [{ name: left.tasks[0]?.task, commands: [] }],
		});
		expect(left.display_tasks).toBeUndefined();
		expect(left.other_versions).toBeUndefined();
		expect(left.hosts).toHaveLength(1);
		expect(left.policy).toEqual(Policy.parse({ max_automatic_restarts: 0 }));
	}
});

const SETUP = Setup.parse({
	project: {
		id: 'p',
		tasks: ['a', 'b', 'c'].map((name) => ({ name, commands: [] })),
		task_groups: [
			{
				name: 'g',
				tasks: ['a', 'b'],
				max_hosts: 1,
				setup_group: [{ command: 'x' }, { command: 'y' }],
			},
		],
	},
	tasks: [
		{ id: 'a', task: 'a', variant: 'v', group: 'g' },
		{ id: 'b', task: 'b', variant: 'v', group: 'g', depends_on: ['a'], activated: false },
		{ id: 'c', task: 'c', variant: 'v', depends_on: ['a', 'b'] },
	],
	display_tasks: [{ id: 'd', execution_tasks: ['a', 'c'] }],
	hosts: ['h1'],
});
const EVENTS: Event[] = [
	{ kind: 'user-restarts', task: 'd', execution: 0, failed_only: true },
	{ kind: 'user-aborts', task: 'a' },
];

/** All stories that are simpler by one step. */
const steps = simplerStories({ setup: SETUP, events: EVENTS }).map((simplify) =>
	simplify({ setup: SETUP, events: EVENTS }),
);
const [GROUP] = SETUP.project.task_groups ?? [];
const { display_tasks: _, ...UNSHOWN } = SETUP;
const withGroups = (task_groups: readonly object[]) => ({
	...SETUP,
	project: { ...SETUP.project, task_groups },
});
const [a, b, c] = SETUP.tasks;

test.each<[string, object, (readonly (Event | undefined)[])?]>([
	[
		'a task, with what waits for it and shows it',
		{
			...SETUP,
			tasks: [
				{ id: 'b', task: 'b', variant: 'v', group: 'g', activated: false },
				{ id: 'c', task: 'c', variant: 'v', depends_on: ['b'] },
			],
			display_tasks: [{ id: 'd', execution_tasks: ['c'] }],
		},
	],
	['a display task', UNSHOWN],
	[
		'a display task, whose tasks a user restarts one by one',
		UNSHOWN,
		[
			{ kind: 'user-restarts', task: 'a', execution: 0, failed_only: true },
			{ kind: 'user-restarts', task: 'c', execution: 0, failed_only: true },
			EVENTS[1],
		],
	],
	['failed_only', SETUP, [{ kind: 'user-restarts', task: 'd', execution: 0 }, EVENTS[1]]],
	[
		'one wait',
		{ ...SETUP, tasks: [a, b, { id: 'c', task: 'c', variant: 'v', depends_on: ['b'] }] },
	],
	['the group of one task', { ...SETUP, tasks: [{ id: 'a', task: 'a', variant: 'v' }, b, c] }],
	[
		'activated: false',
		{
			...SETUP,
			tasks: [a, { id: 'b', task: 'b', variant: 'v', group: 'g', depends_on: ['a'] }, c],
		},
	],
	[
		'a group',
		{
			...SETUP,
			project: { id: 'p', tasks: SETUP.project.tasks },
			tasks: SETUP.tasks.map(({ group: _group, ...task }) => task),
		},
	],
	['a command of a group', withGroups([{ ...GROUP, setup_group: [{ command: 'x' }] }])],
	['a block of a group', withGroups([{ name: 'g', tasks: ['a', 'b'], max_hosts: 1 }])],
	[
		'the hosts of a group',
		withGroups([{ name: 'g', tasks: ['a', 'b'], setup_group: GROUP?.setup_group }]),
	],
])('%s can be left out', (_what, setup, events) => {
	expect(steps.map((step) => step.setup)).toContainEqual(setup);
	if (events !== undefined) expect(steps).toContainEqual({ setup, events });
});
