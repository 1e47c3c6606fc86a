import { join } from 'node:path';
import { folderName } from '../../impl/host/folders.ts';
import {
	AGENT_RESULTS,
	type AgentOrder,
	type AgentSnapshot,
	type Engagement,
} from '../../impl/live/agent-orders.ts';
import type { Details } from '../../impl/live/channel.ts';
import type {
	CommandOutcome,
	Exit,
	Position,
	PostedStatus,
} from '../../model/vocabulary/command.ts';
import type { Child } from './child.ts';
import type { CommandPipes } from './command-pipes.ts';
import type { Pool } from './pool.ts';
import type { FaultProxy } from './proxy.ts';

/** The longest that everything may take to come to rest after an event. */
const TIMEOUT_MS = 20_000;
const AGAIN_MS = 1;

type CommandEnds = { readonly outcome: CommandOutcome; readonly exit?: Exit | undefined };

/** One host: it outlives the processes of the agents that run on it, one after another. */
export class LiveHost {
	readonly id: string;
	/** What the agent shows; null while it is dead. */
	snapshot: AgentSnapshot | null = null;
	readonly #proxy: FaultProxy;
	readonly #pipes: CommandPipes;
	readonly #pool: Pool;
	readonly #folder: string;
	#process: Child | null = null;

	constructor(id: string, proxy: FaultProxy, pipes: CommandPipes, pool: Pool) {
		this.id = id;
		this.#proxy = proxy;
		this.#pipes = pipes;
		this.#pool = pool;
		this.#folder = join(pool.folder, 'hosts', folderName(id));
	}

	/** A new agent begins, in a process that ran others before it, or in a new one. */
	async begin(engagement: Omit<Engagement, 'apiServer' | 'folder' | 'pipes'>): Promise<void> {
		if (this.#process === null || this.#process.isGone)
			this.#process = this.#pool.take('agent-process');
		this.#proxy.resetTraffic(this.id);
		const places = {
			apiServer: this.#proxy.address,
			folder: this.#folder,
			pipes: this.#pipes.folder,
		};
		await this.#ask('begin', { engagement: { ...engagement, ...places } });
		await this.rest();
	}

	/** The agent lets go of everything; its process stays. */
	async leave(): Promise<void> {
		if (this.#process?.isGone === false) await this.#ask('leave', {});
		this.snapshot = null;
	}

	/** Kills the process, and sees that no command outlives it. */
	async die(): Promise<void> {
		const process = this.#process;
		const commands = this.#commands();
		this.#process = null;
		this.snapshot = null;
		await process?.kill();
		await this.#until(
			() => this.#haveEnded(commands),
			() => 'a command outlives its agent',
		);
	}

	async fire(timer: Extract<AgentOrder, { kind: 'fire' }>['timer']): Promise<void> {
		await this.#ask('fire', { timer });
		await this.rest();
	}

	/** Time passes by the clock of the agent's timers; tells whether a heartbeat is due. */
	async pass(minutes: number, cutOff: boolean): Promise<boolean> {
		const before = this.snapshot?.foreground ?? null;
		const { timedOut, isBeatDue } = await this.#ask('pass', { minutes, cutOff });
		await this.rest((snapshot) => !timedOut || snapshot.foreground !== before);
		return isBeatDue;
	}

	async endCommand({ outcome, exit }: CommandEnds): Promise<void> {
		const command = this.#alive().foreground;
		if (command === null) throw new Error(`host "${this.id}" runs no command`);
		switch (outcome) {
			case 'succeeded':
				this.#pipes.direct(command, 'succeed');
				break;
			case 'failed':
			case 'panicked':
				this.#pipes.direct(command, exit ?? 'fail');
				break;
			default:
				await this.#ask('time-out', { outcome });
		}
		await this.rest((snapshot) => snapshot.foreground !== command);
	}

	async failInBackground({ block, step, member }: Position, exit?: Exit): Promise<void> {
		const steered = this.#alive().behind.find(
			({ position }) =>
				position.block === block && position.step === step && position.member === member,
		);
		if (steered === undefined) throw new Error(`host "${this.id}" runs no such command`);
		this.#pipes.direct(steered.command, exit ?? 'fail');
		await this.rest((snapshot) =>
			snapshot.behind.every(({ command }) => command !== steered.command),
		);
	}

