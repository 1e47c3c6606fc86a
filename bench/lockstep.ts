import { Bench } from 'tinybench';
import { createTables } from '../model/system/tables.ts';
import type { Event } from '../model/vocabulary/events/event.ts';
import { Setup } from '../model/vocabulary/setup.ts';
import { STORY_LENGTH, type Story } from '../model/vocabulary/stories/story.ts';
import { plain } from '../properties/arbitraries/swarm.ts';
import { walk } from '../properties/arbitraries/walk.ts';
import { model } from '../properties/systems/model.ts';
import { reference } from '../properties/systems/reference.ts';
import { replaying, trial } from '../properties/trial/trial.ts';
import { naive } from './naive.ts';

/** Stories told in one sample. */
const BATCH = 50;
/** The goal, in stories a second on one core. */
const GOAL = 2000;

const setup = Setup.parse({
	project: {
		id: 'bench',
		tasks: [
			{
				name: 'test',
				commands: [
					{ command: 'git.get_project', retry_on_failure: true },
					{ command: 'shell.exec', type: 'setup' },
					{ command: 'shell.exec', retry_on_failure: true },
				],
			},
		],
		pre: [{ command: 'shell.exec' }],
		post: [{ command: 's3.put' }],
	},
	tasks: [{ id: 'test', task: 'test', variant: 'linux' }],
	hosts: ['h1'],
});

/** Plain stories: work and failing commands, no faults; about 20 events each. */
async function plainStories(count: number): Promise<Story[]> {
	const systems = [model()];
	const stories: Story[] = [];
	for (let seed = 1; stories.length < count && seed < 100 * count; seed++) {
		const next = walk(setup, plain, seed, 24);
		const { events } = await trial(systems, setup, next, { rest: false });
		if (events.length >= 16) stories.push({ setup, events });
	}
	return stories;
}

/** `npm run bench -- lockstep`: stories a second, beside generating alone and the naive way. */
export async function lockstep(): Promise<void> {
	const stories = await plainStories(BATCH);
	const events = stories.reduce((sum, story) => sum + story.events.length, 0) / stories.length;
	const tables = createTables();
	const alone = [model(tables)];
	const theirs = reference();
	const both = [model(tables), theirs];
	const slow = await naive();

	const bench = new Bench({ time: 3000, warmupTime: 1000 });
	bench.add('generating alone', () => {
		for (let seed = 1; seed <= BATCH; seed++) {
			const next = walk(setup, plain, seed, 24);
			const run = alone[0]?.start(setup);
			if (run === undefined || run instanceof Promise) throw new Error('the model is synchronous');
			for (let event: Event | null = next(run.seen); event !== null; event = next(run.seen))
				run.apply(event);
		}
	});
	bench.add('lockstep, judged', async () => {
		for (const story of stories) await trial(both, setup, replaying(story.events), { rest: false });
	});
	// What lockstep is made of: each part is bounded by what the others leave.
	bench.add('the reference alone', async () => {
		for (const story of stories)
			await trial([theirs], story.setup, replaying(story.events), { rest: false, judges: [] });
	});
	bench.add('lockstep, not judged', async () => {
		for (const story of stories)
			await trial(both, story.setup, replaying(story.events), { rest: false, judges: [] });
	});
	bench.add('lockstep, judged and brought to rest', async () => {
		for (const story of stories) await trial(both, setup, replaying(story.events));
	});
	bench.add('naive: actors and HTTP', async () => {
		for (const story of stories.slice(0, 5)) await slow.tell(story);
	});
	await bench.run();
	await slow.close();

	const rate = (name: string, told: number): number => {
		const task = bench.getTask(name);
		const result = task?.result;
		if (result === undefined || !('latency' in result))
			throw new Error(`${name} did not run: ${JSON.stringify(result)}`, { cause: result });
		return (told * 1000) / result.latency.p50;
	};
	const generating = rate('generating alone', BATCH);
	const judged = rate('lockstep, judged', BATCH);
	const referenced = rate('the reference alone', BATCH);
	const unjudged = rate('lockstep, not judged', BATCH);
	const rested = rate('lockstep, judged and brought to rest', BATCH);
	const naively = rate('naive: actors and HTTP', 5);
	const row = (name: string, value: number): string =>
		`${name.padEnd(40)} ${value.toFixed(0).padStart(8)} stories/s  ${(judged / value).toFixed(2).padStart(8)} x`;
	console.log(
		[
			`plain stories of ${events.toFixed(1)} events on average (at most ${STORY_LENGTH}), medians; the last column: lockstep against it`,
			row('generating alone (walk and model)', generating),
			row('the reference alone, not judged', referenced),
			row('lockstep, not judged', unjudged),
			row('lockstep, judged', judged),
			row('lockstep, judged and brought to rest', rested),
			row('naive: XState actors and HTTP', naively),
			`goal: ${GOAL} stories/s in lockstep: ${judged >= GOAL ? 'reached' : `missed by ${(100 * (1 - judged / GOAL)).toFixed(0)} %`}`,
		].join('\n'),
	);
}
