import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { begins } from './agents.ts';
import { isToRun } from './dependents.ts';
import { isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { monitorActs } from './overlap.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { eachHost, eachTask, rule, type StepFinding } from './step-finding.ts';
import { isRestarted, statusAtEnd, unitOfTask } from './units.ts';
import { askingOf } from './users.ts';
import { ofRef, ofTask, place } from './wording.ts';

function judgeRestart(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution === was.execution) return false;
	const early = hurried(moment, is);
	if (early !== null)
		return `${ofTask(was)} was restarted before ${ofTask(early)}, which restarts together with it, had run and finished.`;
	if (!isInProgress(was) || monitorActs(moment)) return true;
	const request = requestHandled(moment);
	if (request?.route === 'end' && request.task === was.id && request.execution === was.execution)
		return true;
	return `${ofTask(was)} was restarted while it was ${was.status}; it had not ended.`;
}

/** A member of the unit of a restarted task that has yet to run, and was not waited for; or null. */
function hurried(moment: Moment, restarted: TaskObservation): TaskObservation | null {
	const { setup, before, after } = moment;
	const unit = unitOfTask(setup, indexOfTask(after, restarted.id));
	if (unit.length < 2) return null;
	// As it was in the restart's own transaction: members have ended, and the others are as they are now.
	const then: Observation = {
		...after,
		tasks: after.tasks.map((task, place) => {
			if (!unit.includes(place)) return task;
			const was = before.tasks[place];
			if (was === undefined) return task;
			const status = isRestarted(was, task) ? statusAtEnd(was, task) : task.status;
			const waits = was.awaits_restart === true || askingOf(moment, unit)?.abort === true;
			return {
				...was,
				...(waits ? { awaits_restart: true as const } : {}),
				status: status ?? was.status,
				restart_pending: false,
				repair_pending: false,
			};
		}),
	};
	for (const place of unit) {
		const task = then.tasks[place];
		if (task !== undefined && isToRun(setup, then, place, task)) return task;
	}
	return null;
}

/** An hour in which no heartbeat of the host is accepted: its agent kills its commands long before (F). */
const isCutOff = ({ before, event }: Moment, host: HostObservation): boolean =>
	event.kind === 'hours-pass'
		? before.server === 'down'
		: event.kind === 'host-unreachable' && event.host === host.id;

/** Commands run only on behalf of the live execution, while it is in progress, on the host that has it. */
function judgeHost(host: HostObservation, moment: Moment): StepFinding {
	const { after } = moment;
	if (host.doing.kind !== 'running' && host.background.length === 0) return false;
	// What a host runs when it leaves a group belongs to the host.
	if (host.doing.kind === 'running' && host.doing.position.block === 'teardown_group') return false;
	const ref = host.execution;
	if (isCutOff(moment, host))
		return `Host "${host.id}" still runs a command of ${ofRef(ref)}, but for an hour no heartbeat of it was accepted.`;
	const task = after.tasks[indexOfTask(after, ref?.task ?? null)];
	if (ref === null || task === undefined)
		return `Host "${host.id}" runs a command, but its agent holds no execution.`;
	if (task.execution !== ref.execution)
		return `Host "${host.id}" still runs a command of ${ofRef(ref)}, but execution ${task.execution} is the live one.`;
	if (!isInProgress(task))
		return `Host "${host.id}" still runs a command of ${ofRef(ref)}, but that is ${task.status}.`;
	if (task.host !== host.id)
		return `Host "${host.id}" runs a command of ${ofRef(ref)}, but that was dispatched to ${task.host ?? 'no host'}.`;
	return false;
}

/** When the end of an execution is sent, nothing of it runs any more. */
function judgeSent(_moment: Moment, was: HostObservation, is: HostObservation): StepFinding {
	const [left] = is.background;
	if (!begins(was, is, 'end') || left === undefined) return false;
	return `The agent on host "${is.id}" sent the end of ${ofRef(is.execution)}, but ${place(left)} still runs in the background.`;
}

/** S5. That post ran is L3. */
export const restartAfterEnd: Guarantee<null> = {
	id: 'S5',
	name: 'restart-after-end',
	kind: 'safety',
	statement:
		'A task is restarted only after its execution ended, its post commands included, and a display task or group only when every member that will run has finished. While no execution of a task is dispatched, none of its commands runs.',
	witness: 'A task was restarted.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { before, after } = moment;
		const restart = before.tasks === after.tasks ? false : eachTask(moment, judgeRestart);
		if (typeof restart === 'string') return rule(memory, memory, restart);
		const left = before.hosts === after.hosts ? false : eachHost(moment, judgeSent);
		if (left !== false) return rule(memory, memory, left);
		if (before.tasks !== after.tasks || before.hosts !== after.hosts || before.hour !== after.hour)
			for (const host of after.hosts) {
				const finding = judgeHost(host, moment);
				if (finding !== false) return rule(memory, memory, finding);
			}
		return rule(memory, memory, restart);
	},
};
