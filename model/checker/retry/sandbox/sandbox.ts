import { Composition } from '../../../system/composition.ts';
import { type Handler, Handlers } from '../../../system/handlers.ts';
import { Happenings } from '../../../system/happenings.ts';
import type { Flight } from '../../../system/network.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { Answering } from '../../../system/tables.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import type { Message } from '../../../vocabulary/message.ts';
import type { Answer, InHand } from '../../../vocabulary/observation.ts';
import type { Setup } from '../../../vocabulary/setup.ts';
import { versionsOf } from '../../../vocabulary/versions.ts';
import type { NetworkStep } from '../../engine/product/product.ts';
import { Local, NOW } from './local.ts';
import { Messages, Recorder } from './messages.ts';

/** What a step did, apart from the machines: for observers and for stories. */
export interface Happened {
	readonly event: Event;
	readonly answer: Answer | null;
	readonly gone: readonly Message[];
	readonly come: readonly Message[];
	/** Minutes that passed. */
	readonly minutes: number;
	/** The handler that was held, or that went on, before and after. */
	readonly held?: { readonly was: readonly InHand[]; readonly is: readonly InHand[] };
}

/** Components: the app server, the first quota, then the units, each with its tasks, then the hosts, and further quotas. */
export const SERVER = 0;
export const FIRST_QUOTA = 1;
const FIRST_UNIT = 2;
export const unitPlace = (unit: number): number => FIRST_UNIT + unit;
/** The component in which a task is. */
export const taskPlace = (setup: Setup, task: number): number =>
	unitPlace(shapeOf(setup).unitOf[task] ?? 0);
export const hostPlace = (setup: Setup, host: number): number =>
	unitPlace(shapeOf(setup).units.length) + host;

/** The component in which the quota of a project is. */
export const quotaPlace = (setup: Setup, project: number): number =>
	project === 0 ? FIRST_QUOTA : hostPlace(setup, setup.hosts.length) + project - 1;
/** Those of all projects. */
export const quotaPlaces = (setup: Setup): number[] =>
	versionsOf(setup).projects.map((_, project) => quotaPlace(setup, project));

/** The project whose quota a component is; -1: it is none. */
const quotaAt = (setup: Setup, component: number): number => quotaPlaces(setup).indexOf(component);

/** The unit that a component is; null: it is none. */
export function unitAt(setup: Setup, component: number): number | null {
	const unit = component - FIRST_UNIT;
	return unit >= 0 && unit < shapeOf(setup).units.length ? unit : null;
}

/** What becomes of some components by an event, or a part of one. */
export interface Done {
	readonly happened: Happened;
	readonly writes: readonly number[];
	readonly network: readonly NetworkStep[];
}

/**
 * One system at work in which a few components are put into given states, and all others are as at
 * the beginning: whatever happens there may depend on nothing but what was put in.
 */
export class Sandbox {
	readonly setup: Setup;
	readonly tables: Answering;
	readonly local: Local;
	readonly messages = new Messages();
	readonly initial: readonly number[];
	readonly #recorder: Recorder;
	readonly #system: Composition;
	readonly #handlers = new Handlers();
	readonly #happenings: Happenings;
	readonly #first: { server: number; quotas: readonly number[] };

