import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { AgentHost, type AgentHostOptions } from '../host/agent-host.ts';
import { createHttpApp, type HttpApp } from '../http/app.ts';
import { systemClock, systemRandomness } from '../http/system-ports.ts';
import { load } from '../server/loading.ts';
import { MemoryStore } from '../store/memory.ts';
import type { TaskRecord } from '../store/store.ts';
import { testFolder } from './folder.ts';
import { serveTest, type TestServer } from './http.ts';

/** Answers a request in place of the app server, or lets it through with `forward`. */
export type Interception = (
	request: Request,
	forward: (request: Request) => Promise<Response>,
) => Response | Promise<Response>;

/** How long a second lasts in tests. */
export const PACE = 0.05;

/** The app server on a socket, for real agents on this machine. */
export class HostFixture {
	readonly store = new MemoryStore();
	readonly folder = testFolder();
	readonly app: HttpApp;
	/** Stands between agents and app server. */
	intercept: Interception = (request, forward) => forward(request);
	#server: TestServer | null = null;

	static async of(setup: Setup): Promise<HostFixture> {
		const fixture = new HostFixture(setup);
		await load(fixture.store, setup, systemRandomness);
		fixture.#server = await serveTest((request) =>
			fixture.intercept(request, (forwarded) => fixture.app.fetch(forwarded)),
		);
		return fixture;
	}

	private constructor({ policy }: Setup) {
		this.app = createHttpApp({
			store: this.store,
			clock: systemClock(),
			randomness: systemRandomness,
			policy,
			log: pino({ level: 'silent' }),
		});
	}

	get server(): TestServer {
		if (this.#server === null) throw new Error('the fixture was not built');
		return this.#server;
	}

	secret(host = 'h1'): string {
		return this.store.committedHost(host)?.secret ?? '';
	}

	task(id = 't1'): TaskRecord {
		const task = this.store.committedTask(id);
		if (task === undefined) throw new Error(`no task "${id}"`);
		return task;
	}

	/** Starts an agent on a host of the setup; it is stopped when the test is over. */
	async agent(options: Partial<AgentHostOptions> = {}): Promise<AgentHost> {
		const agent = await AgentHost.start({
			apiServer: this.server.url,
			host: { id: 'h1', secret: this.secret() },
			workingDirectory: this.folder,
			statusPort: 0,
			pace: PACE,
			...options,
		});
		onTestFinished(() => agent.stop());
		return agent;
	}
}
