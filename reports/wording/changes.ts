import type { Message } from '../../model/vocabulary/message.ts';
import type {
	DisplayTaskObservation,
	Held,
	HostObservation,
	Observation,
	StartedBy,
	TaskObservation,
} from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { sayExecution, sayPosition } from './event.ts';

const ordinal = (n: number): string => `${n}${['th', 'st', 'nd', 'rd'][n] ?? 'th'}`;

const STARTER: Record<Exclude<StartedBy['by'], 'mark'>, string> = {
	schedule: 'schedule',
	user: 'a user',
	system: 'the system',
};

const sayStarter = (by: StartedBy): string =>
	by.by === 'mark' ? `the mark of ${by.task}/${by.execution}` : STARTER[by.by];

const HELD: Record<Held, string> = {
	inactive: 'is not scheduled',
	blocked: 'is blocked by a failure',
	waiting: 'waits for other tasks',
};

/** What an undispatched execution waits for. */
const sayWaiting = (held: Held | null): string => (held === null ? 'waits for a host' : HELD[held]);

function* taskChanges(before: TaskObservation, after: TaskObservation): Generator<string> {
	if (before === after) return;
	const name = `${after.id}/${after.execution}`;
	if (before.execution !== after.execution)
		yield `${name} ${sayWaiting(after.held)}, restarted by ${sayStarter(after.started_by)}`;
	else if (before.status !== after.status) {
		const { details } = after;
		const why = [
			details?.type,
			details?.description,
			details?.timed_out && `${details.timed_out} time limit`,
		]
			.filter((part) => part)
			.join(', ');
		yield `${name} is ${after.status}${after.host !== null && after.status === 'dispatched' ? ` to ${after.host}` : ''}${why === '' ? '' : ` (${why})`}`;
	}
	if (before.aborted !== after.aborted && after.aborted) yield `${name} is aborted`;
	if (before.execution === after.execution && before.mark !== after.mark)
		yield `${name} mark: ${after.mark}`;
	if (before.restart_pending !== after.restart_pending && before.execution === after.execution)
		yield after.restart_pending ? `${name} will restart when it ends` : `${name} will not restart`;
	if (
		before.held !== after.held &&
		before.execution === after.execution &&
		after.status === 'undispatched'
	)
		yield `${name} ${sayWaiting(after.held)}`;
	if (after.repair_pending && !before.repair_pending)
		yield `${name} will be restarted by the system`;
	if (before.automatic_restarts !== after.automatic_restarts)
		yield `${after.id} has used ${after.automatic_restarts} automatic restarts`;
}

function* displayTaskChanges(
	before: DisplayTaskObservation,
	after: DisplayTaskObservation,
): Generator<string> {
	if (before.execution !== after.execution)
		yield `the display task ${after.id} has been restarted ${after.execution === 1 ? 'once' : `${after.execution} times`}`;
	if (before.status !== after.status) yield `the display task ${after.id} is ${after.status}`;
}

function* hostChanges(
	setup: Setup,
	before: HostObservation,
	after: HostObservation,
): Generator<string> {
	if (before === after) return;
	if (before.agent !== after.agent && after.agent === 'dead') yield `${after.id} has no agent`;
	if (before.group !== null && (after.group === null || !isSame(before.group, after.group)))
		yield `${after.id} has left ${sayGroup(before.group)}`;
	if (after.group !== null && (before.group === null || !isSame(before.group, after.group)))
		yield `${after.id} is set up for ${sayGroup(after.group)}`;
	const was = JSON.stringify(before.doing);
	if (was === JSON.stringify(after.doing)) return;
	const { doing } = after;
	const of = after.execution === null ? '' : ` of ${sayExecution(after.execution)}`;
	if (doing.kind === 'idle') yield `${after.id} is idle`;
	if (doing.kind === 'calling')
		yield `${after.id} calls ${doing.route}${of}${doing.sent > 1 ? ` for the ${ordinal(doing.sent)} time` : ''}`;
	if (doing.kind === 'running')
		yield `${after.id} runs ${sayPosition(setup, after.execution?.task ?? null, doing.position, after.group?.group)}${of}`;
}

type Group = NonNullable<HostObservation['group']>;

const isSame = (one: Group, other: Group): boolean =>
	one.group === other.group && one.variant === other.variant;

const sayGroup = ({ group, variant }: Group): string => `the group ${group} on ${variant}`;

const sayInFlight = ({ leg, route, outcome }: Message): string =>
	`${route} ${leg}${outcome === null ? '' : ` ${outcome}`}`;

/** What changed from one observation to the next, a sentence each. */
export function sayChanges(setup: Setup, before: Observation, after: Observation): string[] {
	const changes: string[] = [];
	if (after.answer !== null)
		changes.push(`the server answers ${after.answer.status} ${after.answer.outcome}`);
	for (const [place, task] of after.tasks.entries()) {
		const was = before.tasks[place];
		if (was !== undefined) changes.push(...taskChanges(was, task));
	}
	for (const [place, task] of after.display_tasks.entries()) {
		const was = before.display_tasks[place];
		if (was !== undefined) changes.push(...displayTaskChanges(was, task));
	}
	// Of a single task the version says nothing that the task does not.
	if (before.version !== after.version && after.tasks.length > 1)
		changes.push(`the version is ${after.version}`);
	for (const [place, host] of after.hosts.entries()) {
		const was = before.hosts[place];
		if (was !== undefined) changes.push(...hostChanges(setup, was, host));
	}
	if (before.quota_used !== after.quota_used) changes.push(`slots in use: ${after.quota_used}`);
	if (before.server !== after.server) changes.push(`the app server is ${after.server}`);
	if (changes.length === 0 && before.messages.length !== after.messages.length)
		changes.push(
			after.messages.length === 0
				? 'nothing is in flight'
				: `in flight: ${after.messages.map(sayInFlight).join(', ')}`,
		);
	return changes;
}
