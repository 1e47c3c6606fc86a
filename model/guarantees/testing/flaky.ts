import type { Details } from '../../vocabulary/message.ts';
import type { ArchivedExecution, TaskObservation } from '../../vocabulary/observation.ts';
import type { Block } from '../../vocabulary/project.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	reply,
	request,
	type Scene,
	seen,
	task,
} from './seen.ts';

/** How a flaky task is retried, as a correct system shows it; the tests bend it scene by scene. */

export const A0 = { task: 'a', execution: 0 };

export const running = (block: Block, step = 0, member: number | null = null) =>
	({ kind: 'running', position: { block, step, member } }) as const;

export const calling = (route: 'next' | 'start' | 'mark' | 'end', sent = 1) =>
	({ kind: 'calling', route, sent }) as const;

export const FAILED: Details = { status: 'failed', type: 'test', description: '', timed_out: null };
export const SUCCESS: Details = { ...FAILED, status: 'success', type: null };

/** Execution 0 of "a", in the archive. */
export const archivedA0: ArchivedExecution = {
	execution: 0,
	started_by: { by: 'schedule' },
	host: 'h',
	dispatched_minute: 0,
	ended_minute: 0,
	mark: 'granted',
	aborted: false,
	details: FAILED,
};

/** "a" at the start of execution 1, with what the granted mark of execution 0 left. */
export const restartedA: Partial<TaskObservation> = {
	status: 'undispatched',
	execution: 1,
	started_by: { by: 'mark', ...A0 },
	secret: 1,
	host: null,
	aborted: false,
	mark: 'none',
	restart_pending: false,
	automatic_restarts: 1,
	dispatched_minute: null,
	ended_minute: null,
	details: null,
	history: [archivedA0],
};

export const granted: Partial<TaskObservation> = {
	mark: 'granted',
	restart_pending: true,
	automatic_restarts: 1,
};

const SCENES = {
	asks: [
		{ kind: 'host-asks', host: 'h' },
		host('h', { doing: calling('next') }),
		inFlight(request('next', null)),
	],
	dispatched: [
		delivered('request', 'next'),
		task('a', { status: 'dispatched', host: 'h', dispatched_minute: 0 }),
		seen({ version: 'started' }),
		host('h', { assigned: A0 }),
		inFlight(reply('next', A0, 200, 'task')),
		answer(200, 'task'),
	],
	accepted: [
		delivered('reply', 'next'),
		host('h', { execution: A0, doing: calling('start') }),
		inFlight(request('start', A0)),
	],
	started: [
		delivered('request', 'start'),
		task('a', { status: 'started' }),
		inFlight(reply('start', A0, 200, 'ok')),
		answer(200, 'ok'),
	],
	runs: [delivered('reply', 'start'), host('h', { doing: running('main') }), inFlight()],
	fails: [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: calling('mark') }),
		inFlight(request('mark', A0)),
	],
	granted: [
		delivered('request', 'mark'),
		task('a', granted),
		seen({ quota_used: 1 }),
		inFlight(reply('mark', A0, 200, 'granted')),
		answer(200, 'granted'),
	],
	cleansUp: [delivered('reply', 'mark'), host('h', { doing: running('post') }), inFlight()],
	callsEnd: [
		{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, FAILED)),
	],
	restarted: [
		delivered('request', 'end'),
		task('a', restartedA),
		host('h', { assigned: null }),
		inFlight(reply('end', A0, 200, 'ok')),
		answer(200, 'ok'),
	],
	idle: [
		delivered('reply', 'end'),
		host('h', { execution: null, doing: { kind: 'idle' } }),
		inFlight(),
	],
} as const satisfies Record<string, Scene>;

type Name = keyof typeof SCENES;

/** The story up to and with this scene. */
export function until(last: Name): Scene[] {
	const names = Object.keys(SCENES);
	return Object.values(SCENES).slice(0, names.indexOf(last) + 1);
}

/** The scenes after this one, to the end. */
export const after = (last: Name): Scene[] => Object.values(SCENES).slice(until(last).length);

/** The end of execution 0 is committed, but the app server crashes before the restart. */
export const crashedAtEnd: Scene = [
	{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
	task('a', { status: 'failed', ended_minute: 0, details: FAILED }),
	host('h', { assigned: null }),
	inFlight(),
	seen({ server: 'down' }),
];

export const serverReturns: Scene = [{ kind: 'server-returns' }, seen({ server: 'up' })];