	/** A process on the host posts an end status to the agent's local API. */
	async post({ remarks: { desc, tags } = {}, ...posted }: PostedStatus): Promise<void> {
		const response = await fetch(this.#alive().statusUrl, {
			method: 'POST',
			body: JSON.stringify({ ...posted, desc, add_failure_metadata_tags: tags }),
		});
		if (response.status !== 200)
			throw new Error(`the agent answered ${response.status} to a posted status`);
		await this.rest();
	}

	/**
	 * Waits until the agent and all that it has to do with is at rest: its connections are as the proxy
	 * sees them, the commands that it runs wait at their pipes, and those that it let go of are gone.
	 */
	async rest(happened: (snapshot: AgentSnapshot) => boolean = () => true): Promise<void> {
		if (this.#process === null) return;
		const before = this.#commands();
		let why = '';
		await this.#until(
			async () => {
				const snapshot = await this.#look();
				this.snapshot = snapshot;
				why =
					this.#unrest(snapshot, before) ?? (happened(snapshot) ? '' : 'the event has no effect');
				return why === '';
			},
			() =>
				`${why}: ${JSON.stringify(this.snapshot)} ${JSON.stringify(this.#proxy.trafficOf(this.id))}`,
		);
	}

	/** What there is to wait for; null at rest. */
	#unrest(snapshot: AgentSnapshot, before: readonly string[]): string | null {
		if (!snapshot.atRest) return 'the agent is not at rest';
		const { received, open, passing } = this.#proxy.trafficOf(this.id);
		if (passing > 0) return 'the app server has not answered yet';
		if (snapshot.opened !== received || snapshot.open !== open) return 'something is on the wire';
		const commands = commandsOf(snapshot);
		if (!commands.every((command) => this.#pipes.isWaiting(command)))
			return 'a command waits at no pipe yet';
		const letGo = before.filter((command) => !commands.includes(command));
		return this.#haveEnded(letGo) ? null : 'a command outlives its time';
	}

	/** Whether these processes are gone; those that are not keep their pipe. */
	#haveEnded(commands: readonly string[]): boolean {
		if (commands.some((command) => this.#pipes.isOccupied(command))) return false;
		for (const command of commands) this.#pipes.forget(command);
		return true;
	}

	#commands(): readonly string[] {
		return this.snapshot === null ? [] : commandsOf(this.snapshot);
	}

	async #until(isSo: () => boolean | Promise<boolean>, why: () => string): Promise<void> {
		const ends_ms = performance.now() + TIMEOUT_MS;
		while (!(await isSo())) {
			if (performance.now() > ends_ms)
				throw new Error(`host "${this.id}" does not come to rest: ${why()}`);
			await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
		}
	}

	#look(): Promise<AgentSnapshot> {
		return this.#ask('look', {});
	}

	#ask<Kind extends AgentOrder['kind']>(kind: Kind, details: Details<AgentOrder, Kind>) {
		return this.#running().ask({ kind, ...details }, AGENT_RESULTS[kind]);
	}

	#alive(): AgentSnapshot {
		if (this.snapshot === null) throw new Error(`the agent of host "${this.id}" is dead`);
		return this.snapshot;
	}

	#running(): Child {
		if (this.#process === null) throw new Error(`the agent of host "${this.id}" is dead`);
		return this.#process;
	}
}

const commandsOf = ({ foreground, behind }: AgentSnapshot): string[] => [
	...(foreground === null ? [] : [foreground]),
	...behind.map(({ command }) => command),
];
