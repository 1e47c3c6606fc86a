import { type Remarks, sayExit, sayRemarks } from '../../model/vocabulary/command.ts';
import { sayPolicy } from '../../model/vocabulary/events/admins.ts';
import type { Message } from '../../model/vocabulary/message.ts';
import type {
	Answer,
	DisplayTaskObservation,
	Held,
	HostObservation,
	Observation,
	ProjectObservation,
	StartedBy,
	TaskObservation,
} from '../../model/vocabulary/observation.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import { isLate, type Setup } from '../../model/vocabulary/setup.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import { sayExecution, sayPosition } from './event.ts';

/** How a trace says a state, a sentence each. What it prints of a change is one of these, so each can be expected. */

const ordinal = (n: number): string => `${n}${['th', 'st', 'nd', 'rd'][n] ?? 'th'}`;

const STARTER: Record<Exclude<StartedBy['by'], 'mark'>, string> = {
	schedule: 'schedule',
	user: 'a user',
	system: 'the system',
};

export const sayStarter = (by: StartedBy): string =>
	by.by === 'mark' ? `the mark of ${by.task}/${by.execution}` : STARTER[by.by];

const HELD: Record<Held, string> = {
	inactive: 'is not scheduled',
	blocked: 'is blocked by a failure',
	waiting: 'waits for other tasks',
};

const nameOf = ({ id, execution }: TaskObservation): string =>
	sayExecution({ task: id, execution });

/** What an undispatched execution waits for. */
export const sayWaiting = (task: TaskObservation): string =>
	`${nameOf(task)} ${task.held === null ? 'waits for a host' : HELD[task.held]}`;

export const sayRestarted = (task: TaskObservation): string =>
	`${sayWaiting(task)}, restarted by ${sayStarter(task.started_by)}`;

export function sayStatus(task: TaskObservation): string {
	const { details, status, host } = task;
	const why = [
		details?.type,
		details?.description,
		details?.timed_out && `${details.timed_out} time limit`,
		details?.exit && sayExit(details.exit),
	]
		.filter((part) => part)
		.join(', ');
	return `${nameOf(task)} is ${status}${host !== null && status === 'dispatched' ? ` to ${host}` : ''}${why === '' ? '' : ` (${why})`}`;
}

export const sayAborted = (task: TaskObservation): string => `${nameOf(task)} is aborted`;

/** What the processes of an execution said about its end, in their own words. */
export const saySaid = (id: string, execution: number, remarks: Remarks | undefined): string =>
	`${sayExecution({ task: id, execution })} said ${sayRemarks(remarks ?? {})}`;

export const sayMark = (task: TaskObservation): string => `${nameOf(task)} mark: ${task.mark}`;

export const sayPending = (task: TaskObservation): string =>
	`${nameOf(task)} will ${task.restart_pending ? 'restart when it ends' : 'not restart'}`;

export const sayRepair = (task: TaskObservation): string =>
	`${nameOf(task)} will be restarted by the system`;

export const sayAsked = (task: TaskObservation): string =>
	`${nameOf(task)} will ${task.restart_asked === undefined ? 'not restart for a user' : 'restart for a user when it is finished'}${task.restart_asked === 'failed' ? ', if it fails' : ''}`;

export const sayBudget = ({ id, automatic_restarts }: TaskObservation): string =>
	`${id} has used ${plural(automatic_restarts, 'automatic restart')}`;

export const sayTimesRestarted = ({ id, execution }: DisplayTaskObservation): string =>
	`the display task ${id} has been restarted ${execution === 1 ? 'once' : `${execution} times`}`;

export const sayDisplayed = ({ id, status }: DisplayTaskObservation): string =>
	`the display task ${id} is ${status}`;

/** How each version is shown, the first before the others. */
export const sayVersions = (
	setup: Setup,
	{ version, other_versions = [] }: Observation,
): string[] =>
	[version, ...other_versions].map((status, place) => {
		const id = place === 0 ? undefined : versionsOf(setup).versions[place]?.id;
		return `the version ${id === undefined ? '' : `${id} `}is ${status}`;
	});

export const sayNoAgent = ({ id }: HostObservation): string => `${id} has no agent`;

/** Whether a host is there, yet to come, or gone. */
export const sayWhere = ({ id, away }: Pick<HostObservation, 'id' | 'away'>): string =>
	away === 'gone'
		? `${id} is gone for good`
		: away === 'to-come'
			? `${id} is yet to come`
			: `${id} is there`;

export type Group = NonNullable<HostObservation['group']>;

const sayGroup = ({ group, variant, version }: Group): string =>
	`the group ${group} on ${variant}${version === undefined ? '' : ` of ${version}`}`;

export const isSameGroup = (one: Group, other: Group): boolean =>
	one.group === other.group && one.variant === other.variant && one.version === other.version;

export const sayLeft = ({ id }: HostObservation, group: Group): string =>
	`${id} has left ${sayGroup(group)}`;

export const saySetUp = ({ id }: HostObservation, group: Group): string =>
	`${id} is set up for ${sayGroup(group)}`;

