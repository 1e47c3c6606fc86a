import type {
	DisplayTaskObservation,
	HostObservation,
	Observation,
	TaskObservation,
} from '../../model/vocabulary/observation.ts';
import { same } from '../../model/vocabulary/same.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import {
	isSameGroup,
	sayAborted,
	sayAllInForce,
	sayAnswer,
	sayAsked,
	sayBudget,
	sayDisplayed,
	sayDoing,
	sayInFlight,
	sayLeft,
	sayMark,
	sayNoAgent,
	sayPending,
	sayQuotas,
	sayRepair,
	sayRestarted,
	saySaid,
	sayServer,
	saySetUp,
	sayStatus,
	sayTimesRestarted,
	sayVersions,
	sayWaiting,
	sayWhere,
} from './states.ts';

function* taskChanges(before: TaskObservation, after: TaskObservation): Generator<string> {
	if (before === after) return;
	const isNew = before.execution !== after.execution;
	if (isNew) yield sayRestarted(after);
	else if (before.status !== after.status) yield sayStatus(after);
	yield* saidSince(before, after);
	if (before.aborted !== after.aborted && after.aborted) yield sayAborted(after);
	if (!isNew && before.mark !== after.mark) yield sayMark(after);
	if (!isNew && before.restart_pending !== after.restart_pending) yield sayPending(after);
	if (!isNew && before.held !== after.held && after.status === 'undispatched')
		yield sayWaiting(after);
	if (!isNew && before.restart_asked !== after.restart_asked) yield sayAsked(after);
	if (after.repair_pending && !before.repair_pending) yield sayRepair(after);
	if (before.automatic_restarts !== after.automatic_restarts) yield sayBudget(after);
}

/** What an execution said that has just ended, also where its task is restarted at once; and what was wiped out. */
function* saidSince(before: TaskObservation, after: TaskObservation): Generator<string> {
	const { id, execution, remarks, history } = after;
	for (const past of history.slice(before.history.length))
		if (past.remarks !== undefined && !same(past.remarks, before.remarks))
			yield saySaid(id, past.execution, past.remarks);
	const was = before.execution === execution ? before.remarks : undefined;
	if (!same(was, remarks)) yield saySaid(id, execution, remarks);
}

function* displayTaskChanges(
	before: DisplayTaskObservation,
	after: DisplayTaskObservation,
): Generator<string> {
	if (before.execution !== after.execution) yield sayTimesRestarted(after);
	if (before.status !== after.status) yield sayDisplayed(after);
}

function* hostChanges(
	setup: Setup,
	before: HostObservation,
	after: HostObservation,
): Generator<string> {
	if (before === after) return;
	if (before.away !== after.away) yield sayWhere(after);
	else if (before.agent !== after.agent && after.agent === 'dead') yield sayNoAgent(after);
	if (before.group !== null && (after.group === null || !isSameGroup(before.group, after.group)))
		yield sayLeft(after, before.group);
	if (after.group !== null && (before.group === null || !isSameGroup(before.group, after.group)))
		yield saySetUp(after, after.group);
	// What is not there does nothing, which needs no word.
	if (after.away !== undefined) return;
	if (JSON.stringify(before.doing) !== JSON.stringify(after.doing)) yield sayDoing(setup, after);
}

/** Those of the sentences of each version or project that were others before. */
const changed = (
	setup: Setup,
	before: Observation,
	after: Observation,
	say: (setup: Setup, seen: Observation) => string[],
): string[] => {
	const was = say(setup, before);
	return say(setup, after).filter((sentence, place) => sentence !== was[place]);
};

/** What changed from one observation to the next, a sentence each. */
export function sayChanges(setup: Setup, before: Observation, after: Observation): string[] {
	const changes: string[] = [];
	if (after.answer !== null) changes.push(sayAnswer(after.answer));
	for (const [place, task] of after.tasks.entries()) {
		const was = before.tasks[place];
		if (was !== undefined) changes.push(...taskChanges(was, task));
	}
	for (const [place, task] of after.display_tasks.entries()) {
		const was = before.display_tasks[place];
		if (was !== undefined) changes.push(...displayTaskChanges(was, task));
	}
	// Of a single task the version says nothing that the task does not.
	if (after.tasks.length > 1) changes.push(...changed(setup, before, after, sayVersions));
	for (const [place, host] of after.hosts.entries()) {
		const was = before.hosts[place];
		if (was !== undefined) changes.push(...hostChanges(setup, was, host));
	}
	changes.push(...changed(setup, before, after, sayAllInForce));
	changes.push(...changed(setup, before, after, sayQuotas));
	if (before.server !== after.server) changes.push(sayServer(after));
	if (changes.length === 0 && before.messages.length !== after.messages.length)
		changes.push(sayInFlight(after));
	return changes;
}
