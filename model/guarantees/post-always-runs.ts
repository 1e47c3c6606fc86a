import type { HostObservation, Observation } from '../vocabulary/observation.ts';
import {
	begins,
	holdsOn,
	isCalling,
	isCutOff,
	neverStarted,
	replyReaching,
	samePosition,
} from './agents.ts';
import { failsTask, type Plan, planOf } from './commands.ts';
import { isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { indexOfTask } from './requests.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { ofCommand, ofRef, place } from './wording.ts';

/** By host, how many commands of post or teardown_task are done with: started, or passed over because the block stopped. Null: none on any host. */
type Begun = readonly number[] | null;

/** Whether the clean-up stops at the end of this command (S4), so that no further one has to run. */
function stops({ event }: Moment, plan: Plan, was: HostObservation): boolean {
	const { block } = plan.cleanUp;
	return (
		event.kind === 'command-ends' &&
		event.host === was.id &&
		was.doing.kind === 'running' &&
		was.doing.position.block === block &&
		(event.outcome === 'timed-out-block' || failsTask(plan, block, event.outcome))
	);
}

/** How many commands of the clean-up are done with after this moment. */
function begunAfter(
	moment: Moment,
	plan: Plan,
	was: HostObservation,
	is: HostObservation,
	begun: number,
): number {
	if (!holdsOn(was, is)) return 0;
	const { block, commands } = plan.cleanUp;
	if (stops(moment, plan, was)) return commands.length;
	if (is.doing.kind !== 'running' || is.doing.position.block !== block) return begun;
	const { position } = is.doing;
	return commands.findIndex((command) => samePosition(command.position, position)) + 1;
}

/** An agent may lay its execution down without cleaning up only if it is fenced, or lost its host. */
function isFenced(moment: Moment, is: HostObservation, was: HostObservation): boolean {
	const { event, after } = moment;
	if (is.agent === 'dead') return true;
	const beat = replyReaching(moment, 'heartbeat');
	if (beat !== null) return beat.host === is.id && beat.status !== null && beat.status >= 400;
	if (event.kind === 'host-unreachable' && event.host === is.id) return true;
	if (after.minute === moment.before.minute) return false;
	const task = after.tasks[indexOfTask(after, was.execution?.task ?? null)];
	return (
		after.server === 'down' ||
		task === undefined ||
		task.execution !== was.execution?.execution ||
		!isInProgress(task)
	);
}

/** Something has yet to run on a host for its execution: what an agent lays down may not be cleaned up. */
const works = (host: HostObservation): boolean =>
	host.doing.kind === 'running' || isCalling(host, 'mark');

/** An agent at work is told that its execution is still its own: by an answer that reaches it, or while time passes. */
const isHeard = (moment: Moment, host: HostObservation): boolean =>
	replyReaching(moment, 'heartbeat')?.host === host.id ||
	(moment.after.minute > moment.before.minute && works(host) && !isCutOff(moment, host));

function judge(
	moment: Moment,
	plan: Plan,
	was: HostObservation,
	is: HostObservation,
	begun: number,
	now: number,
): StepFinding {
	const ref = was.execution;
	if (holdsOn(was, is)) {
		if (now > begun + 1 && !stops(moment, plan, was) && is.doing.kind === 'running')
			return `The agent on host "${is.id}" went on to ${place(is.doing.position)} of ${ofRef(ref)}, but skipped an earlier command of ${plan.cleanUp.block}.`;
		if (!begins(was, is, 'end')) return isHeard(moment, was);
		if (neverStarted(moment, was)) return false;
	} else {
		if (!works(was) || isFenced(moment, is, was)) return false;
	}
	const missing = plan.cleanUp.commands[holdsOn(was, is) ? now : begun];
	if (missing === undefined) return true;
	return `The agent on host "${is.id}" was done with ${ofRef(ref)}, but ${ofCommand(missing)} did not run.`;
}

/** How an execution went whose agent comes to its end. */
type Course = 'failed' | 'timed-out' | 'aborted' | 'succeeded';

function courseOf(seen: Observation, { id, execution }: HostObservation): Course {
	if (seen.tasks[indexOfTask(seen, execution?.task ?? null)]?.aborted === true) return 'aborted';
	const details = seen.messages.findLast(
		({ leg, route, host }) => leg === 'request' && route === 'end' && host === id,
	)?.details;
	if (details?.timed_out != null) return 'timed-out';
	return details?.status === 'failed' ? 'failed' : 'succeeded';
}

const endsAfter = ({ before, after }: Moment, course: Course): boolean =>
	before.hosts.some((was, place) => {
		const is = after.hosts[place];
		return is !== undefined && begins(was, is, 'end') && courseOf(after, is) === course;
	});

function remember(begun: Begun, seen: Observation, index: number, now: number): Begun {
	if ((begun?.[index] ?? 0) === now) return begun;
	const next = seen.hosts.map((_, host) => (host === index ? now : (begun?.[host] ?? 0)));
	return next.every((count) => count === 0) ? null : next;
}

/** L3. It is judged when the agent calls for the end, or lays the execution down. */
export const postAlwaysRuns: Guarantee<Begun> = {
	id: 'L3',
	name: 'post-always-runs',
	kind: 'liveness',
	statement:
		'Unless the agent itself dies or is fenced, the commands of post, in a task group those of teardown_task, run after success, failure, time-out and abort alike, whatever became of the mark.',
	witness: [
		{
			name: 'heartbeat',
			sentence:
				'A heartbeat was answered of an agent that has something to clean up, at once or while time passed.',
			at: (moment) =>
				replyReaching(moment, 'heartbeat') !== null || moment.after.minute > moment.before.minute,
		},
		{
			name: 'failed',
			sentence:
				'An agent came to the end of an execution that failed and has something to clean up.',
			at: (moment) => endsAfter(moment, 'failed'),
		},
		{
			name: 'timed-out',
			sentence:
				'An agent came to the end of an execution that timed out and has something to clean up.',
			at: (moment) => endsAfter(moment, 'timed-out'),
		},
		{
			name: 'aborted',
			sentence:
				'An agent came to the end of an execution that was aborted and has something to clean up.',
			at: (moment) => endsAfter(moment, 'aborted'),
		},
		{
			name: 'succeeded',
			sentence:
				'An agent came to the end of an execution that succeeded and has something to clean up.',
			at: (moment) => endsAfter(moment, 'succeeded'),
		},
	],
	fairness: 'Commands end.',
	begin: () => null,
	step(begun, moment) {
		const { setup, before, after } = moment;
		let remembered = begun;
		let finding: StepFinding = false;
		let index = -1;
		for (const is of after.hosts) {
			const was = before.hosts[++index];
			if (was === undefined || was.execution === null) continue;
			if (was === is && before.minute === after.minute) continue;
			const plan = planOf(setup, was.execution.task);
			if (plan === undefined || plan.cleanUp.commands.length === 0) continue;
			const count = begun?.[index] ?? 0;
			const now = begunAfter(moment, plan, was, is, count);
			finding = worse(finding, judge(moment, plan, was, is, count, now));
			remembered = remember(remembered, after, index, now);
		}
		return rule(begun, remembered, finding);
	},
};
