import { heldIn } from '../machines/unit-record.ts';
import type {
	Answer,
	DisplayTaskObservation,
	Doing,
	ExecutionRef,
	HostObservation,
	Observation,
	ProjectObservation,
	TaskObservation,
	TaskStatus,
	VersionStatus,
} from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import type { DisplayTask, Setup } from '../vocabulary/setup.ts';
import type { GroupInstance } from '../vocabulary/structure.ts';
import { projectsSeen, versionsOf } from '../vocabulary/versions.ts';
import { type Composition, type HostState, programFor, programsOf } from './composition.ts';
import type { Handlers } from './handlers.ts';
import { type Page, startedBy } from './ledger.ts';
import type { ModelNetwork } from './network.ts';
import { ignoredFlags, type Program } from './program.ts';
import { shapeOf } from './shape.ts';
import type { Answering } from './tables.ts';

const STATUS: Record<string, TaskStatus> = {
	'"undispatched"': 'undispatched',
	'{"inProgress":"dispatched"}': 'dispatched',
	'{"inProgress":"started"}': 'started',
	'{"ended":"success"}': 'success',
	'{"ended":"failed"}': 'failed',
};

/** A task as it is seen, from the snapshots of its machine and its unit, and its page in the ledger. */
export function taskSeen(
	setup: Setup,
	tables: Answering,
	task: number,
	snapshot: number,
	unitSnapshot: number,
	page: Page,
): TaskObservation {
	const id = setup.tasks[task]?.id ?? '';
	const context = tables.task.context(snapshot);
	const unit = tables.unit.context(unitSnapshot);
	const status = STATUS[JSON.stringify(tables.task.value(snapshot))];
	if (status === undefined) throw new RangeError(`task ${id} has no status`);
	return {
		id,
		status,
		execution: context.execution,
		started_by: startedBy(setup, context.startedBy),
		secret: context.execution,
		host: context.host === null ? null : (setup.hosts[context.host] ?? null),
		aborted: context.aborted,
		mark: context.mark,
		held: heldIn(unit, task),
		restart_pending: unit.list.includes(task),
		repair_pending: unit.repairs.includes(task),
		...(unit.asked === null ? {} : { restart_asked: unit.asked }),
		...(unit.holds && status === 'undispatched' && heldIn(unit, task) !== 'inactive'
			? { awaits_restart: true as const }
			: {}),
		automatic_restarts: unit.used,
		dispatched_minute: page.dispatchedAt,
		ended_minute: page.endedAt,
		details: context.details,
		...(context.remarks === null ? {} : { remarks: context.remarks }),
		history: page.history,
	};
}

const isUnderWay = ({ status }: TaskObservation): boolean =>
	status === 'dispatched' || status === 'started';

const isToRun = ({ status, held }: TaskObservation): boolean =>
	status === 'undispatched' && held !== 'inactive' && held !== 'blocked';

const isAboutToRestart = (task: TaskObservation): boolean =>
	task.restart_pending || task.repair_pending || task.restart_asked !== undefined;

const isOpen = (task: TaskObservation): boolean =>
	isUnderWay(task) || isToRun(task) || isAboutToRestart(task);

const has = (members: readonly TaskObservation[], status: TaskStatus): boolean =>
	members.some((member) => member.status === status);

/**
 * A display task as its unit and its execution tasks make it look; `restarts`: of its unit so far. It is not final
 * before its whole unit is (S22).
 */
export function displaySeen(
	setup: Setup,
	{ id, execution_tasks }: DisplayTask,
	tasks: readonly TaskObservation[],
	restarts: number,
): DisplayTaskObservation {
	const { shownWith, upstream } = shapeOf(setup);
	const unit = tasks.filter((task) => shownWith.get(id)?.has(task.id));
	const own = unit.filter((task) => execution_tasks.includes(task.id));
	const goesOn =
		unit.some(isUnderWay) ||
		unit.some(isAboutToRestart) ||
		((has(unit, 'failed') || has(unit, 'success')) &&
			(unit.some(isToRun) ||
				// A member that is blocked may be released without a user, as long as what it waits for goes on.
				(unit.some(({ held }) => held === 'blocked') &&
					tasks.some((task) => upstream.get(id)?.has(task.id) === true && isOpen(task)))));
	const ended = (['failed', 'success'] as const).find((status) => has(own, status));
	return { id, status: goesOn ? 'started' : (ended ?? 'undispatched'), execution: restarts };
}

