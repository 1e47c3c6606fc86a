import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { MessageSelector, Route } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { Rest } from '../../model/vocabulary/stories/rest.ts';
import type { NextEvent } from '../arbitraries/walk.ts';
import type { Run } from '../systems/system.ts';
import { replaying, trial } from '../trial/trial.ts';
import { Cluster, type StartDatabase } from './cluster.ts';

const SETUP = Setup.parse({
	project: {
		id: 'p1',
		tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
	},
	tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
	hosts: ['h1'],
});

const request = (route: Route): MessageSelector => ({ leg: 'request', route, host: 'h1' });
const exchange = (route: Route): Event[] => [
	{ kind: 'message-delivered', message: request(route) },
	{ kind: 'message-delivered', message: { leg: 'reply', route, host: 'h1' } },
];
const FAILED: readonly Event[] = [
	{ kind: 'host-asks', host: 'h1' },
	...exchange('next'),
	...exchange('start'),
	{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
];
const crashOn = (route: Route): Event => ({ kind: 'server-crashes', message: request(route) });

/** What the app server is doing when it is killed, and how it comes to that. */
const WORK: Readonly<Record<string, readonly Event[]>> = {
	'a mark is decided': [...FAILED, crashOn('mark')],
	'an execution ends and is archived': [...FAILED, ...exchange('mark'), crashOn('end')],
	'the monitor ends and archives an execution that lost its agent': [
		...FAILED,
		...exchange('mark'),
		{ kind: 'host-unreachable', host: 'h1' },
		{ kind: 'monitor-runs' },
	],
};
/** The guarantees that are at stake. */
const AT_STAKE = ['L1', 'S1', 'S11'];
/** No work of these gets to more points. */
const MOST_POINTS = 60;

/** Kills the app server at each point of every piece of work, or only at some. */
export function survivesTheDeathOfTheServer(
	database: StartDatabase,
	isTried: (work: string, point: string) => boolean,
): void {
	let cluster: Cluster | null = null;
	const opened = (): Cluster => {
		if (cluster === null) throw new Error('the cluster is not open');
		return cluster;
	};
	beforeAll(async () => {
		cluster = await Cluster.open(database);
	}, 60_000);
	afterAll(() => cluster?.close(), 60_000);

	describe.each(Object.entries(WORK).filter(([work]) => isTried(work, 'after commit')))(
		'killed while %s',
		(work, events) => {
			test('the server loses no restart, makes none twice and loses no archive', async () => {
				const points = await pointsOf(opened(), events);
				expect(points).toContain('after commit');
				for (const [point, name] of points.entries())
					if (isTried(work, name))
						expect(
							await dieAt(opened(), events, point),
							`killed at point ${point}, ${name}`,
						).toEqual(KEPT);
			}, 180_000);
		},
	);
}

/** What is left when everything has come to rest. */
const KEPT = {
	finding: null,
	rested: true,
	atStake: AT_STAKE,
	status: 'failed',
	mark: 'refused_budget',
	execution: 1,
	archived: [0],
	automatic_restarts: 1,
	quota_used: 1,
	died: true,
};

/** The events, then whatever brings the story to rest, but every command fails: a second restart is asked for. */
function andAllFails(events: readonly Event[]): NextEvent {
	const story = replaying(events);
	const rest = new Rest();
	return (seen) => {
		const event = story(seen) ?? rest.next(seen);
		return event?.kind === 'command-ends' ? { ...event, outcome: 'failed' } : event;
	};
}

/** The points of the work that the last event interrupts. */
async function pointsOf(cluster: Cluster, events: readonly Event[]): Promise<readonly string[]> {
	let points: readonly string[] = [];
	const survived = (passed: readonly string[]): void => {
		points = passed;
	};
	const run = await cluster.start(SETUP, { death: { point: MOST_POINTS, survived } });
	for (const event of events) await run.apply(event);
	await run.stop();
	return points;
}

async function dieAt(
	cluster: Cluster,
	events: readonly Event[],
	point: number,
): Promise<typeof KEPT | object> {
	let died = true;
	let run: Run | null = null;
	const survived = (): void => {
		died = false;
	};
	const system = {
		name: 'live',
		start: async (setup: Setup) => {
			run = await cluster.start(setup, { death: { point, survived } });
			return run;
		},
	};
	const { finding, rested, exercised } = await trial([system], SETUP, andAllFails(events));
	const seen = seenLast(run);
	const [task] = seen.tasks;
	return {
		finding,
		rested,
		atStake: AT_STAKE.filter((id) => (exercised.get(id) ?? 0) > 0),
		status: task?.status,
		mark: task?.mark,
		execution: task?.execution,
		archived: task?.history.map(({ execution }) => execution),
		automatic_restarts: task?.automatic_restarts,
		quota_used: seen.quota_used,
		died,
	};
}

function seenLast(run: Run | null): Observation {
	if (run === null) throw new Error('nothing was played');
	return run.seen;
}
