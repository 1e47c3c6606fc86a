import type { Exit } from '../vocabulary/command.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { HostObservation } from '../vocabulary/observation.ts';
import { isWatched } from '../vocabulary/project.ts';
import { holdsOn, indexOfHost } from './agents.ts';
import { canFailTask, commandAt, failsTask, type PlannedCommand, planOf } from './commands.ts';
import type { Moment } from './guarantee.ts';
import { keeping } from './step-finding.ts';

/** A background command that failed. */
type InBackground = Pick<Extract<Event, { kind: 'background-fails' }>, 'position' | 'exit'>;

/**
 * By host, the background command whose failure the agent has not noticed yet: it does when a
 * foreground command succeeds. Null when there is none on any host.
 */
export type Unnoticed = readonly (InBackground | null)[] | null;

/** Whether the agent is in main or a block before it: a command runs there, or asks for a mark. */
function worksOn({ doing }: HostObservation): boolean {
	if (doing.kind === 'running') return isWatched(doing.position.block);
	return doing.kind === 'calling' && doing.for !== undefined && isWatched(doing.for.block);
}

/** Whether a background failure on this host stays unnoticed: no command succeeds there or fails the task, and work goes on. */
function staysUnnoticed(
	{ setup, event }: Moment,
	was: HostObservation,
	is: HostObservation,
): boolean {
	if (was.execution === null || !holdsOn(was, is) || !worksOn(is)) return false;
	if (event.kind !== 'command-ends' || event.host !== was.id) return true;
	if (event.outcome === 'succeeded' || was.doing.kind !== 'running') return false;
	const plan = planOf(setup, was.execution.task);
	return plan !== undefined && !failsTask(plan, was.doing.position.block, event.outcome);
}

/** What is unnoticed after this moment: the very same value when nothing changed. */
export function unnoticedAfter(unnoticed: Unnoticed, moment: Moment): Unnoticed {
	const { setup, before, event, after } = moment;
	if (event.kind === 'background-fails') {
		const index = indexOfHost(before, event.host);
		const plan = planOf(setup, before.hosts[index]?.execution?.task ?? '');
		if (plan === undefined || !canFailTask(plan, event.position.block)) return unnoticed;
		if (unnoticed !== null && unnoticed[index] !== null) return unnoticed;
		const { position, exit } = event;
		const failed = { position, ...(exit === undefined ? {} : { exit }) };
		return before.hosts.map((_, host) => (host === index ? failed : (unnoticed?.[host] ?? null)));
	}
	if (unnoticed === null) return null;
	return keeping(unnoticed, (_, index) => {
		const was = before.hosts[index];
		const is = after.hosts[index];
		return was !== undefined && is !== undefined && staysUnnoticed(moment, was, is);
	});
}

/**
 * The command that fails its task at this moment, flagged or not (S4), or null. It is the
 * foreground command that ends, or a background command whose failure is noticed now.
 */
export function failureAt(unnoticed: Unnoticed, moment: Moment): PlannedCommand | null {
	const { setup, before, event } = moment;
	if (event.kind !== 'command-ends') return null;
	const index = indexOfHost(before, event.host);
	const host = before.hosts[index];
	if (host === undefined || host.doing.kind !== 'running' || host.execution === null) return null;
	const plan = planOf(setup, host.execution.task);
	if (plan === undefined) return null;
	const { position } = host.doing;
	if (failsTask(plan, position.block, event.outcome)) return commandAt(plan, position);
	const remembered = unnoticed?.[index] ?? null;
	if (remembered === null || event.outcome !== 'succeeded') return null;
	return isWatched(position.block) ? commandAt(plan, remembered.position) : null;
}

/** How the process of the command ended that fails its task at this moment; undefined: it was none, or did not end by itself. */
export function exitAt(unnoticed: Unnoticed, { before, event }: Moment): Exit | undefined {
	if (event.kind !== 'command-ends') return undefined;
	return event.outcome === 'succeeded'
		? unnoticed?.[indexOfHost(before, event.host)]?.exit
		: event.exit;
}
