import type { UnitSignal } from '../machines/signals.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Answer } from '../vocabulary/observation.ts';
import type { PolicyInForce, Setup } from '../vocabulary/setup.ts';
import type { Composition } from './composition.ts';

/**
 * What happens when time passes or the monitor runs, part by part: these concern every host and task,
 * each part only few machines. See docs/semantics.md.
 */

/** The monitor looks at one task: a silent execution ends. What is to be done after it waits until the monitor looks at its unit. */
export function sweep(system: Composition, task: number): void {
	system.signal('server', { to: 'task', task, signal: { type: 'MONITOR' } });
	system.later = [];
}

/** The monitor looks at one unit: a restart that was left behind is made. */
export function sweepUnit(system: Composition, unit: number): void {
	system.signal('server', { to: 'unit', unit, signal: { type: 'MONITOR' } });
	system.carryOn();
}

/** What a user asks of the version, each unit of which decides by itself. */
export type EventOfVersion = Extract<
	Event,
	{ kind: 'user-restarts-version' | 'user-aborts-version' }
>;

/** How often a unit has been restarted, as a user sees it who names it. */
export const restartsOf = ({ tables, units }: Composition, unit: number): number =>
	tables.unit.context(units[unit] ?? 0).restarts;

/** `restarts`: as the user saw them. */
export function askUnit(
	system: Composition,
	unit: number,
	event: EventOfVersion,
	restarts = restartsOf(system, unit),
): void {
	const { members } = system.tables.unit.context(system.units[unit] ?? 0);
	const signal: UnitSignal =
		event.kind === 'user-aborts-version'
			? { type: 'USER_ABORTS', tasks: members }
			: {
					type: 'USER_ASKS',
					execution: restarts,
					failedOnly: event.failed_only === true,
					abort: event.abort === true,
				};
	system.signal('server', { to: 'unit', unit, signal });
}

/** What the version answers: none of the merge queue is restarted, and all else is for its units to say. */
export const answerOfVersion = ({ requester }: Setup, { kind }: EventOfVersion): Answer =>
	kind === 'user-restarts-version' && requester === 'github_merge_request'
		? { outcome: 'refused_merge_queue', status: 400 }
		: { outcome: 'ok', status: 200 };

export const setQuotaPolicy = (system: Composition, project: number, policy: PolicyInForce): void =>
	system.signal('server', { to: 'quota', project, signal: { type: 'POLICY', policy } });

/** What a unit and its members heed from now on. */
export function setUnitPolicy(system: Composition, unit: number, policy: PolicyInForce): void {
	const signal = { type: 'POLICY', policy } as const;
	system.signal('server', { to: 'unit', unit, signal });
	for (const task of system.tables.unit.context(system.units[unit] ?? 0).members)
		system.signal('server', { to: 'task', task, signal });
}

/** What an admin is told who changes the policy, or registers a host or takes one away. */
export const ADMIN_OBEYED: Answer = { outcome: 'ok', status: 200 };

export const isUp = ({ tables, server }: Composition): boolean =>
	tables['app-server'].value(server) === 'up';

export const ageQuota = (system: Composition, project: number, minutes: number): void =>
	system.signal('server', { to: 'quota', project, signal: { type: 'MINUTES', minutes } });

export const ageTask = (system: Composition, task: number, minutes: number): void =>
	system.signal('server', { to: 'task', task, signal: { type: 'MINUTES', minutes } });

export const ageServer = (system: Composition, minutes: number): void =>
	system.signal('server', { to: 'server', signal: { type: 'MINUTES', minutes } });

/**
 * What becomes of a host by itself: cut off for *F*, it loses what it holds; a call that has taken too long is given up,
 * and a group is left after a while.
 */
export function letPass(system: Composition, host: number, minutes: number, cut: boolean): void {
	if (cut) system.signal(host, { to: 'agent', signal: { type: 'CUT_OFF', minutes } });
	system.signal(host, { to: 'call', signal: { type: 'MINUTES', minutes } });
	// After the call, as leaving ends with a call that stays pending.
	system.signal(host, { to: 'agent', signal: { type: 'MINUTES', minutes } });
}

/** The heartbeats of the time that passed: the last of them stands for all. */
export function exchangeHeartbeat(system: Composition, host: number): void {
	const state = system.hosts[host];
	if (state === undefined) return;
	const { task, execution } = system.tables.agent.context(state.agent);
	if (task === null || execution === null) return;
	system.signal(host, { to: 'heartbeat', signal: { type: 'CLOSE' } });
	system.signal('server', { to: 'task', task, signal: { type: 'BEAT', execution } });
	const outcome = system.reply?.outcome;
	const abort = outcome === 'abort';
	const accepted = abort || outcome === 'ok';
	system.signal(host, {
		to: 'agent',
		signal: accepted ? { type: 'HEARD', abort } : { type: 'LOST' },
	});
}
