import type { RestartAsked } from '../vocabulary/observation.ts';
import type { Wait } from '../vocabulary/structure.ts';
import type { DependencyView, SignalTo, StartedBy, UnitSignal } from './signals.ts';

/** What is fixed for a unit before anything runs. Tasks, units and groups go by their places. */
export interface UnitInput {
	unit: number;
	/** The project whose quota it draws on. */
	project: number;
	/** Its tasks, in the order of the setup. */
	members: readonly number[];
	/** By member: what it waits for. */
	dependencies: readonly (readonly Wait[])[];
	/** Tasks of other units that a member waits for. */
	awaited: readonly number[];
	/** Members that others wait for, with the unit of those. */
	dependents: readonly { task: number; unit: number }[];
	/** Single-host groups that restart with it. */
	groups: readonly number[];
	/** Whether it can be restarted in part: it is a display task without a single-host group. */
	inPart: boolean;
	/** *max* automatic restarts. */
	max: number;
	/** *cap*. */
	cap: number;
	mergeQueue: boolean;
}

/** How it stands with a member: not scheduled, not dispatched, in progress, or ended. */
export type Standing = 'inactive' | 'undispatched' | 'running' | 'success' | 'failed';

/** What the server keeps of a unit. */
export interface UnitContext extends UnitInput {
	/** By member. */
	standings: readonly Standing[];
	/** By member: its live execution. */
	executions: readonly number[];
	/** Of the whole unit, by whomever. */
	restarts: number;
	/** Automatic restarts used, a pending one included. */
	used: number;
	/** The members whose granted mark stands, in the order in which they were granted (S3). */
	list: readonly number[];
	/** The members that ended for want of a heartbeat, where that is a reason to restart. */
	repairs: readonly number[];
	/** What a user asked to be restarted when it is finished (C5). */
	asked: RestartAsked | null;
	/** Members that were not dispatched yet wait for the restart that is asked. */
	holds: boolean;
	/** By awaited task: what it looks like from here. */
	views: readonly DependencyView[];
}

export interface Given {
	context: UnitContext;
	event: UnitSignal;
}

export const hasEnded = (standing: Standing | undefined): boolean =>
	standing === 'success' || standing === 'failed';

const standingOf = ({ members, standings }: UnitContext, task: number): Standing | undefined =>
	standings[members.indexOf(task)];

/** Why a member that was not dispatched cannot be; null: nothing holds it, or it was dispatched. */
export function heldIn(unit: UnitContext, task: number): 'inactive' | 'blocked' | 'waiting' | null {
	const standing = standingOf(unit, task);
	if (standing === 'inactive') return 'inactive';
	if (standing !== 'undispatched') return null;
	const chances = (unit.dependencies[unit.members.indexOf(task)] ?? []).map((wait) =>
		chanceOf(
			wait,
			unit.members.includes(wait.task)
				? lookOf(unit, wait.task)
				: unit.views[unit.awaited.indexOf(wait.task)],
		),
	);
	if (chances.includes('lost')) return 'blocked';
	return unit.holds || chances.includes('open') ? 'waiting' : null;
}

/** What becomes of a wait: any status is had, too, of a task that is blocked, but not of one that nobody scheduled. */
function chanceOf({ status }: Wait, view: DependencyView = 'open'): 'met' | 'lost' | 'open' {
	if (view === 'open') return 'open';
	return view === status || (status === '*' && view !== 'inactive') ? 'met' : 'lost';
}

/** How a member looks to the others of its unit. */
function lookOf(unit: UnitContext, task: number): DependencyView {
	const standing = standingOf(unit, task);
	if (standing === 'success' || standing === 'failed') return standing;
	const held = heldIn(unit, task);
	return held === 'inactive' || held === 'blocked' ? held : 'open';
}

/** A member granted a mark, one is to be repaired, or a user asked for it: the unit restarts as soon as it is settled. */
export const isPending = ({ list, repairs, asked }: UnitContext): boolean =>
	list.length > 0 || repairs.length > 0 || asked !== null;

/** How a member looks to other units: they are neither blocked nor released by what is about to restart (S16). */
const viewOf = (unit: UnitContext, task: number): DependencyView =>
	isPending(unit) ? 'open' : lookOf(unit, task);

/** Every member that will run has finished. */
export const isSettled = (unit: UnitContext): boolean =>
	unit.members.every(
		(task) =>
			hasEnded(standingOf(unit, task)) ||
			(unit.holds && standingOf(unit, task) === 'undispatched') ||
			['inactive', 'blocked'].includes(heldIn(unit, task) ?? ''),
	);

/** The members that ended, or only those that failed. */
export const ended = ({ members, standings }: UnitContext, failedOnly = false): number[] =>
	members.filter((_, place) =>
		failedOnly ? standings[place] === 'failed' : hasEnded(standings[place]),
	);

/** The members that a restart begins anew: a repair, or a user who wants no more, may leave out those that succeeded. */
export function renewed({ context, event }: Given): number[] {
	switch (event.type) {
		case 'RESTART':
			return ended(
				context,
				context.inPart &&
					(context.asked === null ? context.list.length === 0 : context.asked === 'failed'),
			);
		case 'RESTART_FOR_USER':
			return ended(context, context.inPart && event.failedOnly);
		case 'ASK':
			return ended(context, withAsked({ context, event }).asked === 'failed');
		default:
			return [];
	}
}

