import type { CommandOutcome, Position, PostedStatus } from '../../model/vocabulary/command.ts';
import type { Details, EndDetails } from '../../model/vocabulary/message.ts';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import {
	type AgentSetup,
	type Configuration,
	type Configurations,
	SetupFailed,
	type Work,
} from '../ports/configuration.ts';
import type { Ended, Foreground, RenderedCommand, Shell } from '../ports/shell.ts';
import type { Timers } from '../ports/timers.ts';
import type { Envelope, Transport } from '../ports/transport.ts';
import type { Answer } from '../wire/answer.ts';
import type { Remarks } from '../wire/remarks.ts';
import { Background } from './background.ts';
import { type BlockRun, runBlocks } from './blocks.ts';
import type { Client } from './client.ts';
import type { Consequence } from './consequence.ts';
import { type Cause, ExecutionOutcome } from './execution-outcome.ts';
import { Heartbeat, type HeartbeatListener } from './heartbeat.ts';
import type { HostGroup } from './host-group.ts';
import { type RenderedBlock, render } from './render.ts';
import type { Requests } from './requests.ts';
import type { AgentRules, Finished } from './rules.ts';
import { LocalStatus } from './status.ts';
import type { AgentVariant } from './variant.ts';

/** What a run of a task takes from its agent. */
export interface TaskRunPorts {
	readonly transport: Transport;
	readonly timers: Timers;
	readonly shell: Shell;
	readonly group: HostGroup;
	readonly configurations: Configurations;
	readonly client: Client;
	readonly requests: Requests;
	readonly setup: AgentSetup;
	readonly variant: AgentVariant;
	readonly rules: AgentRules;
}

/** The longest that it may take to set a task up, in seconds (lifecycle 4.2). */
const SETUP_DEADLINE_S = 420;

/** How a run of a task ended; `answer` is null when the end was given up. */
export type RunEnd =
	| { readonly kind: 'ended'; readonly status: Details['status']; readonly answer: Answer | null }
	/** It never started, or was lost on the way. */
	| { readonly kind: 'not-ended' };

const NOT_ENDED: RunEnd = { kind: 'not-ended' };

/** Thrown where the run waits when the execution turns out to be no longer this agent's. */
class ExecutionLost extends Error {
	override name = 'ExecutionLost';
}

/** One execution of a task, from its start to the answer to its end (lifecycle 4.2). */
export class TaskRun implements BlockRun, HeartbeatListener {
	readonly execution: ExecutionRef;
	readonly status = new LocalStatus();
	/** What could not be removed from the host, if anything. */
	leftBehind: string | null = null;
	readonly background: Background;
	readonly #ports: TaskRunPorts;
	readonly #work: Work;
	readonly #heartbeat: Heartbeat;
	readonly #outcome = new ExecutionOutcome();
	#running: { readonly command: RenderedCommand; readonly process: Foreground } | null = null;
	#marks = true;
	/** The command on whose behalf a restart is asked for, while its block waits. */
	#asking: { readonly position: Position; killed: boolean } | null = null;
	#lost = false;

	constructor(ports: TaskRunPorts, work: Work) {
		const { transport, timers, requests, shell, rules } = ports;
		this.#ports = ports;
		this.#work = work;
		this.execution = work.execution;
		this.background = new Background(shell, ports.setup.noticesBackgroundFailures);
		this.#heartbeat = new Heartbeat(transport, timers, requests.heartbeat(work), this, rules);
	}

	/** Runs the task and ends it, unless the execution is lost on the way. */
	async toEnd(): Promise<RunEnd> {
		const { requests } = this.#ports;
		this.#heartbeat.start();
		try {
			const details = await this.#perform();
			if (details === null) return NOT_ENDED;
			// Once the end is committed the task may run elsewhere: nothing of it may be left here (S5).
			await this.#cleanUp();
			this.#heartbeat.hangUp();
			const { limit } = this.#outcome;
			const remarks = this.#outcome.remarks(this.status, details);
			const answer = await this.#call(requests.end(this.#work, details, limit, remarks));
			return { kind: 'ended', status: details.status, answer };
		} catch (error) {
			if (error instanceof ExecutionLost) return NOT_ENDED;
			throw error;
		} finally {
			this.#heartbeat.stop();
			await this.#cleanUp();
		}
	}

