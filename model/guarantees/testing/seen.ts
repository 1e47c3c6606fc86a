import type { z } from 'zod';
import type { Event } from '../../vocabulary/events/event.ts';
import type { Details, Message, Outcome, Route } from '../../vocabulary/message.ts';
import type {
	ExecutionRef,
	HostObservation,
	Observation,
	TaskObservation,
	TaskStatus,
} from '../../vocabulary/observation.ts';
import type { TaskGroup } from '../../vocabulary/project.ts';
import { Setup } from '../../vocabulary/setup.ts';
import { projectsSeen, versionsOf } from '../../vocabulary/versions.ts';
import type { Guarantee } from '../guarantee.ts';

/** Observations made by hand, for the tests of the judges. */

export type Change = (seen: Observation) => Observation;

/** An event and what it changes in what is seen; the answer is gone unless it is given. */
export type Scene = readonly [event: Event, ...changes: readonly Change[]];

/** Tasks "a" and "b" on variant "linux", hosts "h" and "g"; one flagged command in main, one command in post. */
export function setupToJudge(change: Partial<z.input<typeof Setup>> = {}): Setup {
	const flagged = { command: 'shell.exec', display_name: 'integration', retry_on_failure: true };
	return Setup.parse({
		project: {
			id: 'p',
			tasks: [{ name: 'test', commands: [flagged] }],
			post: [{ command: 'shell.exec', display_name: 'cleanup' }],
		},
		tasks: [
			{ id: 'a', task: 'test', variant: 'linux' },
			{ id: 'b', task: 'test', variant: 'linux' },
		],
		display_tasks: [],
		hosts: ['h', 'g'],
		...change,
	});
}

/** The same tasks in the group "grp", with these blocks and switches; a flagged command in main and nothing else. */
export const groupOf = (group: Partial<TaskGroup>): Setup =>
	setupToJudge({
		project: {
			id: 'p',
			tasks: [
				{ name: 'test', commands: [{ command: 'shell.exec', retry_on_failure: true }] },
				{ name: 'other', commands: [] },
			],
			pre: [{ command: 'prepare' }],
			post: [{ command: 'cleanup' }],
			task_groups: [{ name: 'grp', tasks: ['test', 'other'], ...group }],
		},
		tasks: [
			{ id: 'a', task: 'test', variant: 'linux', group: 'grp' },
			{ id: 'b', task: 'other', variant: 'linux', group: 'grp' },
		],
	});

const newTask = (id: string): TaskObservation => ({
	id,
	status: 'undispatched',
	execution: 0,
	started_by: { by: 'schedule' },
	secret: 0,
	host: null,
	aborted: false,
	mark: 'none',
	held: null,
	restart_pending: false,
	repair_pending: false,
	automatic_restarts: 0,
	dispatched_minute: null,
	ended_minute: null,
	details: null,
	history: [],
});

const newHost = (id: string): HostObservation => ({
	id,
	agent: 'alive',
	execution: null,
	group: null,
	doing: { kind: 'idle' },
	background: [],
	posted: null,
	assigned: null,
});

/** What is seen before anything has happened. */
export const resting = (setup: Setup): Observation => ({
	minute: 0,
	server: 'up',
	tasks: setup.tasks.map(({ id }) => newTask(id)),
	display_tasks: (setup.display_tasks ?? []).map(({ id }) => ({
		id,
		status: 'undispatched',
		execution: 0,
	})),
	version: 'created',
	hosts: setup.hosts.map(newHost),
	messages: [],
	in_hand: [],
	...projectsSeen(versionsOf(setup).projects.map(({ policy }) => ({ policy, quota_used: 0 }))),
	...(setup.other_versions === undefined
		? {}
		: { other_versions: setup.other_versions.map(() => 'created' as const) }),
	answer: null,
	ignored_flags: [],
});

export const seen =
	(change: Partial<Observation>): Change =>
	(before) => ({ ...before, ...change });

export const task =
	(id: string, change: Partial<TaskObservation>): Change =>
	(before) => ({
		...before,
		tasks: before.tasks.map((each) => (each.id === id ? { ...each, ...change } : each)),
	});

/** The display tasks of this status, so often restarted, as what is shown of all of them. */
export const displays =
	(status: TaskStatus, execution = 0): Change =>
	(before) => ({
		...before,
		display_tasks: before.display_tasks.map((each) => ({ ...each, status, execution })),
	});

export const host =
	(id: string, change: Partial<HostObservation>): Change =>
	(before) => ({
		...before,
		hosts: before.hosts.map((each) => (each.id === id ? { ...each, ...change } : each)),
	});

export const answer = (status: number, outcome: Outcome): Change =>
	seen({ answer: { status, outcome } });

/** The only messages in flight. */
export const inFlight = (...messages: Message[]): Change => seen({ messages });

export const request = (
	route: Route,
	ref: ExecutionRef | null,
	details: Details | null = null,
): Message => ({
	leg: 'request',
	route,
	host: 'h',
	task: ref?.task ?? null,
	execution: ref?.execution ?? null,
	outcome: null,
	status: null,
	details,
	awaited: true,
});

export const reply = (
	route: Route,
	ref: ExecutionRef | null,
	status: number,
	outcome: Outcome,
): Message => ({ ...request(route, ref), leg: 'reply', status, outcome });

/** The delivery of the request, or of the reply, of this route. */
export const delivered = (leg: 'request' | 'reply', route: Route): Event => ({
	kind: 'message-delivered',
	message: { leg, route },
});

export interface JudgedScenes {
	readonly exercised: number;
	readonly broken: string | null;
	readonly owed: string | null;
	/** What was seen last. */
	readonly last: Observation;
}

/** Shows scenes to one judge, until a promise is broken or they are over. */
export function judgeScenes<Memory>(
	guarantee: Guarantee<Memory>,
	setup: Setup,
	scenes: readonly Scene[],
	first: Observation = resting(setup),
): JudgedScenes {
	let before = first;
	let memory = guarantee.begin(setup, first);
	let exercised = 0;
	for (const [event, ...changes] of scenes) {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		const ruling = guarantee.step(memory, { setup, before, event, after });
		before = after;
		if (ruling === null) continue;
		memory = ruling.memory;
		if (ruling.exercised) exercised++;
		if (ruling.broken !== null)
			return { exercised, broken: ruling.broken, owed: null, last: before };
	}
	const owed = guarantee.owed?.(memory, setup, before) ?? null;
	return { exercised, broken: null, owed, last: before };
}
