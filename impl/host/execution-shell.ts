import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exit as Told } from '../../model/vocabulary/command.ts';
import { describeCommand } from '../agent/describe-command.ts';
import { type Configuration, definitionOf, type Work } from '../ports/configuration.ts';
import type { Ended, Foreground, RenderedCommand } from '../ports/shell.ts';
import { CommandProcess, describeExit, type Exit, toldOf } from './command-process.ts';
import { passedOn } from './environment.ts';
import { type Expansions, expansionsOf } from './expansions.ts';
import { executionFolder } from './folders.ts';
import type { Guardian } from './guardian.ts';
import { type Invocation, toInvoke } from './invocation.ts';
import { killOrphans } from './orphans.ts';
import { MARKER, type ShellOptions } from './shell-options.ts';
import { TaskLog } from './task-log.ts';
import { type Limits, LimitWatcher, limitsOf, type TimedOut } from './time-limits.ts';

/** How long killed commands may take to let go of their output, in milliseconds. */
const LET_GO_MS = 2_000;

/** What the shells of all executions on a host have in common. */
export interface HostOfExecutions {
	readonly options: ShellOptions;
	readonly guardian: Guardian;
	/** The commands that run, or have left something running. */
	readonly processes: Set<CommandProcess>;
}

/** The commands of one execution. */
export class ExecutionShell {
	/** Where they work. */
	readonly folder: string;
	readonly #options: ShellOptions;
	readonly #guardian: Guardian;
	readonly #sharesProcesses: boolean;
	readonly #expansions: Expansions;
	readonly #environment: Readonly<Record<string, string>>;
	readonly #log: TaskLog;
	readonly #limits: Limits;
	readonly #processes: Set<CommandProcess>;
	readonly #background = new Set<CommandProcess>();

