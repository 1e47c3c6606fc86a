import { type Block, isSetUp, isWatched } from '../vocabulary/project.ts';
import { indexOfHost, replyReaching, runsOn, samePosition } from './agents.ts';
import { commandAt, failsTask, type Plan, type PlannedCommand, planOn } from './commands.ts';
import type { Moment } from './guarantee.ts';
import { ofCommand, ofRun, place } from './wording.ts';

/** The blocks that come before the end of main, in the order in which they run. */
const ORDER: readonly Block[] = ['pre', 'setup_group', 'setup_task', 'main'];

/** The command that runs next where a failure of this one is no matter; null: none that is waited for. */
function nextOf(plan: Plan, after: PlannedCommand): PlannedCommand | null {
	const { block } = after.position;
	const blocks = isSetUp(block) ? ORDER.slice(ORDER.indexOf(block)) : [block];
	const commands = blocks.flatMap((each) => plan.steps.get(each)?.flat() ?? []);
	const rest = commands.slice(commands.indexOf(after) + 1);
	return rest.find(({ listed, background }) => listed && !background) ?? null;
}

/** What the end of a command, or an abort, means for what runs next: null: nothing of the sort happens. */
export type Turn = 'succeeds' | 'fails' | 'stops' | 'goes-on' | 'no-effect';

/** What the table under S4 says of this moment. */
export function turnAt(moment: Moment): Turn | null {
	const { setup, before, event } = moment;
	if (event.kind === 'message-delivered') {
		const told = replyReaching(moment, 'heartbeat');
		if (told?.outcome !== 'abort') return null;
		const { doing } = before.hosts[indexOfHost(before, told.host)] ?? {};
		return doing?.kind === 'running' && !isWatched(doing.position.block) ? 'no-effect' : null;
	}
	if (event.kind !== 'command-ends') return null;
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
		const goesOn = isWatched(block) ? now !== null && isWatched(now.block) : now?.block === block;
		return goesOn && now !== null
			? `${what}, which fails the task, but its agent went on to ${place(now)}.`
			: null;
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
	const told = replyReaching(moment, 'heartbeat');
	if (told?.outcome !== 'abort') return null;
	const index = indexOfHost(moment.before, told.host);
	const was = moment.before.hosts[index];
	const is = moment.after.hosts[index];
	if (was === undefined || is === undefined || was.doing.kind !== 'running') return null;
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
