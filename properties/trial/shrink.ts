import type { Event } from '../../model/vocabulary/event.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/story.ts';
import type { System } from '../systems/system.ts';
import { type Finding, told, trial } from './trial.ts';

/** Most trials that one shrinking may take. */
const TRIALS = 3000;

export interface Shrunk {
	story: Story;
	finding: Finding;
	trials: number;
}

/** Whether two findings are about the same thing, however the story got there. */
const same = (a: Finding, b: Finding): boolean =>
	a.kind === 'violated' ? b.kind === 'violated' && a.guarantee === b.guarantee : a.kind === b.kind;

/**
 * Makes a story that shows a finding as short as it gets: events are left out, first many at a
 * time, then one by one; then the setup is made plainer. What a left-out event made possible is
 * skipped, so every part of a story is a story. The last trial's finding is returned with it.
 */
export async function shrink(
	systems: readonly System[],
	story: Story,
	finding: Finding,
): Promise<Shrunk> {
	let best: Shrunk = { story, finding, trials: 0 };
	let trials = 0;

	const attempt = async (candidate: Story): Promise<boolean> => {
		if (trials >= TRIALS) return false;
		trials++;
		const result = await trial(systems, candidate.setup, told(candidate.events));
		if (result.finding === null || !same(result.finding, finding)) return false;
		best = {
			story: { setup: candidate.setup, events: result.events },
			finding: result.finding,
			trials,
		};
		return true;
	};

	let progress = true;
	while (progress && trials < TRIALS) {
		const before = JSON.stringify(best.story).length;
		await dropEvents(() => best.story, attempt);
		for (const plainer of plainerSetups(best.story.setup)) {
			const setup = Setup.safeParse(plainer(best.story.setup));
			if (setup.success) await attempt({ setup: setup.data, events: best.story.events });
		}
		progress = JSON.stringify(best.story).length < before;
	}
	return { ...best, trials };
}

async function dropEvents(
	best: () => Story,
	attempt: (story: Story) => Promise<boolean>,
): Promise<void> {
	for (let size = Math.ceil(best().events.length / 2); size >= 1; size = Math.floor(size / 2)) {
		let at = best().events.length - size;
		while (at > -size) {
			const { setup, events } = best();
			const from = Math.max(0, at);
			const rest: Event[] = [...events.slice(0, from), ...events.slice(at + size)];
			await attempt({ setup, events: rest });
			at = Math.min(at - size, best().events.length - size);
		}
	}
}

type Plainer = (setup: Setup) => unknown;

/** Ways to make a setup plainer, each tried once a round. */
function plainerSetups(setup: Setup): Plainer[] {
	const ways: Plainer[] = [];
	for (const { id } of setup.tasks)
		ways.push((from) => ({ ...from, tasks: from.tasks.filter((task) => task.id !== id) }));
	for (const host of setup.hosts)
		ways.push((from) => ({ ...from, hosts: from.hosts.filter((other) => other !== host) }));
	ways.push((from) => ({ ...from, policy: {} }));
	ways.push((from) => ({ ...from, requester: 'gitter_request' }));
	ways.push((from) => ({ ...from, project: withoutUnused(from) }));
	for (const key of ['pre', 'timeout', 'post', 'functions', 'command_type'] as const)
		ways.push((from) => ({ ...from, project: without(from.project, key) }));
	for (const key of ['pre_error_fails_task', 'post_error_fails_task'] as const)
		ways.push((from) => ({ ...from, project: without(from.project, key) }));
	for (const task of setup.project.tasks)
		task.commands.forEach((_, step) => {
			ways.push((from) => ({
				...from,
				project: {
					...from.project,
					tasks: from.project.tasks.map((other) =>
						other.name === task.name
							? { ...other, commands: other.commands.toSpliced(-1 - step, 1) }
							: other,
					),
				},
			}));
		});
	return ways;
}

const without = (project: Project, key: keyof Project): unknown => {
	const { [key]: _, ...rest } = project;
	return rest;
};

const withoutUnused = ({ project, tasks }: Setup): Project => ({
	...project,
	tasks: project.tasks.filter(({ name }) => tasks.some(({ task }) => task === name)),
});