	/** @throws an error of the file system when its folders cannot be made. */
	constructor(
		{ options, guardian, processes }: HostOfExecutions,
		work: Work,
		configuration: Configuration,
		folder: string,
	) {
		const { execution, secret } = work;
		this.folder = folder;
		this.#options = options;
		this.#guardian = guardian;
		this.#processes = processes;
		this.#sharesProcesses = definitionOf(configuration)?.share_processes === true;
		const logs = executionFolder(options.logs, execution);
		for (const path of [folder, logs]) mkdirSync(path, { recursive: true });
		this.#expansions = expansionsOf(execution, configuration, folder);
		const secrets = [
			...options.secrets,
			{ name: 'task_secret', value: secret },
			...(configuration.secrets ?? []),
		];
		this.#environment = {
			...passedOn(process.env, secrets),
			...options.environment,
			CI: 'true',
			EVR_TASK_ID: execution.task,
			EXECUTION: String(execution.execution),
		};
		this.#log = new TaskLog(join(logs, 'task.log'), secrets, options.maxLogBytes);
		if (options.echo !== undefined) this.#log.echo = options.echo;
		const limits = { ...options.limits, ...limitsOf(configuration) };
		this.#limits = options.limitsOf?.(limits) ?? new LimitWatcher(limits, options.pace ?? 1);
		this.#log.say(`Task "${execution.task}", execution ${execution.execution}.`);
	}

	run(command: RenderedCommand): Foreground {
		const invocation = this.#prepare(command);
		if (typeof invocation === 'string')
			return { ended: Promise.resolve({ outcome: invocation }), kill: () => {} };
		const process = this.#spawn(invocation);
		let ending: TimedOut | 'killed' | null = null;
		const end = (why: TimedOut | 'killed'): void => {
			if (process.hasExited) return;
			ending ??= why;
			process.kill();
		};
		const watch = this.#limits.watch(command.position.block, invocation.idle_s, end);
		this.#log.onOutput = watch.heard;
		const settle = (exit: Exit): Ended => {
			watch.stop();
			const outcome = ending ?? outcomeOf(exit, invocation);
			this.#tell(`Command ${describeCommand(command)}: ${outcome}`, exit);
			return { outcome, exit: outcome === 'failed' ? toldOf(exit) : undefined };
		};
		return { ended: process.ended.then(settle), kill: () => end('killed') };
	}

	start(command: RenderedCommand, failed: (exit?: Told) => void): void {
		const invocation = this.#prepare(command);
		if (invocation === 'failed') failed();
		if (typeof invocation === 'string') return;
		const process = this.#spawn(invocation);
		this.#background.add(process);
		void process.ended.then((exit) => {
			const wasKilled = !this.#background.delete(process);
			const outcome = wasKilled ? 'killed' : outcomeOf(exit, invocation);
			this.#tell(`Background command ${describeCommand(command)}: ${outcome}`, exit);
			if (outcome === 'failed') failed(toldOf(exit));
		});
	}

	/** A text without the secrets of this execution. */
	redact(text: string): string {
		return this.#log.redact(text);
	}

	killBackground(): void {
		for (const process of this.#background) process.kill();
		this.#background.clear();
	}

	killNow(): void {
		this.#background.clear();
		for (const process of this.#processes) process.kill();
		killOrphans(MARKER, this.#options.workingDirectory);
	}

	/**
	 * Kills what is left, closes the log and removes the folder; says what did not succeed. Where the host
	 * stays set up for a group the folder stays, and if the group shares them what commands have left running.
	 */
	async finish(isSetUp: boolean): Promise<string | null> {
		let outlives = false;
		if (isSetUp && this.#sharesProcesses) this.#killCommands();
		else outlives = await this.#killAll();
		this.#log.close();
		const problem = isSetUp ? null : await this.#removeFolder();
		return outlives ? 'a command outlives its kill' : problem;
	}

	#killCommands(): void {
		this.#background.clear();
		for (const process of this.#processes) if (!process.hasExited) process.kill();
	}

	/** Tells whether something is still there. */
	async #killAll(): Promise<boolean> {
		this.killNow();
		const silent = Promise.all([...this.#processes].map((process) => process.silent));
		const waiting = new AbortController();
		await Promise.race([silent, delay(LET_GO_MS, null, { signal: waiting.signal })]);
		waiting.abort();
		const outlives = [...this.#processes].some((process) => process.isStillThere);
		for (const process of this.#processes) this.#forget(process);
		return outlives;
	}

	#removeFolder(): Promise<string | null> {
		return rm(this.folder, { recursive: true, force: true, maxRetries: 3 }).then(
			() => null,
			(error: unknown) => `its folder cannot be removed: ${String(error)}`,
		);
	}

	/** What is to be started; or the outcome, where nothing is. */
	#prepare(command: RenderedCommand): Invocation | 'succeeded' | 'failed' {
		this.#log.say(`Running command ${describeCommand(command)}.`);
		if (command.unrendered !== undefined) {
			this.#log.explain(`it cannot be rendered: ${command.unrendered}`);
			return 'failed';
		}
		const invocation = toInvoke(command, this.#expansions, this.folder, this.#options.source);
		switch (invocation.kind) {
			case 'process':
				return invocation;
			case 'unavailable':
				this.#log.explain(
					`${command.command} is not available outside the CI system: nothing is done`,
				);
				return 'succeeded';
			case 'wrong':
				this.#log.explain(`it cannot be run: ${invocation.message}`);
				return 'failed';
		}
	}

	#forget(process: CommandProcess): void {
		this.#processes.delete(process);
		if (process.group !== null) this.#guardian.forget(process.group);
	}

	#tell(what: string, exit: Exit): void {
		if (exit.kind === 'not-started') this.#log.explain(`it cannot be started: ${exit.message}`);
		this.#log.say(`${what} (${describeExit(exit)}).`);
	}

	#spawn(invocation: Invocation): CommandProcess {
		const env = {
			...this.#environment,
			...invocation.env,
			[MARKER]: this.#options.workingDirectory,
		};
		const process = new CommandProcess(invocation, env, {
			out: this.#log.stream(invocation.silent),
			err: this.#log.stream(invocation.silent),
		});
		if (process.group !== null) this.#guardian.watch(process.group);
		this.#processes.add(process);
		void process.ended.then(() => {
			if (process.isGone) this.#forget(process);
		});
		return process;
	}
}

function outcomeOf(exit: Exit, { continue_on_err }: Invocation): 'succeeded' | 'failed' {
	if (exit.kind === 'not-started') return 'failed';
	return exit.code === 0 || continue_on_err ? 'succeeded' : 'failed';
}
