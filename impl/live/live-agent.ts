import { join } from 'node:path';
import type { Doing } from '../../model/vocabulary/observation.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import { Agent } from '../agent/agent.ts';
import { flagAgent } from '../designs/flag-agent.ts';
import { HttpConfigurations } from '../host/configurations.ts';
import { HttpReports } from '../host/reports.ts';
import { RealShell } from '../host/shell.ts';
import { StatusServer } from '../host/status-server.ts';
import type { TimedOut } from '../host/time-limits.ts';
import { HttpTransport } from '../host/transport.ts';
import { SimulatedTimers } from '../simulated/timers.ts';
import type { AgentOrder, AgentSnapshot, Engagement } from './agent-orders.ts';
import { CountedTransport } from './counted-transport.ts';
import { SteeredLimits } from './steered-limits.ts';
import { SteeredShell } from './steered-shell.ts';

type Timer = Extract<AgentOrder, { kind: 'fire' }>['timer'];

/** An agent with a real socket, real commands and a real local API, and with timers that are steered. */
export class LiveAgent {
	readonly #agent: Agent;
	readonly #timers = new SimulatedTimers();
	readonly #limits = new SteeredLimits();
	readonly #transport: CountedTransport;
	readonly #realShell: RealShell;
	readonly #shell: SteeredShell;
	readonly #status: StatusServer;
	/** What ended the agent's loop, which only a bug can. */
	#bug: { readonly error: unknown } | null = null;

	static async start(engagement: Engagement): Promise<LiveAgent> {
		let agent: LiveAgent | null = null;
		const status = await StatusServer.start(0, () =>
			agent === null ? null : agent.#agent.current,
		);
		agent = new LiveAgent(engagement, status);
		return agent;
	}

	private constructor(engagement: Engagement, status: StatusServer) {
		const { host, apiServer, callAttempts, folder, pipes } = engagement;
		this.#status = status;
		this.#transport = new CountedTransport(new HttpTransport({ apiServer }));
		this.#realShell = new RealShell({
			workingDirectory: join(folder, 'work'),
			logs: join(folder, 'logs'),
			secrets: [],
			environment: {},
			limitsOf: () => this.#limits,
		});
		this.#shell = new SteeredShell(this.#realShell, pipes);
		const asking = { apiServer, host, timers: this.#timers, callAttempts };
		this.#agent = new Agent({
			host,
			variant: flagAgent,
			transport: this.#transport,
			timers: this.#timers,
			shell: this.#shell,
			configurations: new HttpConfigurations(asking),
			reports: new HttpReports(asking),
			callAttempts,
		});
		this.#agent.run().then(
			(departure) => {
				if (departure.kind !== 'stopped')
					this.#bug = { error: new Error(`the agent left: ${JSON.stringify(departure)}`) };
			},
			(error: unknown) => {
				this.#bug = { error };
			},
		);
	}

	fire(timer: Timer): void {
		switch (timer) {
			case 'poll':
				return this.#timers.poll();
			case 'beat':
				return this.#timers.beat();
			case 'deadline':
				return this.#timers.reachDeadline();
		}
	}

	/** Time passes by the clock of its timers. */
	pass(minutes: number, cutOff: boolean): { timedOut: boolean; isBeatDue: boolean } {
		const fenced = this.#timers.pass(minutes * 60, cutOff);
		const isLeaving = this.#shell.foreground?.position.block === 'teardown_group';
		const timedOut = !fenced && isLeaving && this.#timers.fenced_s >= TIMING.teardown_group_s;
		if (timedOut) this.timeOut('timed-out-block');
		return { timedOut, isBeatDue: this.#timers.isBeatDue };
	}

	timeOut(outcome: TimedOut): void {
		this.#limits.runOut(outcome);
	}

	look(): AgentSnapshot {
		if (this.#bug !== null) throw this.#bug.error;
		const { current, group } = this.#agent;
		const { foreground, behind } = this.#shell;
		return {
			atRest: this.#isAtRest(),
			execution: current?.execution ?? null,
			group: group.seen,
			doing: this.#doing(),
			posted: current?.status.posted ?? null,
			opened: this.#transport.opened,
			open: this.#transport.awaited,
			foreground: foreground?.command ?? null,
			behind: [...behind],
			statusUrl: `http://127.0.0.1:${this.#status.port}/task_status`,
		};
	}

	/** Lets go of everything. */
	async leave(): Promise<void> {
		this.#agent.stop();
		this.#status.close();
		await this.#shell.finish(false);
		this.#realShell.dismiss();
	}

	/** The process is about to end. */
	killNow(): void {
		this.#realShell.killNow();
	}

	#isAtRest(): boolean {
		const beats = this.#transport.awaits('heartbeat') ? 1 : 0;
		return (
			this.#timers.beats === beats &&
			(this.#timers.isPolling || this.#shell.foreground !== null || this.#transport.awaits('call'))
		);
	}

	#doing(): Doing {
		const { foreground } = this.#shell;
		if (foreground !== null) return { kind: 'running', position: foreground.position };
		const { pending } = this.#agent.client;
		return pending === null ? { kind: 'idle' } : { kind: 'calling', ...pending };
	}
}
