import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { AgentSetup, Configurations, Work } from '../ports/configuration.ts';
import type { Reports } from '../ports/reports.ts';
import type { Shell } from '../ports/shell.ts';
import type { Sleep, Timers } from '../ports/timers.ts';
import type { Transport } from '../ports/transport.ts';
import type { Awaitable } from '../store/store.ts';
import { type AnswerBody, isRefused } from '../wire/answer.ts';
import type { Remarks } from '../wire/remarks.ts';
import { Client } from './client.ts';
import { HostGroup } from './host-group.ts';
import { type HostIdentity, Requests } from './requests.ts';
import { AGENT_RULES, type AgentRules } from './rules.ts';
import { TaskRun, type TaskRunPorts } from './task-run.ts';
import type { AgentVariant } from './variant.ts';

/** Seconds between two questions for work, doubling while there is none (lifecycle 1.5). */
const FIRST_POLL_S = 10;
const LONGEST_POLL_S = 60;

export interface AgentOptions {
	readonly host: HostIdentity;
	readonly transport: Transport;
	readonly timers: Timers;
	readonly shell: Shell;
	readonly configurations: Configurations;
	readonly reports: Reports;
	/** How often a call is sent at the most. */
	readonly callAttempts: number;
	/** How a request for a restart sets out. */
	readonly variant: AgentVariant;
	/** Decisions that replace the correct ones: for deviations only. */
	readonly rules?: Partial<AgentRules>;
}

/** Why an agent left its loop. */
export type Departure =
	| { readonly kind: 'stopped' }
	/** The app server told it to exit. */
	| { readonly kind: 'dismissed' }
	/** The app server refused to talk to this host (lifecycle 4.1). */
	| { readonly kind: 'refused'; readonly status: number };

/** The program on a host that asks for tasks and runs them, one at a time (lifecycle 4.1). */
export class Agent {
	readonly client: Client;
	/** The execution that the agent holds: from the moment it is handed out until its end is settled. */
	current: TaskRun | null = null;
	/** The group that the host is set up for. */
	readonly group: HostGroup;
	readonly #timers: Timers;
	readonly #requests: Requests;
	readonly #ports: Omit<TaskRunPorts, 'setup'>;
	readonly #reports: Reports;
	/** The execution that was ended last and is not done with yet. */
	#endedLast: Work | null = null;
	#sleep: Sleep | null = null;
	#departure: Departure | null = null;

	constructor(options: AgentOptions) {
		const { transport, timers, shell, configurations, variant } = options;
		const rules = { ...AGENT_RULES, ...options.rules };
		this.client = new Client(transport, timers, options.callAttempts, rules);
		this.group = new HostGroup(shell, timers, rules);
		this.#timers = timers;
		this.#requests = new Requests(options.host);
		this.#reports = options.reports;
		this.#ports = {
			transport,
			timers,
			shell,
			group: this.group,
			configurations,
			client: this.client,
			requests: this.#requests,
			variant,
			rules,
		};
	}

	/** Asks for work, does it, and asks again, until it is stopped or sent away. */
	async run(): Promise<Departure> {
		const setup = await this.#ports.configurations.ofAgent();
		let pause_s = 0;
		for (;;) {
			await this.#pause(pause_s);
			const work = this.#departure === null ? await this.#askForWork() : null;
			if (this.#departure !== null) return this.#departure;
			const ended = work !== null && (await this.#perform(work, setup));
			pause_s = ended ? 0 : Math.min(Math.max(FIRST_POLL_S, 2 * pause_s), LONGEST_POLL_S);
		}
	}

	/** Lets go of everything: commands are killed, calls are given up, and no end is sent. */
	stop(): void {
		this.#departure ??= { kind: 'stopped' };
		this.current?.lost();
		this.group.giveUp();
		this.client.giveUp();
		this.#ports.configurations.giveUp();
		this.#reports.giveUp();
		this.#sleep?.wake();
	}

	/** The local API's `task_status`: an end status, posted by a process on the host. */
	post(posted: PostedStatus, remarks: Remarks | null): void {
		this.current?.post(posted, remarks);
	}

	async #pause(duration_s: number): Promise<void> {
		if (this.#departure !== null) return;
		this.#sleep = this.#timers.sleep(duration_s, 'poll');
		await this.#sleep.over;
		this.#sleep = null;
	}

	/** Runs a task; tells whether it got to the end. */
	async #perform(work: Work, setup: AgentSetup): Promise<boolean> {
		const run = new TaskRun({ ...this.#ports, setup }, work);
		this.current = run;
		const end = await run.toEnd();
		this.current = null;
		if (end.kind === 'ended') {
			this.#endedLast = work;
			const { status, answer } = end;
			if (answer?.body.should_exit === true) this.#departure ??= { kind: 'dismissed' };
			if (status !== 'success' && answer?.status === 200)
				await this.#report((reports) => reports.failedEnd(work));
		}
		if (run.leftBehind !== null) {
			await this.#reportTornDown();
			await this.#reportLeftBehind(run.leftBehind);
		}
		return end.kind === 'ended';
	}

	/** Nothing on this host follows on the last execution: tells whether the next one can run here. */
	async #tearDown(): Promise<boolean> {
		const { isInTime, leftBehind } = await this.group.leave();
		await this.#reportTornDown();
		if (leftBehind !== null) await this.#reportLeftBehind(leftBehind);
		return isInTime;
	}

	/** The execution that ended last is done with (call 18). */
	async #reportTornDown(): Promise<void> {
		const work = this.#endedLast;
		this.#endedLast = null;
		if (work !== null) await this.#report((reports) => reports.tornDown(work));
	}

	#reportLeftBehind(leftBehind: string): Promise<void> {
		return this.#report((reports) => reports.disableHost(`cleanup failed: ${leftBehind}`));
	}

	/** An agent that is about to leave reports nothing more. */
	async #report(report: (reports: Reports) => Awaitable<void>): Promise<void> {
		if (this.#departure === null) await report(this.#reports);
	}

	async #askForWork(): Promise<Work | null> {
		const answer = await this.client.call(this.#requests.next());
		if (answer === null) return null;
		if (isRefused(answer.status)) this.#departure ??= { kind: 'refused', status: answer.status };
		if (answer.body.should_exit === true) this.#departure ??= { kind: 'dismissed' };
		const work = workIn(answer.body);
		// Only now is it known whether the next task follows on the last execution (lifecycle 6.3).
		if (work !== null && this.group.isSetUpFor(work)) return work;
		return (await this.#tearDown()) ? work : null;
	}
}

/** The task that an answer hands out, if any. */
function workIn(body: AnswerBody): Work | null {
	const { task_id: task, task_secret: secret, task_execution: execution } = body;
	if (task === undefined || secret === undefined || execution === undefined) return null;
	const { task_group: group = '', version = '', build = '' } = body;
	const { task_group_restarts: restarts = execution } = body;
	return {
		execution: { task, execution },
		secret,
		...(group === '' ? {} : { group: { group, version, build, restarts } }),
	};
}
