import type { Lane } from '../machines/signals.ts';
import { isPending } from '../machines/unit-record.ts';
import { type Begun, findInHand, type HandlerSelector } from '../vocabulary/events/held.ts';
import { type InHand, NOTHING_IN_HAND } from '../vocabulary/observation.ts';
import { placeOf, versionsOf } from '../vocabulary/versions.ts';
import type { Composition, CompositionSnapshot } from './composition.ts';
import { afterHangUp, type Flight, OF_NO_TASK, type Reply } from './network.ts';
import {
	answerOfVersion,
	askUnit,
	type EventOfVersion,
	restartsOf,
	sweep,
	sweepUnit,
} from './parts.ts';
import { unitsOfVersion } from './shape.ts';

/** What a handler has yet to do: each is a transaction, but for the look at which units have a restart pending. */
export type Step =
	| { readonly do: 'request' }
	/** `restarts`: as the user saw them. */
	| { readonly do: 'ask'; readonly unit: number; readonly restarts: number }
	| { readonly do: 'sweep'; readonly task: number }
	| { readonly do: 'look at units' }
	| { readonly do: 'restart'; readonly unit: number };

/** A handler that is held: it stands before the first of its steps. */
export interface Handler {
	readonly begun: Begun;
	/** Of an agent: its request. */
	readonly flight: Flight | null;
	readonly steps: readonly Step[];
	/** Of a user's restart of a version: the executions of its tasks. */
	readonly executions?: readonly number[];
	readonly commits: number;
	/** What the request came to, once it was handled. */
	readonly reply: Reply | null;
}

/** The handlers that are held, oldest first. */
export class Handlers {
	#held: readonly Handler[] = [];
	#seen: readonly InHand[] = NOTHING_IN_HAND;

	/** What is seen of them; the same array as long as nothing changed. */
	get seen(): readonly InHand[] {
		return this.#seen;
	}

	snapshot(): readonly Handler[] {
		return this.#held;
	}