/** A version as its tasks make it look. What runs says it all, so no more of them is looked at than has to be. */
export function versionSeen(tasks: readonly TaskObservation[]): VersionStatus {
	let begun = false;
	let goesOn = false;
	let failed = false;
	for (const task of tasks) {
		if (isUnderWay(task)) return 'started';
		if (task.status !== 'undispatched' || task.execution > 0) begun = true;
		if (isToRun(task) || isAboutToRestart(task)) goesOn = true;
		if (begun && goesOn) return 'started';
		if (task.status === 'failed') failed = true;
	}
	if (!begun) return 'created';
	return failed ? 'failed' : 'success';
}

/** Each version as its tasks make it look. */
export function versionsSeen(
	setup: Setup,
	tasks: readonly TaskObservation[],
): Pick<Observation, 'version' | 'other_versions'> {
	const { versions } = versionsOf(setup);
	if (versions.length === 1) return { version: versionSeen(tasks) };
	const seen = versions.map((one) => versionSeen(one.tasks.flatMap((place) => tasks[place] ?? [])));
	const [version = 'created', ...other_versions] = seen;
	return { version, other_versions };
}

/** The policy and the slots of a project. */
export function projectSeen(tables: Answering, quota: number): ProjectObservation {
	const { policy, slots } = tables.quota.context(quota);
	return { policy, quota_used: slots.length };
}

/** A host as it is seen, from the snapshots of its machines and the execution that the server has it down for. */
export function hostSeen(
	setup: Setup,
	tables: Answering,
	host: number,
	state: HostState,
	assigned: ExecutionRef | null,
): HostObservation {
	const context = tables.agent.context(state.agent);
	const { task, execution, posted, setUpFor } = context;
	const program = programFor(setup, context);
	const group = setUpFor === null ? undefined : programsOf(setup).groups[setUpFor.group];
	const { background } = tables.block.context(state.block);
	const agent = tables.agent.value(state.agent);
	const away = agent === 'toCome' ? 'to-come' : agent === 'gone' ? 'gone' : null;
	return {
		id: setup.hosts[host] ?? '',
		agent: agent === 'dead' || away !== null ? 'dead' : 'alive',
		...(away === null ? {} : { away }),
		execution:
			task === null || execution === null ? null : { task: setup.tasks[task]?.id ?? '', execution },
		group: group === undefined ? null : groupSeen(group),
		doing: doingSeen(tables, state, program),
		background: background.flatMap(({ block, index }) => {
			const found = program?.[block][index];
			return found === undefined ? [] : [found.position];
		}),
		posted:
			posted === null
				? null
				: {
						status: posted.status,
						...(posted.type === undefined ? {} : { type: posted.type }),
						should_continue: posted.should_continue,
						...(posted.retryable === undefined ? {} : { retryable: posted.retryable }),
					},
		assigned,
	};
}

const groupSeen = ({ group, variant, version }: GroupInstance): HostObservation['group'] => ({
	group,
	variant,
	...(version === undefined ? {} : { version }),
});

function doingSeen(tables: Answering, state: HostState, program: Program | null): Doing {
	const { call, sent } = tables.call.context(state.call);
	const { block, index } = tables.block.context(state.block);
	const found = block === null ? undefined : program?.[block][index];
	if (call !== null) {
		const asks = tables.block.value(state.block) === 'asking' && found !== undefined;
		return { kind: 'calling', route: call.route, sent, ...(asks ? { for: found.position } : {}) };
	}
	if (tables.command.value(state.command) !== 'running') return { kind: 'idle' };
	if (found === undefined) throw new RangeError('a command runs that no program holds');
	return { kind: 'running', position: found.position };
}

/** A part of the last observation, and the snapshots it was made of. */
interface KeptTask {
	readonly snapshot: number;
	readonly unit: number;
	readonly page: Page;
	readonly seen: TaskObservation;
}

interface KeptHost {
	readonly state: HostState;
	readonly assigned: TaskObservation | undefined;
	readonly seen: HostObservation;
}

