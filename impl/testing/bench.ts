import type { Route } from '../../model/vocabulary/message.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { type AppServer, createAppServer } from '../server/app-server.ts';
import { load } from '../server/loading.ts';
import type { Rules } from '../server/rules.ts';
import { SimulatedClock } from '../simulated/clock.ts';
import { SimulatedRandomness } from '../simulated/randomness.ts';
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

/** An app server on a workbench, with what is needed to speak to it by hand. */
export class Bench {
	readonly clock = new SimulatedClock();
	readonly store = new MemoryStore();
	readonly server: AppServer;
	readonly #randomness = new SimulatedRandomness();

	static async of(setup: Setup = setupOf(), rules: Partial<Rules> = {}): Promise<Bench> {
		const bench = new Bench(setup, rules);
		await load(bench.store, setup, bench.#randomness);
		return bench;
	}

	private constructor({ policy }: Setup, rules: Partial<Rules>) {
		const { clock, store } = this;
		this.server = createAppServer({ store, clock, randomness: this.#randomness, policy, rules });
	}

	/** Bench with t1 started on h1. */
	static async started(setup?: Setup): Promise<Bench> {
		const bench = await Bench.of(setup);
		await bench.call('next');
		await bench.call('start');
		return bench;
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
			[HEADER.taskSecret]: this.task(task).secret,
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

	async restart(execution: unknown, task = 't1'): Promise<Said> {
		return this.say(new LightRequest('POST', userPath(task, 'restart'), {}, { execution }));
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
