import type { CommandOutcome, Event, EventKind } from './event.ts';
import { find, selectorOf } from './message.ts';
import type { HostObservation, Observation } from './observation.ts';
import type { Block } from './project.ts';
import { designOf, MAX_EXECUTION, type Setup } from './setup.ts';

/** Most messages in flight: beyond it nothing is repeated. */
export const NETWORK_CAPACITY = 16;

/** How a command of each block may end: main has no time limit of its own, exec and idle limits rule pre and main only (lifecycle 3.2). */
export const OUTCOMES: Record<Block, readonly CommandOutcome[]> = {
	pre: ['succeeded', 'failed', 'panicked', 'timed-out-exec', 'timed-out-idle', 'timed-out-block'],
	setup_group: [
		'succeeded',
		'failed',
		'panicked',
		'timed-out-exec',
		'timed-out-idle',
		'timed-out-block',
	],
	setup_task: [
		'succeeded',
		'failed',
		'panicked',
		'timed-out-exec',
		'timed-out-idle',
		'timed-out-block',
	],
	main: ['succeeded', 'failed', 'panicked', 'timed-out-exec', 'timed-out-idle'],
	timeout: ['succeeded', 'failed', 'panicked', 'timed-out-block'],
	post: ['succeeded', 'failed', 'panicked', 'timed-out-block'],
	teardown_task: ['succeeded', 'failed', 'panicked', 'timed-out-block'],
	teardown_group: ['succeeded', 'failed', 'panicked', 'timed-out-block'],
};

/** Blocks before main, whose background commands are watched until main is over. */
export const isSetUp = (block: Block): boolean =>
	block === 'pre' || block === 'setup_group' || block === 'setup_task';

/** Blocks in which a background command that fails is noticed. */
export const isWatched = (block: Block): boolean => block === 'main' || isSetUp(block);

const samePosition = (
	a: { block: Block; step: number; member: number | null },
	b: { block: Block; step: number; member: number | null },
): boolean => a.block === b.block && a.step === b.step && a.member === b.member;

/** Whether an event can happen now. What cannot is skipped, on every system alike. */
export function isPossible(setup: Setup, seen: Observation, event: Event): boolean {
	switch (event.kind) {
		case 'hours-pass':
			return true;
		case 'server-returns':
			return seen.server === 'down';
		case 'monitor-runs':
			return seen.server === 'up';
		case 'server-crashes': {
			if (seen.server === 'down') return false;
			if (event.message === undefined) return true;
			return event.message.leg === 'request' && find(event.message, seen.messages) >= 0;
		}
		case 'message-delivered':
			return (
				find(event.message, seen.messages) >= 0 &&
				(event.message.leg === 'reply' || seen.server === 'up')
			);
		case 'message-lost':
			return find(event.message, seen.messages) >= 0;
		case 'message-repeated':
			return seen.messages.length < NETWORK_CAPACITY && find(event.message, seen.messages) >= 0;
		case 'user-aborts':
			return seen.server === 'up' && named(seen, event.task) !== undefined;
		case 'user-restarts': {
			const task = named(seen, event.task);
			return (
				seen.server === 'up' &&
				task !== undefined &&
				event.execution <= task.execution &&
				task.execution < MAX_EXECUTION
			);
		}
		case 'request-forged':
			return seen.server === 'up' && canForge(setup, seen, event);
		default: {
			const host = seen.hosts.find((candidate) => candidate.id === event.host);
			return host !== undefined && isPossibleOn(setup, host, seen, event);
		}
	}
}

/** The task or display task of this id. */
const named = (seen: Observation, id: string) =>
	seen.tasks.find((task) => task.id === id) ?? seen.display_tasks.find((task) => task.id === id);

function isPossibleOn(
	setup: Setup,
	host: HostObservation,
	seen: Observation,
	event: Extract<Event, { host: string }>,
): boolean {
	const { doing } = host;
	switch (event.kind) {
		case 'agent-returns':
			return host.agent === 'dead';
		case 'agent-dies':
		case 'host-unreachable':
			return host.agent === 'alive';
		case 'host-asks':
			return (
				host.agent === 'alive' && doing.kind === 'idle' && seen.messages.length < NETWORK_CAPACITY
			);
		case 'command-ends':
			return doing.kind === 'running' && OUTCOMES[doing.position.block].includes(event.outcome);
		case 'background-fails':
			return (
				doing.kind === 'running' &&
				isWatched(doing.position.block) &&
				host.background.some((position) => samePosition(position, event.position))
			);
		case 'status-posted':
			return (
				doing.kind === 'running' &&
				host.execution !== null &&
				(event.posted.retryable === undefined || designOf(setup) === 'local-api')
			);
		case 'heartbeat-sent':
			return (
				seen.messages.length < NETWORK_CAPACITY &&
				host.execution !== null &&
				(doing.kind === 'running' || (doing.kind === 'calling' && doing.route === 'mark'))
			);
		case 'call-retried':
			return doing.kind === 'calling' && seen.messages.length < NETWORK_CAPACITY;
		case 'call-abandoned':
			return doing.kind === 'calling';
		case 'request-forged':
			return false;
	}
}

