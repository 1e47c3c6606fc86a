import { type Exit, sayExit } from '../vocabulary/command.ts';
import type { Details, Message } from '../vocabulary/message.ts';
import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { CommandType } from '../vocabulary/project.ts';
import { begins, holdsOn, indexOfHost, neverStarted } from './agents.ts';
import { commandAt, planOf } from './commands.ts';
import { archived, endingOf } from './executions.ts';
import { exitAt, failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isAbortedMeanwhile } from './marks.ts';
import { monitorActs } from './overlap.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { scriptAsks } from './scripts.ts';
import { someTask } from './situation.ts';
import { eachHost, eachTask, keeping, rule, type StepFinding, worse } from './step-finding.ts';
import { ofRef, ofTask } from './wording.ts';

/** What bears on the status of the execution that an agent holds. */
interface Run {
	/** The type of the first command that failed the task; null: none did. */
	readonly failed: CommandType | null;
	/** How the process of that command ended. */
	readonly exit: Exit | undefined;
	/** The status posted last, with the type that a failure then has. */
	readonly posted: { readonly status: string; readonly type: CommandType } | null;
}

interface Memory {
	readonly unnoticed: Unnoticed;
	/** By host; null: nothing was posted and nothing failed there. */
	readonly runs: readonly (Run | null)[] | null;
}

type Final = Pick<Details, 'status' | 'type' | 'description' | 'exit'>;

/** What the script of a flagged command has posted before it exited, or null. */
function postedByScript(moment: Moment, index: number): Run['posted'] {
	const command = scriptAsks(moment, index);
	const posted = moment.after.hosts[index]?.posted ?? null;
	if (command === null || posted === null) return null;
	return { status: posted.status, type: posted.type ?? command.type };
}

/** The run of the host of this event with what the event adds, or null when it adds nothing. */
function added({ unnoticed, runs }: Memory, moment: Moment, index: number): Run | null {
	const { setup, before, event } = moment;
	const run = runs?.[index] ?? null;
	if (event.kind === 'command-ends') {
		const failure = run?.failed == null ? failureAt(unnoticed, moment) : null;
		const failed = run?.failed ?? failure?.type ?? null;
		const exit = failure === null ? run?.exit : exitAt(unnoticed, moment);
		const posted = postedByScript(moment, index) ?? run?.posted ?? null;
		if (failed === (run?.failed ?? null) && posted === (run?.posted ?? null)) return null;
		return { failed, exit, posted };
	}
	const host = before.hosts[index];
	if (event.kind !== 'status-posted' || host?.doing.kind !== 'running') return null;
	const plan = planOf(setup, host.execution?.task ?? '');
	const running = plan && commandAt(plan, host.doing.position);
	const type = event.posted.type ?? running?.type ?? 'test';
	return {
		failed: run?.failed ?? null,
		exit: run?.exit,
		posted: { status: event.posted.status, type },
	};
}

/** What is known of the runs when the event has happened, before an execution is laid down. */
function learn(memory: Memory, moment: Moment): Memory['runs'] {
	const { before, event } = moment;
	if (event.kind !== 'command-ends' && event.kind !== 'status-posted') return memory.runs;
	const own = indexOfHost(before, event.host);
	const run = added(memory, moment, own);
	if (run === null) return memory.runs;
	return before.hosts.map((_, index) => (index === own ? run : (memory.runs?.[index] ?? null)));
}

/** The runs of executions that the agents still hold. */
function forget(runs: Memory['runs'], { before, after }: Moment): Memory['runs'] {
	if (runs === null || before.hosts === after.hosts) return runs;
	return keeping(runs, (_, index) => {
		const was = before.hosts[index];
		const is = after.hosts[index];
		return was !== undefined && is !== undefined && holdsOn(was, is);
	});
}

function finalStatus(run: Run | null): Final {
	const posted = run?.posted ?? null;
	if (posted?.status === 'success') return { status: 'success', type: null, description: '' };
	const exited = run?.exit === undefined ? {} : { exit: run.exit };
	if (posted?.status === 'failed')
		return { status: 'failed', type: posted.type, description: '', ...exited };
	if (posted !== null)
		return { status: 'failed', type: 'system', description: 'task has invalid status', ...exited };
	const failed = run?.failed ?? null;
	return {
		status: failed === null ? 'success' : 'failed',
		type: failed,
		description: '',
		...exited,
	};
}

const agree = (a: Final, b: Final): boolean =>
	a.status === b.status &&
	a.type === b.type &&
	a.description === b.description &&
	a.exit === b.exit;

const say = ({ status, type, description, exit }: Final): string =>
	[status, type, description, exit === undefined ? null : sayExit(exit)]
		.filter((part) => part !== null && part !== '')
		.join(' / ');

function sentEnd(seen: Observation, host: HostObservation): Message | null {
	return (
		seen.messages.findLast(
			({ leg, route, host: sender }) => leg === 'request' && route === 'end' && sender === host.id,
		) ?? null
	);
}