function starter({ context, event }: Given): StartedBy {
	const { members, executions, list, asked } = context;
	if (event.type !== 'RESTART' || asked !== null) return { by: 'user' };
	const [task] = list;
	if (task === undefined) return { by: 'system' };
	return { by: 'mark', task, execution: executions[members.indexOf(task)] ?? 0 };
}

/** What a restart tells members and groups. */
export function renewals(given: Given): SignalTo[] {
	const startedBy = starter(given);
	return [
		...renewed(given).map(
			(task): SignalTo => ({ to: 'task', task, signal: { type: 'RENEW', startedBy } }),
		),
		...given.context.groups.map(
			(group): SignalTo => ({ to: 'server', signal: { type: 'RELEASE', group } }),
		),
	];
}

/** Members in progress are aborted: of those that are meant, or all. */
export const aborts = ({ context, event }: Given): SignalTo[] =>
	running(context, event).map((task) => ({ to: 'task', task, signal: { type: 'ABORT' } }));

/** The same, where a user asks for a restart and that what runs be aborted. */
export const abortsIfAsked = (given: Given): SignalTo[] =>
	given.event.type === 'ASK' && given.event.abort ? aborts(given) : [];

/** Whether some of what an abort of a display task names is on the list, ended or not (S21). */
export const callsOff = ({ list }: UnitContext, event: UnitSignal): boolean =>
	event.type === 'USER_ABORTS' && event.tasks.some((task) => list.includes(task));

/** Whether an abort of these tasks is one of the whole unit, which a user asked to be restarted (C5). */
export const cancels = ({ asked, members }: UnitContext, event: UnitSignal): boolean =>
	asked !== null && 'tasks' in event && members.every((task) => event.tasks.includes(task));

/** The unit with what a user asks of it added to what was asked before: of two requests the wider one counts. */
export function withAsked({ context, event }: Given): UnitContext {
	if (event.type !== 'ASK') return context;
	const inPart = context.inPart && event.failedOnly && context.asked !== 'whole';
	return {
		...context,
		asked: inPart ? 'failed' : 'whole',
		holds: context.holds || (event.abort && context.standings.includes('undispatched')),
	};
}

export const running = (unit: UnitContext, event: UnitSignal): number[] =>
	(event.type === 'USER_ABORTS' ? event.tasks : unit.members).filter(
		(task) => standingOf(unit, task) === 'running',
	);

const withStanding = (
	{ members, standings }: UnitContext,
	tasks: readonly number[],
	standing: Standing,
): Pick<UnitContext, 'standings'> => ({
	standings: standings.map((old, place) => (tasks.includes(members[place] ?? -1) ? standing : old)),
});

/** The record of a unit after a signal. */
export function noted({ context, event }: Given): UnitContext {
	return { ...context, ...change({ context, event }) };
}

/** No user asks for anything (any more). */
export const UNASKED = { asked: null, holds: false } as const;

function change({ context, event }: Given): Partial<UnitContext> {
	const { members, executions, list, repairs } = context;
	switch (event.type) {
		case 'SCHEDULE':
			return withStanding(context, event.tasks, 'undispatched');
		case 'DISPATCHED':
			return withStanding(context, [event.task], 'running');
		case 'JOIN':
		case 'TAKEN':
			return { list: [...list, event.task] };
		case 'WITHDRAWN':
			return { list: list.filter((task) => task !== event.task) };
		case 'CALL_OFF':
			return {
				list: list.filter(
					(task) => !event.tasks.includes(task) || !hasEnded(standingOf(context, task)),
				),
			};
		case 'FINISHED':
			return {
				...withStanding(context, [event.task], event.status),
				...(event.status === 'success' ? { list: list.filter((task) => task !== event.task) } : {}),
				...(event.repair ? { repairs: [...repairs, event.task] } : {}),
			};
		case 'RESTART':
		case 'RESTART_FOR_USER': {
			const anew = renewed({ context, event });
			if (anew.length === 0) return UNASKED;
			return {
				...UNASKED,
				...withStanding(context, anew, 'undispatched'),
				executions: executions.map((execution, place) =>
					anew.includes(members[place] ?? -1) ? execution + 1 : execution,
				),
				restarts: context.restarts + 1,
				list: [],
				repairs: [],
			};
		}
		case 'ASK':
			return withAsked({ context, event });
		case 'CANCEL':
		case 'TAKE_BACK':
			return UNASKED;
		case 'SEES':
			return {
				views: context.views.map((view, place) =>
					context.awaited[place] === event.task ? event.view : view,
				),
			};
		case 'GIVE_UP': {
			const idle = members.filter((task) => standingOf(context, task) === 'undispatched');
			return withStanding(context, idle, 'inactive');
		}
		default:
			return {};
	}
}

/** What others are told of a change: the app server, which members can be dispatched; other units, what they see. */
export function news(given: Given): SignalTo[] {
	const before = given.context;
	const after = noted(given);
	const isReady = (unit: UnitContext, task: number) =>
		standingOf(unit, task) === 'undispatched' && heldIn(unit, task) === null;
	return [
		...before.members
			.filter((task) => isReady(before, task) !== isReady(after, task))
			.map(
				(task): SignalTo => ({
					to: 'server',
					signal: { type: isReady(after, task) ? 'READY' : 'NOT_READY', task },
				}),
			),
		...before.dependents
			.filter(({ task }) => viewOf(before, task) !== viewOf(after, task))
			.map(
				({ task, unit }): SignalTo => ({
					to: 'unit',
					unit,
					signal: { type: 'SEES', task, view: viewOf(after, task) },
				}),
			),
	];
}
