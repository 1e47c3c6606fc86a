import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { indexOfHost } from './agents.ts';
import { archived, endingOf, isUsersRestart } from './executions.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import { type Finding, rule } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { decisionOn, indexOfTask } from './requests.ts';
import { ofTask } from './wording.ts';

interface Memory {
	readonly unnoticed: Unnoticed;
	/** By task, the latest execution in which a flagged command failed the task; -1: none. */
	readonly caused: readonly number[];
}

function remember(memory: Memory, moment: Moment): Memory {
	const unnoticed = unnoticedAfter(memory.unnoticed, moment);
	const caused = causedAfter(memory, moment);
	if (unnoticed === memory.unnoticed && caused === memory.caused) return memory;
	return { unnoticed, caused };
}

function causedAfter({ unnoticed, caused }: Memory, moment: Moment): readonly number[] {
	const { before, event } = moment;
	if (event.kind !== 'command-ends') return caused;
	if (failureAt(unnoticed, moment)?.flagged !== true) return caused;
	const ref = before.hosts[indexOfHost(before, event.host)]?.execution;
	if (ref === undefined || ref === null) return caused;
	const failed = indexOfTask(before, ref.task);
	if (caused[failed] === ref.execution) return caused;
	return caused.map((execution, index) => (index === failed ? ref.execution : execution));
}

function judge(
	moment: Moment,
	was: TaskObservation,
	is: TaskObservation,
	caused: number | undefined,
): Finding {
	if (is.execution === was.execution) {
		const details = endingOf(was, is);
		return details !== null && (details.status === 'failed' || was.mark === 'granted');
	}
	if (isUsersRestart(moment, was)) return false;
	const status = archived(is, was.execution)?.details.status ?? was.details?.status;
	if (status === 'success')
		return `${ofTask(was)} ended in success, which is never restarted automatically, but execution ${is.execution} was started.`;
	const decision = decisionOn(moment, was, is);
	if (decision !== 'granted')
		return `${ofTask(was)} was restarted automatically, but no mark of it was granted (mark: ${decision}).`;
	if (caused !== was.execution)
		return `${ofTask(was)} was restarted automatically, but no command with retry_on_failure had failed it.`;
	return true;
}

/** S2, for plain tasks. */
export const restartHasCause: Guarantee<Memory> = {
	id: 'S2',
	name: 'restart-has-cause',
	kind: 'safety',
	statement:
		'A task is restarted automatically only if a command with retry_on_failure failed the execution that just ended, its mark was granted, and the execution ended as failed. Success is never restarted automatically.',
	witness: 'An execution ended that failed, or whose mark had been granted.',
	fairness: null,
	begin: (_setup: Setup, first: Observation) => ({
		unnoticed: null,
		caused: first.tasks.map(() => -1),
	}),
	step(memory, moment) {
		const { before, after } = moment;
		let finding: Finding = false;
		for (let index = 0; index < after.tasks.length && typeof finding !== 'string'; index++) {
			const was = before.tasks[index];
			const is = after.tasks[index];
			if (was === undefined || is === undefined || was === is) continue;
			const found = judge(moment, was, is, memory.caused[index]);
			if (found !== false) finding = found;
		}
		return rule(memory, remember(memory, moment), finding);
	},
};