	constructor(setup: Setup, tables: Answering) {
		this.setup = setup;
		this.tables = tables;
		this.local = new Local(tables);
		this.#recorder = new Recorder(setup, this.messages);
		this.#system = new Composition(setup, tables, this.#recorder);
		this.#happenings = new Happenings(this.#system, this.#handlers);
		const { server, quotas, units, hosts } = this.#system;
		const [quota = 0, ...others] = quotas;
		this.#first = { server, quotas: [...quotas] };
		this.initial = [
			server,
			quota,
			...[...units.keys()].map((unit) => this.#unitState(unit, 0)),
			...hosts.map((host) => this.local.hostId(host)),
			...others,
		];
	}

	/** Lets an event happen, with the message that it is about in flight. */
	happen(
		event: Event,
		reads: readonly number[],
		states: readonly number[],
		flight: Flight | null,
	): Done {
		this.#load(reads, states, flight);
		const answer = this.#happenings.happen(event);
		return this.#done(event, answer, reads, 0);
	}

	/** Lets a handler be held, with the request that it is for in flight, or go on. */
	hold(
		event: Event,
		reads: readonly number[],
		states: readonly number[],
		carried: { readonly flight: Flight | null; readonly handler: Handler | null },
	): Done {
		this.#load(reads, states, carried.flight);
		this.#handlers.putBack(carried.handler === null ? [] : [carried.handler]);
		const was = this.#handlers.seen;
		const answer = this.#happenings.happen(event);
		const [is = null] = this.#handlers.snapshot();
		this.#recorder.handler(carried.handler, is);
		const done = this.#done(event, answer, reads, 0);
		const held = { was, is: this.#handlers.seen };
		this.#handlers.clear();
		return { ...done, happened: { ...done.happened, held } };
	}

	/** Lets a part of an event happen. */
	part(
		event: Event,
		reads: readonly number[],
		states: readonly number[],
		minutes: number,
		act: (system: Composition) => void,
	): Done {
		this.#load(reads, states, null);
		this.#system.minute += minutes;
		act(this.#system);
		return this.#done(event, null, reads, minutes);
	}

	#load(reads: readonly number[], states: readonly number[], flight: Flight | null): void {
		const system = this.#system;
		const { setup } = this;
		this.#recorder.hold(flight);
		system.minute = NOW;
		system.later = [];
		system.reply = null;
		system.server = this.#first.server;
		for (const [project, quota] of this.#first.quotas.entries()) system.quotas[project] = quota;
		for (const unit of system.units.keys())
			this.#loadUnit(unit, this.initial[unitPlace(unit)] ?? 0);
		for (const host of setup.hosts.keys())
			this.#loadHost(host, this.initial[hostPlace(setup, host)] ?? 0);
		for (const [place, component] of reads.entries()) {
			const state = states[place] ?? 0;
			const unit = unitAt(setup, component);
			const project = quotaAt(setup, component);
			if (component === SERVER) system.server = state;
			else if (project >= 0) system.quotas[project] = state;
			else if (unit !== null) this.#loadUnit(unit, state);
			else this.#loadHost(component - hostPlace(setup, 0), state);
		}
	}

	#loadUnit(unit: number, state: number): void {
		const { snapshot, members } = this.local.unit(state);
		this.#system.units[unit] = snapshot;
		for (const { task, snapshot, page } of members) {
			this.#system.tasks[task] = snapshot;
			this.#system.ledger.turnTo(task, page);
		}
	}

	#loadHost(host: number, state: number): void {
		this.#system.hosts[host] = { ...this.local.host(state) };
	}

	#done(event: Event, answer: Answer | null, reads: readonly number[], minutes: number): Done {
		const { steps, gone, come } = this.#recorder;
		this.#onlyTouched(reads);
		const writes = reads.map((component) => this.#stateOf(component, minutes));
		return { happened: { event, answer, gone, come, minutes }, writes, network: steps };
	}

	/** @throws RangeError if something else was touched than what was put in: a mistake of a rule. */
	#onlyTouched(reads: readonly number[]): void {
		const { server, quotas, units, tasks, hosts } = this.#system;
		const refuse = (component: number): void => {
			throw new RangeError(`a step changed component ${component}, which its rule does not read`);
		};
		if (server !== this.initial[SERVER] && !reads.includes(SERVER)) refuse(SERVER);
		for (const [project, quota] of quotas.entries()) {
			const place = quotaPlace(this.setup, project);
			if (quota !== this.initial[place] && !reads.includes(place)) refuse(place);
		}
		for (const [unit, snapshot] of units.entries()) {
			const place = unitPlace(unit);
			if (reads.includes(place)) continue;
			const first = this.local.unit(this.initial[place] ?? 0);
			if (
				first.snapshot !== snapshot ||
				first.members.some((member) => tasks[member.task] !== member.snapshot)
			)
				refuse(place);
		}
		for (const [host, state] of hosts.entries()) {
			const place = hostPlace(this.setup, host);
			if (!reads.includes(place) && this.local.hostId(state) !== this.initial[place]) refuse(place);
		}
	}

	#stateOf(component: number, minutes: number): number {
		const system = this.#system;
		if (component === SERVER) return system.server;
		const project = quotaAt(this.setup, component);
		if (project >= 0) return system.quotas[project] ?? 0;
		const unit = unitAt(this.setup, component);
		if (unit !== null) return this.#unitState(unit, minutes);
		const host = system.hosts[component - hostPlace(this.setup, 0)];
		if (host === undefined) throw new RangeError(`no component ${component}`);
		return this.local.hostId(host);
	}

	#unitState(unit: number, minutes: number): number {
		const { units, tasks, ledger } = this.#system;
		const members = shapeOf(this.setup).units[unit]?.members ?? [];
		return this.local.unitId({
			snapshot: units[unit] ?? 0,
			members: members.map((task) => ({
				task,
				snapshot: tasks[task] ?? 0,
				page: ledger.page(task),
			})),
			minutes,
		});
	}
}
