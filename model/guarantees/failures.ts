import type { Position } from '../vocabulary/event.ts';
import { indexOfHost, runsOn } from './agents.ts';
import { canFailTask, commandAt, failsTask, type PlannedCommand, planOf } from './commands.ts';
import type { Moment } from './guarantee.ts';

/**
 * By host, the background command whose failure the agent has not noticed yet: it does when the
 * running foreground command ends. Null when there is none on any host.
 */
export type Unnoticed = readonly (Position | null)[] | null;

/** What is unnoticed after this moment: the very same value when nothing changed. */
export function unnoticedAfter(unnoticed: Unnoticed, moment: Moment): Unnoticed {
	const { setup, before, event, after } = moment;
	if (event.kind === 'background-fails') {
		const index = indexOfHost(before, event.host);
		if (!canFailTask(setup.project, event.position.block)) return unnoticed;
		if (unnoticed !== null && unnoticed[index] !== null) return unnoticed;
		return before.hosts.map((_, host) =>
			host === index ? event.position : (unnoticed?.[host] ?? null),
		);
	}
	if (unnoticed === null) return null;
	const keeps = (position: Position | null, index: number) => {
		const was = before.hosts[index];
		const is = after.hosts[index];
		return position === null || (was !== undefined && is !== undefined && runsOn(was, is));
	};
	if (unnoticed.every(keeps)) return unnoticed;
	const kept = unnoticed.map((position, index) => (keeps(position, index) ? position : null));
	return kept.every((position) => position === null) ? null : kept;
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
	if (failsTask(setup.project, position.block, event.outcome)) return commandAt(plan, position);
	const remembered = unnoticed?.[index] ?? null;
	if (remembered === null || event.outcome === 'timed-out-block') return null;
	return position.block === 'pre' || position.block === 'main' ? commandAt(plan, remembered) : null;
}