/** What was seen last of each task and host. */
export interface LastSeen {
	readonly tasks: readonly (KeptTask | undefined)[];
	readonly hosts: readonly (KeptHost | undefined)[];
}

/** Shows what the machines of a composition are doing. A part in which nothing changed is the same object again. */
export class ModelObserver {
	readonly #composition: Composition;
	readonly #network: Pick<ModelNetwork, 'seen'>;
	readonly #handlers: Pick<Handlers, 'seen'>;
	readonly #ignored: Observation['ignored_flags'];
	readonly #tasks: (KeptTask | undefined)[] = [];
	readonly #hosts: (KeptHost | undefined)[] = [];

	constructor(
		composition: Composition,
		network: Pick<ModelNetwork, 'seen'>,
		handlers: Pick<Handlers, 'seen'>,
	) {
		this.#composition = composition;
		this.#network = network;
		this.#handlers = handlers;
		this.#ignored = ignoredFlags(composition.setup);
	}

	/** What was seen last, to be put back: parts that look as before are then the same objects again. */
	snapshot(): LastSeen {
		return { tasks: [...this.#tasks], hosts: [...this.#hosts] };
	}

	putBack({ tasks, hosts }: LastSeen): void {
		for (const [place, task] of tasks.entries()) this.#tasks[place] = task;
		for (const [place, host] of hosts.entries()) this.#hosts[place] = host;
	}

	observe(answer: Answer | null): Observation {
		const { setup, tables, minute, server, quotas } = this.#composition;
		const tasks = setup.tasks.map((_, task) => this.#task(task));
		return {
			minute,
			server: tables['app-server'].value(server) === 'up' ? 'up' : 'down',
			tasks,
			display_tasks: this.#displayTasks(tasks),
			...versionsSeen(setup, tasks),
			hosts: setup.hosts.map((_, host) => this.#host(host, tasks)),
			messages: this.#network.seen,
			in_hand: this.#handlers.seen,
			...projectsSeen(quotas.map((quota) => projectSeen(tables, quota))),
			answer,
			ignored_flags: this.#ignored,
		};
	}

	#task(task: number): TaskObservation {
		const { setup, tables } = this.#composition;
		const snapshot = this.#composition.tasks[task] ?? 0;
		const unit = this.#composition.units[shapeOf(setup).unitOf[task] ?? 0] ?? 0;
		const page = this.#composition.ledger.page(task);
		const kept = this.#tasks[task];
		if (kept?.snapshot === snapshot && kept.unit === unit && kept.page === page) return kept.seen;
		const found = taskSeen(setup, tables, task, snapshot, unit, page);
		// What changed of its unit may be of no matter to how it looks.
		const seen = kept !== undefined && same(kept.seen, found) ? kept.seen : found;
		this.#tasks[task] = { snapshot, unit, page, seen };
		return seen;
	}

	#displayTasks(tasks: readonly TaskObservation[]): DisplayTaskObservation[] {
		const { setup, tables, units } = this.#composition;
		return (setup.display_tasks ?? []).map((display) => {
			const [first] = display.execution_tasks;
			const member = setup.tasks.findIndex(({ id }) => id === first);
			const unit = units[shapeOf(setup).unitOf[member] ?? 0] ?? 0;
			return displaySeen(setup, display, tasks, tables.unit.context(unit).restarts);
		});
	}

	#host(host: number, tasks: readonly TaskObservation[]): HostObservation {
		const { setup, tables, server, hosts } = this.#composition;
		const state = hosts[host];
		if (state === undefined) throw new RangeError(`no host ${host}`);
		const task = tables['app-server'].context(server).assigned[host] ?? null;
		const assigned = task === null ? undefined : tasks[task];
		const kept = this.#hosts[host];
		if (
			kept !== undefined &&
			kept.assigned?.id === assigned?.id &&
			kept.assigned?.execution === assigned?.execution &&
			kept.state.agent === state.agent &&
			kept.state.block === state.block &&
			kept.state.command === state.command &&
			kept.state.call === state.call
		)
			return kept.seen;
		const ref =
			assigned === undefined ? null : { task: assigned.id, execution: assigned.execution };
		const seen = hostSeen(setup, tables, host, state, ref);
		this.#hosts[host] = { state: { ...state }, assigned, seen };
		return seen;
	}
}