export function sayDoing(setup: Setup, { id, execution, doing, group }: HostObservation): string {
	const of = execution === null ? '' : ` of ${sayExecution(execution)}`;
	switch (doing.kind) {
		case 'idle':
			return `${id} is idle`;
		case 'calling':
			return `${id} calls ${doing.route}${of}${doing.sent > 1 ? ` for the ${ordinal(doing.sent)} time` : ''}`;
		case 'running':
			return `${id} runs ${sayPosition(setup, execution?.task ?? null, doing.position, group?.group)}${of}`;
	}
}

export const sayAnswer = ({ status, outcome }: Answer): string =>
	`the server answers ${status} ${outcome}`;

const eachProject = (
	setup: Setup,
	seen: Observation,
	say: (of: string, seen: ProjectObservation) => string,
): string[] =>
	[seen, ...(seen.other_projects ?? [])].map((project, place) =>
		say(place === 0 ? '' : ` for ${versionsOf(setup).projects[place]?.id}`, project),
	);

/** The slots of each project, the first before the others. */
export const sayQuotas = (setup: Setup, seen: Observation): string[] =>
	eachProject(setup, seen, (of, { quota_used }) => `slots in use${of}: ${quota_used}`);

/** The policy of each project, the first before the others. */
export const sayAllInForce = (setup: Setup, seen: Observation): string[] =>
	eachProject(setup, seen, (of, { policy }) => `in force${of}: ${sayPolicy(policy)}`);

export const sayServer = ({ server }: Observation): string => `the app server is ${server}`;

const sayMessage = ({ leg, route, outcome }: Message): string =>
	`${route} ${leg}${outcome === null ? '' : ` ${outcome}`}`;

export const sayInFlight = ({ messages }: Observation): string =>
	messages.length === 0
		? 'nothing is in flight'
		: `in flight: ${messages.map(sayMessage).join(', ')}`;

/** A sentence, and whom it is about: a task, a display task, a host, or, if nobody, the app server. */
interface State {
	readonly of: string | null;
	readonly sentence: string;
}

function* ofTask(task: TaskObservation): Generator<string> {
	yield sayStatus(task);
	if (task.status === 'undispatched') {
		yield sayWaiting(task);
		yield sayRestarted(task);
	}
	yield saySaid(task.id, task.execution, task.remarks);
	for (const { execution, remarks } of task.history) yield saySaid(task.id, execution, remarks);
	if (task.aborted) yield sayAborted(task);
	yield sayMark(task);
	yield sayPending(task);
	if (task.repair_pending) yield sayRepair(task);
	yield sayAsked(task);
	yield sayBudget(task);
}

function* ofHost(setup: Setup, host: HostObservation): Generator<string> {
	yield sayDoing(setup, host);
	if (isLate(setup, host.id) || host.away !== undefined) yield sayWhere(host);
	if (host.agent === 'dead' && host.away === undefined) yield sayNoAgent(host);
	for (const { group, variant, version } of setup.tasks) {
		if (group === undefined) continue;
		const named = { group, variant, ...(version === undefined ? {} : { version }) };
		const is = host.group !== null && isSameGroup(host.group, named);
		yield (is ? saySetUp : sayLeft)(host, named);
	}
}

function* statesIn(setup: Setup, seen: Observation): Generator<State> {
	for (const task of seen.tasks)
		for (const sentence of ofTask(task)) yield { of: task.id, sentence };
	for (const task of seen.display_tasks)
		for (const sentence of [sayDisplayed(task), sayTimesRestarted(task)])
			yield { of: task.id, sentence };
	for (const host of seen.hosts)
		for (const sentence of ofHost(setup, host)) yield { of: host.id, sentence };
	if (seen.answer !== null) yield { of: null, sentence: sayAnswer(seen.answer) };
	for (const say of [sayVersions, sayAllInForce, sayQuotas])
		for (const sentence of say(setup, seen)) yield { of: null, sentence };
	for (const say of [sayServer, sayInFlight]) yield { of: null, sentence: say(seen) };
}

/** All that a trace may print of what is seen now. */
export const sayStates = (setup: Setup, seen: Observation): string[] => [
	...new Set([...statesIn(setup, seen)].map(({ sentence }) => sentence)),
];

/** How those who are named stand now, one sentence each. */
export function stateOf(setup: Setup, seen: Observation, names: readonly string[]): string[] {
	const states = [...statesIn(setup, seen)];
	return names.flatMap((name) => states.find(({ of }) => of === name)?.sentence ?? []);
}

/** Whether a line may be such a sentence: whether it begins as one about somebody of the setup, or about the app server. */
export function maySayState({ tasks, display_tasks = [], hosts }: Setup, line: string): boolean {
	const begins = [
		...tasks.flatMap(({ id }) => [`${id}/`, `${id} has used `]),
		...display_tasks.map(({ id }) => `the display task ${id} `),
		...hosts.map((host) => `${host} `),
		'the server answers ',
		'the app server is ',
		'the version ',
		'slots in use',
		'in force',
		'in flight: ',
		'nothing is in flight',
	];
	return begins.some((words) => line.startsWith(words));
}