	async #cleanUp(): Promise<void> {
		const { shell, group, rules } = this.#ports;
		if (!rules.cleansUp(this.background.left, this.#lost)) return;
		this.leftBehind ??= await shell.finish(group.isSetUp);
	}

	/** Starts the task and runs its blocks; null when it could not be started. */
	async #perform(): Promise<EndDetails | null> {
		const { group, variant, shell, rules } = this.#ports;
		const configuration = await this.#setUp();
		const started = await this.#call(this.#ports.requests.start(this.#work));
		// No end without a start: the host may be handed this execution again, and a late end would end that run.
		if (started?.status !== 200) return null;
		if (configuration === null) return ExecutionOutcome.ofSetupFailure();
		// The agent spares a merge-queue task the refusal (S6); the app server enforces it.
		this.#marks = rules.mayAsk(configuration.requester);
		const { isSetUp } = group;
		group.started(this.#work, configuration);
		const blocks = render(configuration, shell.refusal);
		await runBlocks(this, variant.arrange?.(blocks) ?? blocks, isSetUp);
		return rules.compose(this.#outcome.composed(this.status));
	}

	/** Gets the task's configuration and readies the host for it; null when that failed. */
	async #setUp(): Promise<Configuration | null> {
		const { configurations, shell, group, timers } = this.#ports;
		const giveUp = (): void => configurations.giveUp();
		const stopDeadline = timers.after(SETUP_DEADLINE_S, 'deadline', giveUp);
		try {
			const configuration = await configurations.of(this.#work);
			this.#mustHold();
			await shell.begin(this.#work, configuration, group.isSetUp);
			return configuration;
		} catch (error) {
			if (error instanceof SetupFailed) return null;
			throw error;
		} finally {
			stopDeadline();
		}
	}

	async run(command: RenderedCommand): Promise<Ended> {
		this.#mustHold();
		const process = this.#ports.shell.run(command);
		this.#running = { command, process };
		const ended = await process.ended;
		this.#running = null;
		this.#mustHold();
		if (ended.outcome !== 'failed' || !command.retry_on_failure) return ended;
		const said = await this.#ports.variant.scriptFails?.({
			ask: () => this.ask(command.position),
			post: (posted) => this.status.post(posted, command.type),
		});
		return said === 'killed' ? { outcome: 'killed' } : ended;
	}

	get askingFor(): Position | null {
		return this.#asking?.position ?? null;
	}

	async ask(position: Position): Promise<'done' | 'killed'> {
		const asking = { position, killed: false };
		this.#asking = asking;
		await this.mark();
		this.#asking = null;
		return asking.killed ? 'killed' : 'done';
	}

	consequence(block: RenderedBlock, outcome: CommandOutcome): Consequence {
		return this.#ports.rules.consequence(block, outcome);
	}

	fail(cause: Cause): void {
		this.#outcome.add(cause);
	}

	isCause(finished: Finished): boolean {
		const { variant, rules } = this.#ports;
		return variant.agentAsks && rules.isCause(finished);
	}

	async mark(): Promise<void> {
		if (!this.#marks) return;
		const { requests, variant, rules } = this.#ports;
		const answer = await this.#call(variant.mark(requests, this.#work));
		// One answer is enough, whatever it is; a mark that was given up may be made again.
		this.#marks = rules.asksAgain(answer !== null);
	}

	/** A process on the host posts an end status to the agent's local API. */
	post(posted: PostedStatus, remarks: Remarks | null = null): void {
		this.status.post(posted, this.#running?.command.type ?? null, remarks);
	}

	addTags(tags: readonly string[]): void {
		this.status.addTags(tags);
	}

	aborted(): void {
		const block = (this.#running?.command ?? this.#asking)?.position.block;
		if (block === undefined || !this.#ports.rules.cutsShort(block)) return;
		this.#running?.process.kill();
		if (this.#asking === null) return;
		this.#asking.killed = true;
		this.#ports.client.giveUp();
	}

	lost(): void {
		this.#lost = true;
		this.#running?.process.kill();
		this.#ports.client.giveUp();
		this.#ports.configurations.giveUp();
	}

	async #call(envelope: Envelope): Promise<Answer | null> {
		this.#mustHold();
		const answer = await this.#ports.client.call(envelope);
		this.#mustHold();
		return answer;
	}

	#mustHold(): void {
		if (this.#lost) throw new ExecutionLost();
	}
}