	putBack(held: readonly Handler[]): void {
		if (held !== this.#held) this.#replace(held);
	}

	add(handler: Handler): void {
		this.#replace([...this.#held, handler]);
	}

	find(selector: HandlerSelector): Handler | null {
		return this.#held[findInHand(selector, { in_hand: this.#seen })] ?? null;
	}

	/** It stands elsewhere; null: it is done. */
	move(handler: Handler, to: Handler | null): void {
		this.#replace(this.#held.flatMap((one) => (one !== handler ? [one] : to === null ? [] : [to])));
	}

	/** A connection is over: nobody waits for an answer on it any more. */
	hangUp(host: number, lane: Lane): void {
		if (this.#held.length === 0) return;
		this.#replace(this.#held.map((one) => unheard(one, host, lane)));
	}

	/** The server that held them is no more. */
	clear(): void {
		if (this.#held.length > 0) this.#replace([]);
	}

	#replace(held: readonly Handler[]): void {
		this.#held = held;
		this.#seen = held.length === 0 ? NOTHING_IN_HAND : held.map(inHand);
	}
}

/** A handler when a connection is over, on which somebody may have waited for its answer. */
export function unheard(handler: Handler, host: number, lane: Lane): Handler {
	const flight = handler.flight === null ? null : afterHangUp(handler.flight, host, lane);
	return flight === handler.flight ? handler : { ...handler, flight };
}

/** A handler at its beginning, which stands before its first change, if it has one to make. */
export function begin(system: Composition, begun: Begun, flight: Flight | null): Handler {
	const handler = { begun, flight, commits: 0, reply: null };
	if (isOfVersion(begun)) {
		const all = unitsOfVersion(system.setup, begun.version).map(
			(unit): Step => ({ do: 'ask', unit, restarts: restartsOf(system, unit) }),
		);
		const left = stepsToChange(system, begun, all);
		const saw = begun.kind === 'user-restarts-version' ? { executions: shown(system, begun) } : {};
		return { ...handler, ...saw, steps: left.length > 0 ? left : all.slice(-1) };
	}
	if (begun.kind !== 'monitor-runs') return { ...handler, steps: [{ do: 'request' }] };
	const steps = system.tasks.flatMap((snapshot, task): Step[] =>
		isUnderWay(system.tables.task.value(snapshot)) ? [{ do: 'sweep', task }] : [],
	);
	const all: Step[] = [...steps, { do: 'look at units' }];
	const left = stepsToChange(system, begun, all);
	// Without a change to make it stands before its last look, which is at a unit, if there is one.
	return { ...handler, steps: left.length > 0 ? left : pendingUnits(system).slice(-1) };
}

/** Lets a handler do what it stands before, and go on up to its next change. */
export function goOn(
	system: Composition,
	handler: Handler,
	handle: (handler: Handler) => void,
): Handler {
	const [step, ...rest] = handler.steps;
	if (step === undefined) return handler;
	const { begun } = handler;
	const before = system.snapshot();
	let { reply } = handler;
	let then = rest;
	if (step.do === 'request') {
		handle(handler);
		reply = system.reply;
		then = system.later.map(({ unit }) => ({ do: 'restart', unit }));
		system.later = [];
	} else take(system, begun, step);
	if (isOfVersion(begun)) reply = { ...answerOfVersion(system.setup, begun), ...OF_NO_TASK };
	const commits = handler.commits + (isSame(before, system.snapshot()) ? 0 : 1);
	return { ...handler, reply, commits, steps: stepsToChange(system, begun, then) };
}

/** The steps from the first on that would change something now. */
function stepsToChange(system: Composition, begun: Begun, steps: readonly Step[]): readonly Step[] {
	const [step, ...rest] = steps;
	if (step === undefined) return [];
	if (step.do === 'look at units')
		return stepsToChange(system, begun, [...pendingUnits(system), ...rest]);
	const before = system.snapshot();
	take(system, begun, step);
	if (isSame(before, system.snapshot())) return stepsToChange(system, begun, rest);
	system.putBack(before);
	return steps;
}

function take(system: Composition, begun: Begun, step: Step): void {
	if (step.do === 'ask' && isOfVersion(begun)) askUnit(system, step.unit, begun, step.restarts);
	if (step.do === 'sweep') sweep(system, step.task);
	if (step.do === 'restart') sweepUnit(system, step.unit);
}

function shown({ setup, tables, tasks }: Composition, { version }: EventOfVersion): number[] {
	const { versions } = versionsOf(setup);
	return (versions[placeOf(versions, version)]?.tasks ?? []).map(
		(task) => tables.task.context(tasks[task] ?? 0).execution,
	);
}

const isOfVersion = (begun: Begun): begun is EventOfVersion =>
	begun.kind === 'user-aborts-version' || begun.kind === 'user-restarts-version';

const isUnderWay = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && 'inProgress' in value;

const pendingUnits = ({ units, tables }: Composition): Step[] =>
	units.flatMap((snapshot, unit): Step[] =>
		isPending(tables.unit.context(snapshot)) ? [{ do: 'restart', unit }] : [],
	);

const same = <Item>(one: readonly Item[], other: readonly Item[]): boolean =>
	one.every((item, place) => item === other[place]);

/** Whether the server's machines and pages are the same. */
const isSame = (one: CompositionSnapshot, other: CompositionSnapshot): boolean =>
	one.server === other.server &&
	same(one.quotas, other.quotas) &&
	same(one.tasks, other.tasks) &&
	same(one.units, other.units) &&
	same(one.pages, other.pages);

/** What is in hand, and is about no single task. */
const OF_ALL = { task: null, execution: null };

/** A handler as it is seen. */
export function inHand({ begun, flight, executions, commits }: Handler): InHand {
	if (flight !== null) {
		const { route, host, task, execution, details, awaited } = flight.message;
		return { route, host, task, execution, details, awaited, failed_only: false, commits };
	}
	const nobody = { host: null, details: null, failed_only: false, commits };
	switch (begun.kind) {
		case 'user-aborts':
			return { ...nobody, route: 'abort', task: begun.task, execution: null, awaited: true };
		case 'user-restarts': {
			const { task, execution, failed_only = false } = begun;
			return { ...nobody, route: 'restart', task, execution, failed_only, awaited: true };
		}
		case 'user-restarts-when-finished': {
			const { task, execution, failed_only = false, abort } = begun;
			const route = 'restart-when-finished';
			const how = { failed_only, ...(abort === true ? { abort } : {}) };
			return { ...nobody, route, task, execution, ...how, awaited: true };
		}
		case 'user-aborts-version': {
			const { version } = begun;
			const of = version === undefined ? {} : { version };
			return { ...nobody, ...OF_ALL, route: 'abort-version', ...of, awaited: true };
		}
		case 'user-restarts-version': {
			const { kind: _, failed_only = false, ...asked } = begun;
			const of = { ...OF_ALL, ...asked, ...(executions === undefined ? {} : { executions }) };
			return { ...nobody, ...of, route: 'restart-version', failed_only, awaited: true };
		}
		default:
			return { ...nobody, ...OF_ALL, route: 'monitor', awaited: false };
	}
}
