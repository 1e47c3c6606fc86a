import { type Logger, pino } from 'pino';
import type { Project } from '../../model/vocabulary/project.ts';
import { Policy } from '../../model/vocabulary/setup.ts';
import { createHttpApp, type HttpApp } from '../http/app.ts';
import { systemRandomness } from '../http/system-ports.ts';
import { newUser } from '../server/users.ts';
import { SimulatedClock } from '../simulated/clock.ts';
import { MemoryStore } from '../store/memory.ts';
import type { Role, Store, TaskRecord } from '../store/store.ts';
import type { EndDetail } from '../wire/end-detail.ts';
import { conforming } from './conformance.ts';

export interface Asked {
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

export interface Answered {
	readonly status: number;
	/** Read as JSON, or bytes. */
	readonly body: unknown;
}

export const PROJECT: Project = {
	id: 'p1',
	tasks: [
		{
			name: 'compile',
			commands: [
				{ command: 'shell.exec', params_yaml: 'script: exit 1\n', retry_on_failure: true },
			],
		},
		{ name: 'lint', commands: [{ func: 'setup', retry_on_failure: true }] },
	],
	functions: { setup: [{ command: 'shell.exec', background: true }] },
	post: [{ command: 's3.put' }],
};

const SILENT: Logger = pino({ level: 'silent' });
const FAILED: EndDetail = {
	status: 'failed',
	type: 'test',
	desc: '',
	timed_out: false,
	timeout_type: '',
};

/**
 * The whole app server without a socket, reached by requests only: an admin, a user, hosts h1 and h2, and
 * version v1 with the tasks v1_ubuntu_compile and v1_ubuntu_lint. Every answer is checked against the document.
 */
export class HttpFixture {
	readonly clock = new SimulatedClock();
	readonly store = new MemoryStore();
	readonly app: HttpApp;
	readonly keys: Record<Role, string> = { admin: '', user: '' };
	/** Operations that were answered with success. */
	readonly succeeded = new Set<string>();
	#failure: Error | null = null;

	static readonly task = 'v1_ubuntu_compile';

	static async of(policy: Partial<Policy> = {}, log = SILENT): Promise<HttpFixture> {
		const fixture = new HttpFixture(Policy.parse(policy), log);
		const { context } = fixture.app;
		for (const role of ['admin', 'user'] as const) {
			const { user, key } = newUser(context, role, [role]);
			await fixture.store.transaction((tx) => tx.saveUser(user));
			fixture.keys[role] = key;
		}
		await fixture.admin('PUT', 'admin/projects/p1', PROJECT);
		await fixture.admin('PUT', 'admin/hosts/h1');
		await fixture.admin('PUT', 'admin/hosts/h2');
		await fixture.admin('POST', 'admin/projects/p1/versions', { id: 'v1', variants: ['ubuntu'] });
		return fixture;
	}

	/** The same, with the first task started on h1. */
	static async started(policy?: Partial<Policy>, log = SILENT): Promise<HttpFixture> {
		const fixture = await HttpFixture.of(policy, log);
		await fixture.agent('GET', 'hosts/h1/agent/next_task');
		await fixture.agent('POST', `task/${HttpFixture.task}/start`);
		return fixture;
	}

	/** Lets every transaction fail from now on. */
	failStore(error: Error): void {
		this.#failure = error;
	}

	private constructor(policy: Policy, log: Logger) {
		const { clock } = this;
		const store: Store = {
			transaction: async (work) => {
				if (this.#failure !== null) throw this.#failure;
				return this.store.transaction(work);
			},
		};
		this.app = createHttpApp({ store, clock, policy, log, randomness: systemRandomness });
	}

	/** The record of a task. */
	record(task = HttpFixture.task): TaskRecord {
		const record = this.store.committedTask(task);
		if (record === undefined) throw new Error(`no task "${task}"`);
		return record;
	}

	/** Everything that is in the store, as one value. */
	async everything(): Promise<unknown> {
		return this.store.transaction(async (tx) => {
			const tasks = await tx.tasksOfVersion('v1');
			return structuredClone({
				tasks,
				histories: await Promise.all(tasks.map(({ id }) => tx.history(id))),
				hosts: await tx.hosts(),
				project: await tx.project('p1'),
				users: [await tx.user('admin'), await tx.user('user')],
				version: [await tx.version('v1'), await tx.version('v2')],
				policy: await tx.policy(),
			});
		});
	}

	/** The right headers of a host and of the live execution of a task. */
	identity(host = 'h1', task = HttpFixture.task): Record<string, string> {
		return {
			'Host-Id': host,
			'Host-Secret': this.store.committedHost(host)?.secret ?? '',
			'Task-Id': task,
			'Task-Secret': this.record(task).secret,
		};
	}

	userHeaders(role: Role): Record<string, string> {
		return { 'Api-User': role, 'Api-Key': this.keys[role] };
	}

	agent(
		method: string,
		path: string,
		body?: unknown,
		headers = this.identity(),
	): Promise<Answered> {
		return this.ask(method, `/rest/v2/${path}`, { headers, body });
	}

	user(method: string, path: string, body?: unknown): Promise<Answered> {
		return this.ask(method, `/rest/v2/${path}`, { headers: this.userHeaders('user'), body });
	}

	admin(method: string, path: string, body?: unknown): Promise<Answered> {
		return this.ask(method, `/rest/v2/${path}`, { headers: this.userHeaders('admin'), body });
	}

	end(details: Partial<EndDetail> = {}, headers = this.identity()): Promise<Answered> {
		const path = `hosts/h1/task/${HttpFixture.task}/end`;
		return this.agent('POST', path, { ...FAILED, ...details }, headers);
	}

	async ask(method: string, path: string, { headers = {}, body }: Asked = {}): Promise<Answered> {
		const request = new Request(`http://app.invalid${path}`, {
			method,
			headers: { 'Content-Type': 'application/json', ...headers },
			...(body === undefined
				? {}
				: { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		const response = await this.app.fetch(request);
		const { name, body: answer } = await conforming(
			method,
			new URL(request.url).pathname,
			response,
		);
		if (name !== null && response.ok) this.succeeded.add(name);
		return { status: response.status, body: answer };
	}
}