function canForge(
	setup: Setup,
	seen: Observation,
	event: Extract<Event, { kind: 'request-forged' }>,
): boolean {
	const task = seen.tasks.find((candidate) => candidate.id === event.task);
	if (task === undefined || !setup.hosts.includes(event.host)) return false;
	const design = designOf(setup);
	// Under this design nobody can ask for a mark: there is no such request.
	if (design === 'local-api' && event.route === 'mark') return false;
	switch (event.credentials) {
		case 'none':
		case 'wrong-task-secret':
		case 'wrong-host-secret':
			return true;
		case 'other-task':
			return setup.tasks.length > 1;
		case 'other-host':
			return event.host !== task.host;
		case 'previous-execution':
			return task.history.at(-1)?.host === event.host;
		case 'right':
			return (
				event.route === 'mark' &&
				design !== 'rest' &&
				setup.requester === 'github_merge_request' &&
				event.host === task.host
			);
		case 'service-key':
			return event.route === 'mark' && design === 'rest';
	}
}

/**
 * The events of one kind that are possible now, each with one representative choice of free
 * values left to `pick` (a number in [0, 1) each time it is asked).
 */
export function candidates(
	setup: Setup,
	seen: Observation,
	kind: EventKind,
	pick: () => number,
): Event[] {
	const all = propose(setup, seen, kind, pick);
	return all.filter((event) => isPossible(setup, seen, event));
}

function choose<Item>(items: readonly Item[], pick: () => number): Item {
	const item = items[Math.floor(pick() * items.length)];
	if (item === undefined) throw new RangeError('nothing to choose from');
	return item;
}

const CREDENTIALS = [
	'none',
	'wrong-task-secret',
	'wrong-host-secret',
	'other-task',
	'other-host',
	'previous-execution',
	'right',
	'service-key',
] as const;

function propose(setup: Setup, seen: Observation, kind: EventKind, pick: () => number): Event[] {
	switch (kind) {
		case 'host-asks':
		case 'heartbeat-sent':
		case 'call-retried':
		case 'call-abandoned':
		case 'agent-dies':
		case 'agent-returns':
		case 'host-unreachable':
			return seen.hosts.map((host) => ({ kind, host: host.id }));
		case 'command-ends':
			return seen.hosts.flatMap((host) =>
				host.doing.kind === 'running'
					? OUTCOMES[host.doing.position.block].map((outcome) => ({
							kind,
							host: host.id,
							outcome,
						}))
					: [],
			);
		case 'background-fails':
			return seen.hosts.flatMap((host) =>
				host.background.map((position) => ({ kind, host: host.id, position })),
			);
		case 'status-posted':
			return seen.hosts.map((host) => ({
				kind,
				host: host.id,
				posted: {
					status: choose(['success', 'failed', 'banana'], pick),
					...(pick() < 0.5 ? {} : { type: choose(['test', 'system', 'setup'] as const, pick) }),
					should_continue: pick() < 0.5,
					...(designOf(setup) === 'local-api' && pick() < 0.5 ? { retryable: true } : {}),
				},
			}));
		case 'message-delivered':
		case 'message-lost':
		case 'message-repeated':
			return seen.messages.map((message) => ({ kind, message: selectorOf(message) }));
		case 'server-crashes': {
			const commit = pick() < 0.5 ? 'before' : 'after';
			const requests = seen.messages.filter((message) => message.leg === 'request');
			return requests.length === 0
				? [{ kind }]
				: requests.map((message) => ({ kind, message: selectorOf(message), commit }));
		}
		case 'server-returns':
		case 'monitor-runs':
			return [{ kind }];
		case 'user-aborts':
			return [...seen.tasks, ...seen.display_tasks].map((task) => ({ kind, task: task.id }));
		case 'user-restarts':
			return [...seen.tasks, ...seen.display_tasks].flatMap((task) => {
				const partly = seen.display_tasks.length > 0 && pick() < 0.5;
				const named = {
					kind,
					task: task.id,
					...(partly ? { failed_only: true as const } : {}),
				};
				return task.execution === 0
					? [{ ...named, execution: 0 }]
					: [
							{ ...named, execution: task.execution },
							{ ...named, execution: task.execution - 1 },
						];
			});
		case 'hours-pass':
			return [{ kind, hours: choose([1, 2, 23, 24], pick) }];
		case 'request-forged': {
			const route = choose(['mark', 'end', 'start', 'heartbeat'] as const, pick);
			return seen.tasks.flatMap((task) =>
				setup.hosts.flatMap((host) =>
					CREDENTIALS.map((credentials) => ({ kind, route, task: task.id, host, credentials })),
				),
			);
		}
	}
}
