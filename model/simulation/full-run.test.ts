import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Model } from '../system/model.ts';
import { createTables } from '../system/tables.ts';
import type { Event } from '../vocabulary/events/event.ts';
import { selectorOf } from '../vocabulary/message.ts';
import { type Command, Project } from '../vocabulary/project.ts';
import { Policy, Setup, type TaskInstance } from '../vocabulary/setup.ts';
import { FATE, Lives, NONE, RED, restartsOf, TAKEN } from './lives.ts';
import { ProjectQuota } from './quota.ts';
import { type Place, workloadOf } from './workload.ts';

const tables = createTables();

const command: fc.Arbitrary<Command> = fc
	.record({ flag: fc.boolean(), background: fc.integer({ min: 0, max: 4 }) })
	.map(({ flag, background }) => ({
		command: 'x',
		...(flag ? { retry_on_failure: true } : {}),
		...(background === 0 ? { background: true } : {}),
	}));
const block = fc.array(command, { maxLength: 3 });

const project: fc.Arbitrary<Project> = fc
	.record({
		mains: fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), {
			minLength: 1,
			maxLength: 3,
		}),
		pre: block,
		post: block,
		preCanFail: fc.boolean(),
		postCanFail: fc.boolean(),
	})
	.map(({ mains, pre, post, preCanFail, postCanFail }) =>
		Project.parse({
			id: 'p',
			tasks: mains.map((commands, task) => ({ name: `t${task}`, commands })),
			pre,
			post,
			pre_error_fails_task: preCanFail,
			post_error_fails_task: postCanFail,
		}),
	);

/** What is drawn for a task: numbers that choose its kind, the places of failures and its luck, and hours that pass first. */
const drawn = fc.record({
	task: fc.nat(),
	transient: fc.nat(),
	permanent: fc.nat(),
	cleared: fc.boolean(),
	hours: fc.constantFrom(0, 0, 0, 1, 7, 23),
});

/** As many as a setup takes. */
const many = fc.array(drawn, { minLength: 1, maxLength: 16 });

interface Drawn {
	readonly instance: TaskInstance;
	readonly transient: Place | undefined;
	readonly permanent: Place | undefined;
	readonly cleared: boolean;
	readonly hours: number;
}

/** The tasks one after the other on one host, in the whole model, with its observer, network and quota. */
function runInFull(project: Project, tasks: readonly Drawn[], limit: number) {
	const setup = Setup.parse({
		project,
		tasks: tasks.map(({ instance }) => instance),
		hosts: ['h'],
		policy: { ...Policy.parse({}), daily_limit: limit },
	});
	const model = new Model(setup, tables);
	for (const { instance, hours, ...draws } of tasks) {
		for (let hour = 0; hour < hours; hour++) model.apply({ kind: 'hours-pass', hours: 1 });
		model.apply({ kind: 'host-asks', host: 'h' });
		for (let event = next(model, instance, draws); event !== null; ) {
			model.apply(event);
			event = next(model, instance, draws);
		}
	}
	return model.seen;
}

function next(
	{ seen }: Model,
	{ id }: TaskInstance,
	{ transient, permanent, cleared }: Omit<Drawn, 'instance' | 'hours'>,
): Event | null {
	const [message] = seen.messages;
	if (message !== undefined) return { kind: 'message-delivered', message: selectorOf(message) };
	const [host] = seen.hosts;
	const execution = host?.execution?.execution ?? 0;
	if (host?.doing.kind === 'running') {
		const fails = (at: { block: string; step: number }): boolean =>
			[permanent, execution === 0 || !cleared ? transient : undefined].some(
				(place) => place?.block === at.block && place.index === at.step,
			);
		const beside = host.background.find(fails);
		if (beside !== undefined) return { kind: 'background-fails', host: 'h', position: beside };
		const outcome = fails(host.doing.position) ? 'failed' : 'succeeded';
		return { kind: 'command-ends', host: 'h', outcome };
	}
	const status = seen.tasks.find((task) => task.id === id)?.status;
	return status === 'undispatched' ? { kind: 'host-asks', host: 'h' } : null;
}

test('lives that are looked up, with a quota of their own, come to what the whole model comes to', () => {
	const met = { red: 0, restarts: 0, refused: 0, saved: 0 };
	fc.assert(
		fc.property(project, many, fc.integer({ min: 0, max: 3 }), (project, draws, limit) => {
			const lives = project.tasks.map(
				({ name }) =>
					new Lives(workloadOf(project, [{ id: name, task: name, variant: 'v' }], tables), tables),
			);
			const quota = new ProjectQuota(limit);
			const expected: unknown[] = [];
			const tasks = draws.map((draw, at): Drawn => {
				const among = draw.task % lives.length;
				const own = lives[among];
				if (own === undefined) throw new RangeError('no such task');
				const places = own.workload.kinds[0]?.places ?? [];
				const transient = (draw.transient % (places.length + 1)) - 1;
				const permanent = (draw.permanent % (2 * places.length + 1)) - 1;
				const broken = permanent < places.length ? permanent : NONE;
				for (let hour = 0; hour < draw.hours; hour++) quota.hourPasses();
				let life = own.of(0, transient, broken, draw.cleared ? FATE.cleared : FATE.persistent);
				if ((life & TAKEN) !== 0 && !quota.take()) {
					life = own.of(0, transient, broken, FATE.full);
					met.refused++;
				}
				const red = (life & RED) !== 0;
				if (red) met.red++;
				met.restarts += restartsOf(life);
				if (!red && restartsOf(life) > 0) met.saved++;
				expected.push({ status: red ? 'failed' : 'success', execution: restartsOf(life) });
				return {
					instance: { id: `i${at}`, task: `t${among}`, variant: 'v' },
					transient: places[transient],
					permanent: places[broken],
					cleared: draw.cleared,
					hours: draw.hours,
				};
			});
			const seen = runInFull(project, tasks, limit);
			expect(seen.tasks.map(({ status, execution }) => ({ status, execution }))).toEqual(expected);
			expect(seen.quota_used).toBe(quota.slotsInUse);
		}),
		{ seed: 1, numRuns: 40 },
	);
	for (const times of Object.values(met)) expect(times).toBeGreaterThan(10);
});