/** With which status an agent calls for the end. */
function judgeCall(
	moment: Moment,
	was: HostObservation,
	is: HostObservation,
	run: Run | null,
): StepFinding {
	// No status is promised where nothing ran.
	if (!begins(was, is, 'end') || is.execution === null || neverStarted(moment, was)) return false;
	const details = sentEnd(moment.after, is)?.details;
	const task = moment.after.tasks[indexOfTask(moment.after, is.execution.task)];
	// What an aborted run reports is overruled by the app server.
	const { execution } = is.execution;
	const reported = task?.execution === execution ? task : task && archived(task, execution);
	if (details === null || details === undefined || reported?.aborted === true) return false;
	const expected = finalStatus(run);
	if (agree(details, expected)) return true;
	return `The agent on host "${is.id}" should end ${ofRef(is.execution)} as ${say(expected)}, but it sent ${say(details)}.`;
}

/** With which status an execution ends. */
function judgeEnd(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	const details = endingOf(was, is);
	if (details === null) return false;
	const request = requestHandled(moment);
	let expected: Final | null = request?.route === 'end' ? request.details : null;
	if (monitorActs(moment))
		expected = { status: 'failed', type: 'system', description: 'heartbeat' };
	if (was.aborted || isAbortedMeanwhile(moment, was, is))
		expected = { status: 'failed', type: null, description: 'aborted' };
	if (expected === null) return false;
	const overruled = expected.description === 'aborted' || monitorActs(moment);
	const timedOut = overruled ? null : (request?.details?.timed_out ?? null);
	if (agree(details, expected) && details.timed_out !== timedOut)
		return `${ofTask(was)} should end with the time-out ${timedOut}, but it ended with ${details.timed_out}.`;
	if (agree(details, expected)) return true;
	return `${ofTask(was)} should end as ${say(expected)}, but it ended as ${say(details)}.`;
}

/** What decides the status with which an agent calls for an end. */
type Reason = 'posted' | 'invalid' | 'failed' | 'succeeded';

function reasonOf({ posted }: HostObservation, details: Details | null | undefined): Reason {
	if (posted === null) return details?.status === 'failed' ? 'failed' : 'succeeded';
	return posted.status === 'success' || posted.status === 'failed' ? 'posted' : 'invalid';
}

/** An agent calls for an end, and its status has this reason. */
const sentFor =
	(reason: Reason) =>
	({ before, after }: Moment): boolean =>
		before.hosts.some((was, place) => {
			const is = after.hosts[place];
			if (is === undefined || !begins(was, is, 'end')) return false;
			return reasonOf(is, sentEnd(after, is)?.details) === reason;
		});

/** Why an execution ends as it does. */
type Ending = 'aborted' | 'lost' | 'reported';

function endingAt(moment: Moment, was: TaskObservation, is: TaskObservation): Ending | null {
	if (endingOf(was, is) === null) return null;
	if (was.aborted || isAbortedMeanwhile(moment, was, is)) return 'aborted';
	return monitorActs(moment) ? 'lost' : 'reported';
}

const endedAs = (ending: Ending) =>
	someTask((was, is, moment) => endingAt(moment, was, is) === ending);

/** S15. */
export const statusPrecedence: Guarantee<Memory> = {
	id: 'S15',
	name: 'status-precedence',
	kind: 'safety',
	statement:
		'The final status is the one that a process on the host posted, if it is valid; an invalid one is a system failure; without one it is that of the blocks.',
	witness: [
		{
			name: 'posted',
			sentence: 'An execution ended in which a valid status was posted.',
			at: sentFor('posted'),
		},
		{
			name: 'invalid',
			sentence: 'An execution ended in which a status was posted that there is not.',
			at: sentFor('invalid'),
		},
		{
			name: 'failed',
			sentence: 'An execution ended in which a command failed the task and no status was posted.',
			at: sentFor('failed'),
		},
		{
			name: 'succeeded',
			sentence: 'An execution ended in which nothing failed the task and no status was posted.',
			at: sentFor('succeeded'),
		},
		{
			name: 'reported',
			sentence: 'The app server ended an execution as its agent said.',
			at: endedAs('reported'),
		},
		{
			name: 'lost',
			sentence: 'The monitor ended an execution that was not aborted.',
			at: endedAs('lost'),
		},
		{
			name: 'aborted',
			sentence: 'An aborted execution ended.',
			at: endedAs('aborted'),
		},
	],
	fairness: null,
	begin: () => ({ unnoticed: null, runs: null }),
	step(memory, moment) {
		const runs = learn(memory, moment);
		const called = eachHost(moment, (_, was, is, index) =>
			judgeCall(moment, was, is, runs?.[index] ?? null),
		);
		const finding = worse(called, eachTask(moment, judgeEnd));
		const kept = forget(runs, moment);
		const unnoticed = unnoticedAfter(memory.unnoticed, moment);
		const unchanged = kept === memory.runs && unnoticed === memory.unnoticed;
		return rule(memory, unchanged ? memory : { unnoticed, runs: kept }, finding);
	},
};
