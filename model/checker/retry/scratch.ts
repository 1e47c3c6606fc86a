import { Composition } from '../../system/composition.ts';
import { Happenings } from '../../system/happenings.ts';
import type { Flight } from '../../system/network.ts';
import type { Answering } from '../../system/tables.ts';
import type { Event } from '../../vocabulary/event.ts';
import type { Message } from '../../vocabulary/message.ts';
import type { Answer } from '../../vocabulary/observation.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import type { NetworkStep } from '../product.ts';
import { Local, NOW } from './local.ts';
import { Messages, Recorder } from './messages.ts';

/** What a step did, apart from the machines: for observers and for stories. */
export interface Happened {
	readonly event: Event;
	readonly answer: Answer | null;
	readonly gone: readonly Message[];
	readonly come: readonly Message[];
	/** Hours that passed. */
	readonly hours: number;
}

/** Components: the app server, the quota, then the tasks, then the hosts. */
export const SERVER = 0;
export const QUOTA = 1;
export const taskPlace = (task: number): number => 2 + task;
export const hostPlace = ({ tasks }: Setup, host: number): number => 2 + tasks.length + host;

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
export class Scratch {
	readonly setup: Setup;
	readonly tables: Answering;
	readonly local: Local;
	readonly messages = new Messages();
	readonly initial: readonly number[];
	readonly #recorder: Recorder;
	readonly #system: Composition;
	readonly #happenings: Happenings;
	readonly #first: { server: number; quota: number };

	constructor(setup: Setup, tables: Answering) {
		this.setup = setup;
		this.tables = tables;
		this.local = new Local(tables);
		this.#recorder = new Recorder(setup, this.messages);
		this.#system = new Composition(setup, tables, this.#recorder);
		this.#happenings = new Happenings(this.#system);
		const { server, quota, tasks, hosts } = this.#system;
		this.#first = { server, quota };
		this.initial = [
			server,
			quota,
			...tasks.map((snapshot) => this.local.firstTask(snapshot)),
			...hosts.map((host) => this.local.hostId(host)),
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

	/** Lets a part of an event happen. */
	part(
		event: Event,
		reads: readonly number[],
		states: readonly number[],
		hours: number,
		act: (system: Composition) => void,
	): Done {
		this.#load(reads, states, null);
		this.#system.hour += hours;
		act(this.#system);
		return this.#done(event, null, reads, hours);
	}

	#load(reads: readonly number[], states: readonly number[], flight: Flight | null): void {
		const system = this.#system;
		const { tasks, hosts } = this.setup;
		this.#recorder.hold(flight);
		system.hour = NOW;
		system.later = [];
		system.reply = null;
		system.server = this.#first.server;
		system.quota = this.#first.quota;
		for (const task of tasks.keys()) this.#loadTask(task, this.initial[taskPlace(task)] ?? 0);
		for (const host of hosts.keys())
			this.#loadHost(host, this.initial[hostPlace(this.setup, host)] ?? 0);
		for (const [place, component] of reads.entries()) {
			const state = states[place] ?? 0;
			if (component === SERVER) system.server = state;
			else if (component === QUOTA) system.quota = state;
			else if (component < taskPlace(tasks.length)) this.#loadTask(component - 2, state);
			else this.#loadHost(component - 2 - tasks.length, state);
		}
	}

	#loadTask(task: number, state: number): void {
		const { snapshot, page } = this.local.task(state);
		this.#system.tasks[task] = snapshot;
		this.#system.ledger.turnTo(task, page);
	}

	#loadHost(host: number, state: number): void {
		this.#system.hosts[host] = { ...this.local.host(state) };
	}

	#done(event: Event, answer: Answer | null, reads: readonly number[], hours: number): Done {
		const { steps, gone, come } = this.#recorder;
		const writes = reads.map((component) => this.#stateOf(component, hours));
		return { happened: { event, answer, gone, come, hours }, writes, network: steps };
	}

	#stateOf(component: number, hours: number): number {
		const system = this.#system;
		const { tasks } = this.setup;
		if (component === SERVER) return system.server;
		if (component === QUOTA) return system.quota;
		if (component < taskPlace(tasks.length)) {
			const task = component - 2;
			return this.local.taskId({
				snapshot: system.tasks[task] ?? 0,
				page: system.ledger.page(task),
				hours,
			});
		}
		const host = system.hosts[component - 2 - tasks.length];
		if (host === undefined) throw new RangeError(`no component ${component}`);
		return this.local.hostId(host);
	}
}
