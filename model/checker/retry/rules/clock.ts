import {
	ageQuota,
	ageServer,
	ageTask,
	exchangeHeartbeat,
	isUp,
	letPass,
} from '../../../system/parts.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import { HOUR } from '../../../vocabulary/setup.ts';
import { hostPlace, quotaPlaces, SERVER, taskPlace, unitPlace } from '../sandbox/sandbox.ts';
import type { Acting, RetryRule } from './acting.ts';
import { costWithin } from './explored.ts';

/** A day passes in one step: every secret, slot and heartbeat is over then. */
const DAY = 24;

type TimePasses = Extract<Event, { kind: 'hours-pass' | 'host-unreachable' }>;

/** Time passes: a day as often as one likes, an hour or another stretch for all, or with one host cut off, within the bounds. */
export function ofClock(acting: Acting): RetryRule[] {
	const { bounds } = acting;
	if (bounds.still === true) return [];
	const day: TimePasses = { kind: 'hours-pass', hours: DAY };
	if (costWithin('hours-pass', bounds) === null) return [timePasses(acting, day, undefined)];
	const single: TimePasses[] = [
		...(bounds.stretches ?? [1]).map((hours) => ({ kind: 'hours-pass', hours }) as const),
		...acting.sandbox.setup.hosts.flatMap((host) =>
			(bounds.cuts ?? [HOUR]).map((minutes) => cutOffFor(host, minutes)),
		),
	];
	return [
		timePasses(acting, day, undefined),
		...single.map((event) => timePasses(acting, event, costWithin(event.kind, bounds)?.cost)),
	];
}

const cutOffFor = (host: string, minutes: number): TimePasses => ({
	kind: 'host-unreachable',
	host,
	...(minutes === HOUR ? {} : { minutes }),
});

function timePasses(acting: Acting, event: TimePasses, cost: number | undefined): RetryRule {
	const { setup } = acting.sandbox;
	const minutes = event.kind === 'hours-pass' ? event.hours * HOUR : (event.minutes ?? HOUR);
	const cutOff = (host: number) =>
		event.kind === 'host-unreachable' && setup.hosts[host] === event.host;
	const tasks = [...setup.tasks.keys()];
	const hosts = [...setup.hosts.keys()];
	return {
		reads:
			event.kind === 'host-unreachable' ? [hostPlace(setup, setup.hosts.indexOf(event.host))] : [],
		ask: (states) => {
			if (event.kind === 'host-unreachable' && !acting.isAlive(event.host, states[0] ?? 0))
				return [];
			const label = { event, answer: null, gone: [], come: [], minutes };
			return [{ label, writes: states, ...(cost === undefined ? {} : { cost }) }];
		},
		parts: [
			...quotaPlaces(setup).map((place, project) =>
				acting.part(event, [place], minutes, (system) => ageQuota(system, project, minutes)),
			),
			...(shapeOf(setup).groups.length === 0
				? []
				: [acting.part(event, [SERVER], minutes, (system) => ageServer(system, minutes))]),
			...shapeOf(setup).units.map(({ unit, members }) =>
				acting.part(event, [unitPlace(unit)], minutes, (system) => {
					for (const task of members) ageTask(system, task, minutes);
				}),
			),
			...hosts.map((host) =>
				acting.part(event, [hostPlace(setup, host), SERVER], minutes, (system) =>
					letPass(system, host, minutes, cutOff(host) || !isUp(system)),
				),
			),
			...hosts
				.filter((host) => !cutOff(host))
				.flatMap((host) => tasks.map((task) => heartbeat(acting, event, minutes, host, task))),
		],
	};
}

/** The heartbeats of an hour, of a host that works on the task. */
function heartbeat(
	acting: Acting,
	event: TimePasses,
	minutes: number,
	host: number,
	task: number,
): RetryRule {
	const reads = [
		hostPlace(acting.sandbox.setup, host),
		taskPlace(acting.sandbox.setup, task),
		SERVER,
	];
	return acting.part(event, reads, minutes, (system) => {
		const { agent = 0 } = system.hosts[host] ?? {};
		if (isUp(system) && system.tables.agent.context(agent).task === task)
			exchangeHeartbeat(system, host);
	});
}
