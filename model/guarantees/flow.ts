import type { HostObservation } from '../vocabulary/observation.ts';
import { type Block, isSetUp, isWatched } from '../vocabulary/project.ts';
import { indexOfHost, isCutOff, replyReaching, runsOn, samePosition } from './agents.ts';
import { commandAt, failsTask, type Plan, type PlannedCommand, planOn } from './commands.ts';
import { isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { indexOfTask } from './requests.ts';
import { ofCommand, ofRun, place } from './wording.ts';

/** The blocks that come before the end of main, in the order in which they run. */
const ORDER: readonly Block[] = ['pre', 'setup_group', 'setup_task', 'main'];

/** The command that runs next where a failure of this one is no matter; null: none that is waited for. */
function nextOf(plan: Plan, after: PlannedCommand): PlannedCommand | null {
	const { block } = after.position;
	const blocks = isSetUp(block) ? ORDER : [block];
	const commands = blocks.flatMap((each) => plan.steps.get(each)?.flat() ?? []);
	const rest = commands.slice(commands.indexOf(after) + 1);
	return rest.find(({ listed, background }) => listed && !background) ?? null;
}

/** What the end of a command, or an abort, means for what runs next: null: nothing of the sort happens. */
export type Turn = 'succeeds' | 'fails' | 'stops' | 'goes-on' | 'cut-short' | 'no-effect';

/** Agents hear by the answer to a heartbeat, or while time passes. */
const mayHear = ({ before, event, after }: Moment): boolean =>
	event.kind === 'message-delivered' || after.minute > before.minute;

/** The agent of a host hears that the execution that it holds was aborted. */
function hearsOfAbort(moment: Moment, host: HostObservation): boolean {
	const { before, event, after } = moment;
	if (event.kind === 'message-delivered') {
		const told = replyReaching(moment, 'heartbeat');
		return told?.outcome === 'abort' && told.host === host.id;
	}
	if (host.execution === null || isCutOff(moment, host)) return false;
	const place = indexOfTask(before, host.execution.task);
	const was = before.tasks[place];
	const is = after.tasks[place];
	return (
		was?.aborted === true &&
		was.execution === host.execution.execution &&
		was.execution === is?.execution &&
		isInProgress(is)
	);
}

/** What the table under S4 says of this moment. */
export function turnAt(moment: Moment): Turn | null {
	const { setup, before, event } = moment;
	if (event.kind !== 'command-ends') {
		if (!mayHear(moment)) return null;
		let turn: Turn | null = null;
		for (const host of before.hosts) {
			if (host.doing.kind !== 'running' || !hearsOfAbort(moment, host)) continue;
			// Of several that hear while time passes, the rarer one is told.
			if (!isWatched(host.doing.position.block)) return 'no-effect';
			turn = 'cut-short';
		}
		return turn;
	}
	if (event.outcome === 'succeeded') return 'succeeds';
	const host = before.hosts[indexOfHost(before, event.host)];
	const plan = host && planOn(setup, host);
	if (plan === undefined || host?.doing.kind !== 'running') return null;
	if (failsTask(plan, host.doing.position.block, event.outcome)) return 'fails';
	return event.outcome === 'timed-out-block' ? 'stops' : 'goes-on';
}

/**
 * The table under S4, as a run of commands shows it: after a failure the block goes on, stops, or fails with the
 * task; what an abort cancels, and what it does not. One sentence, or null.
 */
export function wrongTurn(moment: Moment): string | null {
	return afterAbort(moment) ?? afterEnd(moment);
}

function afterEnd({ setup, before, event, after }: Moment): string | null {
	if (event.kind !== 'command-ends' || event.outcome === 'succeeded') return null;
	const index = indexOfHost(before, event.host);
	const was = before.hosts[index];
	const is = after.hosts[index];
	if (was === undefined || is === undefined || was.doing.kind !== 'running') return null;
	// A script that asks for a restart before it exits is not over yet.
	if (is.doing.kind === 'calling' && is.doing.for !== undefined) return null;
	const plan = planOn(setup, was);
	const ended = plan === undefined ? null : commandAt(plan, was.doing.position);
	if (plan === undefined || ended === null) return null;
	const { block } = was.doing.position;
	const now = is.doing.kind === 'running' ? is.doing.position : null;
	const what = `${ofCommand(ended)} of ${ofRun(was)} ended as ${event.outcome}`;
	if (failsTask(plan, block, event.outcome)) {
		if (now === null) return null;
		const goesOn = isWatched(block) ? isWatched(now.block) : now.block === block;
		return goesOn ? `${what}, which fails the task, but its agent went on to ${place(now)}.` : null;
	}
	if (event.outcome === 'timed-out-block')
		return now?.block === block
			? `${what}, which stops its block, but its agent went on to ${place(now)}.`
			: null;
	const next = nextOf(plan, ended);
	if (next === null || (now !== null && samePosition(now, next.position))) return null;
	return `${what}, which does not fail the task: ${ofCommand(next)} should run next, but it does not.`;
}

function afterAbort(moment: Moment): string | null {
	if (!mayHear(moment)) return null;
	let index = -1;
	for (const is of moment.after.hosts) {
		const was = moment.before.hosts[++index];
		if (was === undefined || !hearsOfAbort(moment, was)) continue;
		const wrong = wrongAtAbort(was, is);
		if (wrong !== null) return wrong;
	}
	return null;
}

function wrongAtAbort(was: HostObservation, is: HostObservation): string | null {
	if (was.doing.kind !== 'running') return null;
	const { position } = was.doing;
	if (!isWatched(position.block))
		return runsOn(was, is)
			? null
			: `The agent on host "${is.id}" heard of an abort, which has no effect on ${position.block}, but it broke off ${place(position)} of ${ofRun(was)}.`;
	const works = is.doing.kind === 'running' && isWatched(is.doing.position.block);
	return works
		? `The agent on host "${is.id}" heard that ${ofRun(was)} was aborted, but it works on: it did not cancel ${place(position)}.`
		: null;
}
