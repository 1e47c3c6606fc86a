import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { policySeen, slotsSeen, versionsOf } from '../vocabulary/versions.ts';
import { begins, indexOfHost, isCalling } from './agents.ts';
import type { PlannedCommand } from './commands.ts';
import { isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { monitorActs } from './overlap.ts';
import { indexOfTask } from './requests.ts';
import { hasList, projectOfUnit, unitOfTask } from './units.ts';
import { ofCommand, ofRef } from './wording.ts';

export const isMergeQueue = (setup: Setup): boolean => setup.requester === 'github_merge_request';

/**
 * The end of another task of its version in the merge queue aborts this one before its own end, at the same moment:
 * while the monitor ends one execution after the other.
 */
export function isAbortedMeanwhile(
	moment: Moment,
	was: TaskObservation,
	is: TaskObservation,
): boolean {
	const { setup, before, after } = moment;
	if (!monitorActs(moment) || !isMergeQueue(setup) || !is.aborted) return false;
	const { versionOf } = versionsOf(setup);
	const own = versionOf[indexOfTask(before, was.id)];
	for (const [index, then] of before.tasks.entries()) {
		if (then.id === was.id) return false;
		if (versionOf[index] !== own) continue;
		const now = after.tasks[index];
		if (isInProgress(then) && !then.aborted && now?.status === 'failed' && !now.aborted)
			return true;
	}
	return false;
}

/** Why the first mark of this execution need not be granted now, as far as can be seen; null: no reason. */
export function reasonToRefuse(
	setup: Setup,
	seen: Observation,
	task: TaskObservation,
): string | null {
	if (!isInProgress(task)) return 'not running';
	if (task.mark !== 'none') return 'decided before';
	if (task.aborted) return 'aborted';
	if (isMergeQueue(setup)) return 'merge queue';
	const unit = unitOfTask(setup, indexOfTask(seen, task.id));
	const project = projectOfUnit(setup, unit);
	const { max_automatic_restarts, daily_limit, execution_cap } = policySeen(seen, project);
	if (unit.some((place) => (seen.tasks[place]?.execution ?? 0) >= execution_cap)) return 'cap';
	if (hasList(seen, unit)) return null;
	if (task.automatic_restarts >= max_automatic_restarts) return 'budget';
	if (daily_limit !== 0 && slotsSeen(seen, project) >= daily_limit) return 'quota';
	return null;
}

/** The host whose agent begins to call mark at this moment, as it is then; undefined: none does. */
export function markCaller({ before, after }: Moment): HostObservation | undefined {
	return after.hosts.find((is, index) => {
		const was = before.hosts[index];
		return was !== undefined && begins(was, is, 'mark');
	});
}

/**
 * L1: a flagged command has just failed its task and nothing speaks against a mark, so the agent
 * has to call for it at once. One sentence if it does not, true if it does, false if it need not.
 */
export function markIsCalled(moment: Moment, failed: PlannedCommand): string | boolean {
	const { setup, before, event, after } = moment;
	if (!failed.flagged || event.kind !== 'command-ends') return false;
	const index = indexOfHost(before, event.host);
	const was = before.hosts[index];
	const is = after.hosts[index];
	if (was === undefined || is === undefined || was.execution === null) return false;
	const task = before.tasks[indexOfTask(before, was.execution.task)];
	if (task === undefined || task.execution !== was.execution.execution) return false;
	if (reasonToRefuse(setup, before, task) !== null) return false;
	// A status that was posted with the request goes to the server with the end.
	if (isCalling(is, 'mark') || is.posted?.retryable === true) return true;
	return `The flagged command ${ofCommand(failed)} failed ${ofRef(was.execution)} on host "${is.id}" and nothing speaks against a restart, but the agent asked for none.`;
}
