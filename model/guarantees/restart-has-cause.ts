import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { indexOfHost } from './agents.ts';
import { archived, endingOf } from './executions.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { decisionOn, indexOfTask } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import { causesAt, isRestarted, mayBeRepaired, type Unit, unitOfTask } from './units.ts';
import { isUsersRestart } from './users.ts';
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
	place: number,
	caused: readonly number[],
): StepFinding {
	if (!isRestarted(was, is)) {
		if (is.restart_pending && (is.mark !== 'granted' || is.status === 'success'))
			return `The restart of ${ofTask(is)} is pending, but ${is.status === 'success' ? 'it ended in success' : `no mark of it stands (mark: ${is.mark})`}.`;
		return endingOf(was, is) !== null;
	}
	if (isUsersRestart(moment, was)) return false;
	const unit = unitOfTask(moment.setup, place);
	if (is.started_by.by === 'system') return judgeRepair(moment, unit, was);
	if (unit.length > 1) return judgeUnit(moment, unit, was, caused);
	const status = archived(is, was.execution)?.details.status ?? was.details?.status;
	if (status === 'success')
		return `${ofTask(was)} ended in success, which is never restarted automatically, but execution ${is.execution} was started.`;
	const decision = decisionOn(moment, was, is);
	if (decision !== 'granted')
		return `${ofTask(was)} was restarted automatically, but no mark of it was granted (mark: ${decision}).`;
	if (caused[place] !== was.execution)
		return `${ofTask(was)} was restarted automatically, but no command with retry_on_failure had failed it.`;
	return true;
}

/** A member restarts, however it ended, because it or another member has a cause. */
function judgeUnit(
	moment: Moment,
	unit: Unit,
	was: TaskObservation,
	caused: readonly number[],
): StepFinding {
	const marked = causesAt(moment, unit);
	if (marked.length === 0)
		return `${ofTask(was)} was restarted automatically, but nothing that restarts together with it had failed with a mark granted that stands.`;
	const { before } = moment;
	if (marked.some((member) => caused[member] === before.tasks[member]?.execution)) return true;
	return `${ofTask(was)} was restarted automatically, but no command with retry_on_failure had failed anything that restarts together with it.`;
}

/** A restart that no mark asked for is one of an execution 0 that was lost with its agent, where the policy has it so. */
function judgeRepair(moment: Moment, unit: Unit, was: TaskObservation): StepFinding {
	const { setup, before, after } = moment;
	if (!mayBeRepaired(setup, before, unit))
		return `${ofTask(was)} was restarted by the system, which the policy does not allow.`;
	const lost = unit.some((member) => {
		const then = before.tasks[member];
		const now = after.tasks[member];
		if (then === undefined || now === undefined || then.execution !== 0) return false;
		const entry = isRestarted(then, now) ? archived(now, 0) : null;
		return entry?.details.description === 'heartbeat' && !entry.aborted;
	});
	return (
		lost ||
		`${ofTask(was)} was restarted by the system, but no execution 0 had been lost with its agent.`
	);
}

/** S2. */
export const restartHasCause: Guarantee<Memory> = {
	id: 'S2',
	name: 'restart-has-cause',
	kind: 'safety',
	statement:
		'A task is restarted automatically only if a command with retry_on_failure failed the execution that just ended, its mark was granted, and the execution ended as failed; or as part of a display task or group of which that is true. A plain task that ended in success is never restarted automatically.',
	witness: [
		{
			name: 'failed',
			sentence: 'An execution ended that failed.',
			at: someTask((was, is) => endingOf(was, is)?.status === 'failed'),
		},
		{
			name: 'success',
			sentence: 'An execution ended in success.',
			at: someTask((was, is) => endingOf(was, is)?.status === 'success'),
		},
		{
			name: 'granted',
			sentence: 'An execution ended whose mark had been granted.',
			at: someTask(
				(was, is, moment) =>
					endingOf(was, is) !== null && decisionOn(moment, was, is) === 'granted',
			),
		},
	],
	fairness: null,
	begin: (_setup: Setup, first: Observation) => ({
		unnoticed: null,
		caused: first.tasks.map(() => -1),
	}),
	step(memory, moment) {
		const finding = eachTask(moment, (_, was, is, place) =>
			judge(moment, was, is, place, memory.caused),
		);
		return rule(memory, remember(memory, moment), finding);
	},
};
