import type { Route } from '../../model/vocabulary/message.ts';
import type {
	DisplayTaskObservation,
	TaskObservation,
	VersionStatus,
} from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { type AppServer, createAppServer } from '../routes/app-server.ts';
import { load } from '../server/loading.ts';
import type { Rules } from '../server/rules.ts';
import { SimulatedClock } from '../simulated/clock.ts';
import { SimulatedRandomness } from '../simulated/randomness.ts';
import { VersionObserver } from '../simulated/version-observer.ts';
import { MemoryStore } from '../store/memory.ts';
import type { TaskRecord } from '../store/store.ts';
import type { EndDetail } from '../wire/end-detail.ts';
import { HEADER, type IdentityHeaders, LightRequest } from '../wire/exchange.ts';
import { endPath, nextTaskPath, taskPath, userPath } from '../wire/path.ts';
import { setupOf } from './setups.ts';

/** What a test sends in place of what is right. */
export interface Altered {
	readonly headers?: IdentityHeaders;
	readonly body?: unknown;
}

/** Status and outcome of an answer, as one word each. */
export type Said = readonly [status: number, outcome: unknown];

const FAILED: EndDetail = {
	status: 'failed',
	type: 'test',
	desc: '',
	timed_out: false,
	timeout_type: '',
};

/** An app server in memory, with what is needed to speak to it by hand. */
export class ServerFixture {
	readonly clock = new SimulatedClock();
	readonly store: MemoryStore;
	readonly server: AppServer;
	readonly #setup: Setup;
	readonly #randomness = new SimulatedRandomness();
	readonly #observer: VersionObserver;

	static async of(setup: Setup = setupOf(), rules: Partial<Rules> = {}): Promise<ServerFixture> {
		const fixture = new ServerFixture(setup, rules);
		await load(fixture.store, setup, fixture.#randomness);
		return fixture;
	}

	private constructor(setup: Setup, rules: Partial<Rules>, store = new MemoryStore()) {
		const { clock } = this;
		const { policy } = setup;
		this.#setup = setup;
		this.store = store;
		this.#observer = new VersionObserver(setup);
		this.server = createAppServer({ store, clock, randomness: this.#randomness, policy, rules });
	}

	/** The same, with t1 started on h1. */
	static async started(setup?: Setup): Promise<ServerFixture> {
		const fixture = await ServerFixture.of(setup);
		await fixture.call('next');
		await fixture.call('start');
		return fixture;
	}

	/** The same store under an app server that is correct. */
	again(): ServerFixture {
		return new ServerFixture(this.#setup, {}, this.store);
	}

	task(id = 't1'): TaskRecord {
		const task = this.store.committedTask(id);
		if (task === undefined) throw new Error(`no task "${id}"`);
		return task;
	}

	slots(): number {
		return this.store.committedProject('p1')?.slots.length ?? 0;
	}

	/** The right headers of a host and the live execution of a task. */
	headers(host = 'h1', task = 't1'): IdentityHeaders {
		return {
			[HEADER.host]: host,
			[HEADER.hostSecret]: this.store.committedHost(host)?.secret ?? '',
			[HEADER.task]: task,
			[HEADER.taskSecret]: this.store.committedTask(task)?.secret ?? '',
		};
	}

	/** A call of the agent on a host, right unless altered. */
	async call(route: Route, host = 'h1', task = 't1', altered: Altered = {}): Promise<Said> {
		const headers = altered.headers ?? this.headers(host, task);
		return this.say(request(route, host, task, headers, altered.body));
	}

	async end(details: Partial<EndDetail> = {}, host = 'h1', task = 't1'): Promise<Said> {
		return this.call('end', host, task, { body: { ...FAILED, ...details } });
	}

	async abort(task = 't1'): Promise<Said> {
		return this.say(new LightRequest('POST', userPath(task, 'abort')));
	}

	async restart(execution: unknown, task = 't1', more: object = {}): Promise<Said> {
		const body = { execution, ...more };
		return this.say(new LightRequest('POST', userPath(task, 'restart'), {}, body));
	}

	/** Hosts h1, h2 and so on ask for work and start what they get. */
	async startOn(...hosts: readonly string[]): Promise<void> {
		for (const host of hosts) {
			await this.call('next', host);
			const task = this.store.committedHost(host)?.running?.task;
			if (task === undefined) throw new Error(`nothing to do for "${host}"`);
			await this.call('start', host, task);
		}
	}

	/** What an observer sees of a task. */
	seen(id = 't1'): TaskObservation {
		const seen = this.#observer.see(this.store).tasks.find((task) => task.id === id);
		if (seen === undefined) throw new Error(`no task "${id}"`);
		return seen;
	}

	/** What an observer sees of the display tasks. */
	displays(): readonly DisplayTaskObservation[] {
		return this.#observer.see(this.store).display_tasks;
	}

	/** What an observer sees of the version. */
	version(): VersionStatus {
		return this.#observer.see(this.store).version;
	}

	/** The body of the answer to a right call. */
	async body(route: Route, host: string, task: string): Promise<unknown> {
		const asked = request(route, host, task, this.headers(host, task));
		return (await this.server.handle(asked)).json();
	}

	async say(asked: LightRequest): Promise<Said> {
		const response = await this.server.handle(asked);
		const body = await response.json();
		const outcome = body !== null && typeof body === 'object' && 'outcome' in body && body.outcome;
		return [response.status, outcome];
	}
}

function request(
	route: Route,
	host: string,
	task: string,
	headers: IdentityHeaders,
	body: unknown = FAILED,
): LightRequest {
	switch (route) {
		case 'next':
			return new LightRequest('GET', nextTaskPath(host), headers);
		case 'mark':
			return new LightRequest('POST', taskPath(task, 'restart'), headers);
		case 'end':
			return new LightRequest('POST', endPath(host, task), headers, body);
		default:
			return new LightRequest('POST', taskPath(task, route), headers);
	}
}
