import { describe, expect, test } from 'vitest';
import type { Rules } from '../../impl/server/rules.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Overrides } from '../../model/machines/index.ts';
import { taskMachine } from '../../model/machines/task.ts';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { BEGIN, exchange, FAIL, SETUP } from '../testing/stories.ts';
import { type Tamper, tampered } from '../testing/tampered.ts';
import { replaying, trial } from '../trial/trial.ts';

/**
 * Faults that model and reference share, so that the two show the same: no comparison notices them, only a judge
 * does, and at the event that owed something else. Each judge's own are in model/guarantees/should-have-changed.test.ts.
 */

/** A display task "d" of t1, which is flagged, and t2; both on host h1. */
const PAIR = Setup.parse({
	...SETUP,
	tasks: [
		{ id: 't1', task: 'compile', variant: 'ubuntu' },
		{ id: 't2', task: 'compile', variant: 'ubuntu' },
	],
	display_tasks: [{ id: 'd', execution_tasks: ['t1', 't2'] }],
});

const abort = (task: string): Event => ({ kind: 'user-aborts', task });
const ASK: Event = { kind: 'host-asks', host: 'h1' };
const HOUR: Event = { kind: 'hours-pass', hours: 1 };
const MONITOR: Event = { kind: 'monitor-runs' };
const END: Event = { kind: 'message-delivered', message: { leg: 'request', route: 'end' } };
const toEnd = FAIL.slice(0, -2);

/** t1 ended and waits for t2, which runs. */
const WAITS: readonly Event[] = [...BEGIN, ...FAIL, ...BEGIN];

interface Shared {
	readonly setup: Setup;
	/** Its last event is the one at which something is owed. */
	readonly events: readonly Event[];
	readonly breaks: string;
}

/** Found in both by a mistake of their own. */
const mistakes: Record<string, Shared & { overrides: Overrides; rules: Partial<Rules> }> = {
	'a member that ended stays on the list when its display task is aborted': {
		overrides:
			STEPS['a display task is aborted, and restarted for a member that had ended'].overrides,
		rules: { calledOff: () => [] },
		setup: PAIR,
		events: [...WAITS, abort('d')],
		breaks: 'S3',
	},
	'the monitor leaves an execution whose agent died': {
		overrides: { task: taskMachine.provide({ guards: { silent: () => false } }) },
		rules: { isStale: () => false },
		setup: SETUP,
		events: [...BEGIN, { kind: 'agent-dies', host: 'h1' }, HOUR, MONITOR],
		breaks: 'L2',
	},
};

/** From this step on, something is shown as it was before. */
function stays(from: number, what: (was: Observation, is: Observation) => Partial<Observation>) {
	let was: Observation | null = null;
	const tamper: Tamper = (seen, _, step) => {
		if (step < from || was === null) was = seen;
		return step < from ? seen : { ...seen, ...what(was, seen) };
	};
	return tamper;
}

const theTasks = ({ tasks, quota_used }: Observation) => ({ tasks, quota_used });

/** The second task is as it was, the first one is not. */
const theSecond = (was: Observation, is: Observation) => ({
	tasks: is.tasks.map((task, place) => (place === 1 ? (was.tasks[place] ?? task) : task)),
});

/** Shown by both, whatever the mistake. */
const shown: Record<string, Shared & { stays: Parameters<typeof stays>[1] }> = {
	'an abort reaches nobody': {
		setup: SETUP,
		events: [...BEGIN, abort('t1')],
		stays: theTasks,
		breaks: 'S3',
	},
	'an abort withdraws no mark': {
		setup: SETUP,
		events: [...BEGIN, ...FAIL.slice(0, 3), abort('t1')],
		stays: theTasks,
		breaks: 'S3',
	},
	'an abort of a display task reaches its first member only': {
		setup: { ...PAIR, hosts: ['h1', 'h2'] },
		events: [...WAITS, abort('d')],
		stays: theSecond,
		breaks: 'S3',
	},
	'a grant does not count for the other member': {
		setup: PAIR,
		events: [...BEGIN, ...FAIL.slice(0, 2)],
		stays: theSecond,
		breaks: 'S1',
	},
	'a grant that came to nothing still counts for the other member': {
		setup: PAIR,
		events: [...BEGIN, ...FAIL.slice(0, 3), abort('t1')],
		stays: theSecond,
		breaks: 'S13',
	},
	'an end ends nothing': {
		setup: SETUP,
		events: [...BEGIN, ...toEnd, END],
		stays: ({ tasks, hosts, quota_used }) => ({ tasks, hosts, quota_used }),
		breaks: 'S18',
	},
	'a mark that committed before a crash is lost': {
		setup: SETUP,
		events: [
			...BEGIN,
			{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
			{ kind: 'server-crashes', message: { leg: 'request', route: 'mark' }, commit: 'after' },
		],
		stays: theTasks,
		breaks: 'L1',
	},
	'an agent that is cut off runs on': {
		setup: SETUP,
		events: [...BEGIN, { kind: 'host-unreachable', host: 'h1' }],
		stays: ({ hosts }) => ({ hosts }),
		breaks: 'S5',
	},
	'an agent that is refused its start calls on': {
		setup: SETUP,
		events: [
			ASK,
			...exchange('next').slice(0, 1),
			HOUR,
			ASK,
			...exchange('next'),
			MONITOR,
			...exchange('start'),
		],
		stays: ({ hosts }) => ({ hosts }),
		breaks: 'S14',
	},
};

const find = (systems: readonly System[], { setup, events }: Shared) =>
	trial(systems, setup, replaying(events));

async function expectFound(systems: readonly System[], one: Shared): Promise<void> {
	const { finding } = await find(systems, one);
	expect(finding).toMatchObject({
		kind: 'violated',
		guarantee: one.breaks,
		index: one.events.length - 1,
	});
}

describe('a mistake that model and reference share is found by a judge', () => {
	test.each(Object.entries(mistakes))('%s', async (_, { overrides, rules, ...one }) => {
		const systems = [model(createTables(overrides)), reference({ rules })];
		await expectFound(systems, one);
		expect((await find([model(), reference()], one)).finding).toBeNull();
	});
});

describe('what both show alike, and wrongly, is found by a judge', () => {
	test.each(Object.entries(shown))('%s', async (_, { stays: what, ...one }) => {
		const both = ['one', 'other'].map((name) => tampered(name, stays(one.events.length, what)));
		await expectFound(both, one);
		expect((await find([model(), reference()], one)).finding).toBeNull();
	});
});
