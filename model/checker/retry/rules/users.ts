import { displaySeen, hostSeen, taskSeen } from '../../../system/model-observer.ts';
import { answerOfVersion, askUnit } from '../../../system/parts.ts';
import { shapeOf, unitsOfVersion } from '../../../system/shape.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import { eventsOfVersion } from '../../../vocabulary/events/when-finished.ts';
import type { Observation } from '../../../vocabulary/observation.ts';
import { isLate } from '../../../vocabulary/setup.ts';
import { hostPlace, SERVER } from '../sandbox/sandbox.ts';
import { type Acting, labelled, NOTHING, type RetryRule } from './acting.ts';
import { costWithin, explored, mayAct } from './explored.ts';

export const KINDS_OF_VERSION = ['user-restarts-version', 'user-aborts-version'] as const;

type UserEvent = Extract<Event, { kind: 'user-aborts' | 'user-restarts' }>;

/** Whose events concern one task, or one display task. */
const ACTORS = ['user', 'stranger'] as const;

/** What users and attackers can do to a task. */
export const ofUsers = (acting: Acting, task: number): RetryRule[] =>
	rulesOf(acting, task, acting.sandbox.setup.tasks[task]?.id);

/** What users can do to a display task. */
export function ofUsersOfDisplay(acting: Acting, display: number): RetryRule[] {
	const { tasks, display_tasks = [] } = acting.sandbox.setup;
	const { id, execution_tasks = [] } = display_tasks[display] ?? {};
	const first = tasks.findIndex((task) => task.id === execution_tasks[0]);
	return rulesOf(acting, first, id);
}

/** What users can do to the version: each of its units decides after the other, in the same step. */
export function ofUsersOfVersion(acting: Acting): RetryRule[] {
	const { sandbox, bounds } = acting;
	const { setup } = sandbox;
	return KINDS_OF_VERSION.flatMap((kind) => {
		const paid = costWithin(kind, bounds);
		if (paid === null) return [];
		return eventsOfVersion(kind, setup).map(
			(event): RetryRule => ({
				reads: [SERVER],
				ask: ([state = 0]) => {
					if (!acting.isUp(state)) return [];
					const { label } = labelled(event, [], []);
					const answered = { ...label, answer: answerOfVersion(setup, event) };
					return [{ label: answered, writes: [state], ...paid }];
				},
				parts: unitsOfVersion(setup, event.version).map((unit) =>
					acting.part(event, acting.reads(unit), 0, (system) => askUnit(system, unit, event)),
				),
			}),
		);
	});
}

/** What users can ask about a task, within the bounds. */
export function userEvents(acting: Acting, task: number, state: number): UserEvent[] {
	const { setup } = acting.sandbox;
	const seen = unitSeen(acting, task, state);
	return explored(['user'], seen, setup, acting.bounds).flatMap(({ event }): UserEvent[] =>
		(event.kind === 'user-aborts' || event.kind === 'user-restarts') &&
		event.task === setup.tasks[task]?.id
			? [event]
			: [],
	);
}

/** The rules of events that name this task or display task; they concern all of its unit. */
function rulesOf(acting: Acting, task: number, id: string | undefined): RetryRule[] {
	const { sandbox, bounds } = acting;
	if (!mayAct(ACTORS, bounds)) return [];
	const { setup, tables, local } = sandbox;
	// Nobody forges what a host says that has yet to come; the others are all known.
	const late = mayAct(['stranger'], bounds)
		? [...setup.hosts.keys()].filter((host) => isLate(setup, setup.hosts[host] ?? ''))
		: [];
	const own = acting.readsOf(task);
	const reads = [...own, ...late.map((host) => hostPlace(setup, host))];
	return [
		{
			reads,
			ask: (states) => {
				if (!acting.isUp(states[reads.indexOf(SERVER)])) return [];
				const hosts = late.map((host, place) =>
					hostSeen(setup, tables, host, local.host(states[own.length + place] ?? 0), null),
				);
				const seen = { ...unitSeen(acting, task, states[0] ?? 0), hosts };
				return explored(ACTORS, seen, sandbox.setup, bounds)
					.filter(({ event }) => 'task' in event && event.task === id)
					.map(({ event, cost }) => acting.outcome(event, reads, states, cost));
			},
		},
	];
}

/** An observation of nothing but the unit of a task. */
function unitSeen({ sandbox }: Acting, task: number, state: number): Observation {
	const { setup, tables, local } = sandbox;
	const { units, unitOf } = shapeOf(setup);
	const { snapshot: unit, members } = local.unit(state);
	const tasks = members.map((one) =>
		taskSeen(setup, tables, one.task, one.snapshot, unit, one.page),
	);
	const { restarts } = tables.unit.context(unit);
	const own = units[unitOf[task] ?? 0]?.members.map((member) => setup.tasks[member]?.id) ?? [];
	const displays = (setup.display_tasks ?? []).filter(({ execution_tasks: [first] }) =>
		own.includes(first),
	);
	return {
		...NOTHING,
		tasks,
		display_tasks: displays.map((display) => displaySeen(setup, display, tasks, restarts)),
	};
}
