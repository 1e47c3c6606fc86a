import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { isInProgress } from './executions.ts';
import { eachTask, type Finding, rule } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { ofRef, ofTask } from './wording.ts';

function judgeRestart(moment: Moment, was: TaskObservation, is: TaskObservation): Finding {
	if (is.execution === was.execution) return false;
	if (!isInProgress(was) || moment.event.kind === 'monitor-runs') return true;
	const request = requestHandled(moment);
	if (request?.route === 'end' && request.task === was.id && request.execution === was.execution)
		return true;
	return `${ofTask(was)} was restarted while it was ${was.status}; it had not ended.`;
}

/** Commands run only on behalf of the live execution, while it is in progress, on the host that has it. */
function judgeHost(host: HostObservation, after: Observation): Finding {
	if (host.doing.kind !== 'running' && host.background.length === 0) return false;
	const ref = host.execution;
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

/** S5, for plain tasks. That post ran is L3. */
export const restartAfterEnd: Guarantee<null> = {
	id: 'S5',
	name: 'restart-after-end',
	kind: 'safety',
	statement:
		'A task is restarted only after its execution ended, its post commands included. While no execution of a task is dispatched, none of its commands runs.',
	witness: 'A task was restarted.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { before, after } = moment;
		const restart = before.tasks === after.tasks ? false : eachTask(moment, judgeRestart);
		if (typeof restart === 'string') return rule(memory, memory, restart);
		if (before.tasks !== after.tasks || before.hosts !== after.hosts)
			for (const host of after.hosts) {
				const finding = judgeHost(host, after);
				if (finding !== false) return rule(memory, memory, finding);
			}
		return rule(memory, memory, restart);
	},
};
