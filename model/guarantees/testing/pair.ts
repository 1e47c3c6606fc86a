import type { ArchivedExecution, TaskObservation } from '../../vocabulary/observation.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import { FAILED, running, SUCCESS } from './flaky.ts';
import {
	answer,
	delivered,
	displays,
	host,
	inFlight,
	reply,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './seen.ts';

/** A display task "d" of "a" and "b", and "c", which waits for "b": as a correct system shows them. */

export const pairOf = (policy: Partial<Setup['policy']> = {}): Setup =>
	setupToJudge({
		project: { id: 'p', tasks: setupToJudge().project.tasks },
		tasks: [
			{ id: 'a', task: 'test', variant: 'linux' },
			{ id: 'b', task: 'test', variant: 'linux' },
			{ id: 'c', task: 'test', variant: 'linux', depends_on: ['b'] },
		],
		display_tasks: [{ id: 'd', execution_tasks: ['a', 'b'] }],
		policy: { ...setupToJudge().policy, ...policy },
	});

const ref = (id: string, execution = 0) => ({ task: id, execution });
const marked = { by: 'mark', task: 'a', execution: 0 } as const;

export const archivedAs = (
	hostId: string,
	change: Partial<ArchivedExecution> = {},
): ArchivedExecution => ({
	execution: 0,
	started_by: { by: 'schedule' },
	host: hostId,
	dispatched_minute: 0,
	ended_minute: 0,
	mark: 'none',
	aborted: false,
	details: FAILED,
	...change,
});

/** A task at the start of execution 1. */
export const begun = (
	entry: ArchivedExecution,
	started_by: TaskObservation['started_by'] = marked,
): Partial<TaskObservation> => ({
	status: 'undispatched',
	execution: 1,
	started_by,
	secret: 1,
	host: null,
	aborted: false,
	mark: 'none',
	restart_pending: false,
	repair_pending: false,
	dispatched_minute: null,
	ended_minute: null,
	details: null,
	history: [entry],
});

const runs = (id: string, on: string): Scene => [
	{ kind: 'message-delivered', message: { leg: 'reply', route: 'start' } },
	task(id, { status: 'started', host: on, dispatched_minute: 0 }),
	host(on, { assigned: ref(id), execution: ref(id), doing: running('main') }),
	task('c', { held: 'waiting' }),
	seen({ version: 'started' }),
	displays('started'),
];

const budget = (used: number): Scene => [
	{ kind: 'server-returns' },
	task('a', { automatic_restarts: used }),
	task('b', { automatic_restarts: used }),
];

const [, ...spent] = budget(1);

const PAIR = {
	aRuns: runs('a', 'h'),
	bRuns: runs('b', 'g'),
	aFails: [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: { kind: 'calling', route: 'mark', sent: 1 } }),
		inFlight(request('mark', ref('a'))),
	],
	aGranted: [
		delivered('request', 'mark'),
		task('a', { mark: 'granted', restart_pending: true }),
		...spent,
		seen({ quota_used: 1 }),
		inFlight(reply('mark', ref('a'), 200, 'granted')),
		answer(200, 'granted'),
	],
	aCallsEnd: [
		delivered('reply', 'mark'),
		host('h', { doing: { kind: 'calling', route: 'end', sent: 1 } }),
		inFlight(request('end', ref('a'), FAILED)),
	],
	aEnds: [
		delivered('request', 'end'),
		task('a', { status: 'failed', ended_minute: 0, details: FAILED }),
		host('h', { assigned: null }),
		inFlight(),
		answer(200, 'ok'),
	],
	bCallsEnd: [
		{ kind: 'command-ends', host: 'g', outcome: 'succeeded' },
		host('h', { execution: null, doing: { kind: 'idle' } }),
		host('g', { doing: { kind: 'calling', route: 'end', sent: 1 } }),
		inFlight(request('end', ref('b'), SUCCESS)),
	],
	restarted: [
		delivered('request', 'end'),
		task('a', begun(archivedAs('h', { mark: 'granted' }))),
		task('b', begun(archivedAs('g', { details: SUCCESS }))),
		displays('undispatched', 1),
		host('g', { assigned: null, execution: null, doing: { kind: 'idle' } }),
		inFlight(),
		answer(200, 'ok'),
	],
} as const satisfies Record<string, Scene>;

export type PairScene = keyof typeof PAIR;

/** All scenes up to this one, it included; the last one may have other changes. */
export function pairUntil(name: PairScene, ...instead: readonly [] | [Scene]): Scene[] {
	const names = Object.keys(PAIR);
	const scenes: Scene[] = Object.values(PAIR).slice(0, names.indexOf(name) + 1);
	return instead[0] === undefined ? scenes : [...scenes.slice(0, -1), instead[0]];
}

/** A scene with further changes. */
export const but = (name: PairScene, ...changes: Scene[1][]): Scene => {
	const [event, ...others] = PAIR[name];
	return [event, ...others, ...changes.filter((change) => change !== undefined)];
};
