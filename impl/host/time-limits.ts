import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import { type Block, isWatched } from '../../model/vocabulary/project.ts';
import { type Configuration, definitionOf } from '../ports/configuration.ts';
import { type Pace, toMilliseconds } from './timers.ts';

/** Time limits in seconds; what is not set is left to the agent (lifecycle 3.2). */
export interface TimeLimits extends BlockLimits {
	/** For main and the blocks before it together. */
	readonly exec_s?: number;
	/** Without any output, in those. */
	readonly idle_s?: number;
}

/** For all commands of a block together. */
type BlockLimits = { readonly [Limited in Exclude<Block, 'main'> as `${Limited}_s`]?: number };

/** Lifecycle 1.5, in seconds. */
export const TIME_LIMITS: Required<TimeLimits> = {
	exec_s: 21_600,
	idle_s: 7_200,
	pre_s: 7_200,
	setup_group_s: 7_200,
	setup_task_s: 7_200,
	timeout_s: 900,
	post_s: 1_800,
	teardown_task_s: 1_800,
	/** The most as well: the host may have been given another task by then. */
	teardown_group_s: 180,
};

/** The limits that a project sets for a task; 0 leaves one to the agent. */
export function limitsOf(
	configuration: Pick<Configuration, 'project' | 'task' | 'group'>,
): TimeLimits {
	const { project } = configuration;
	const group = definitionOf(configuration);
	const task = project.tasks.find(({ name }) => name === configuration.task);
	const set = {
		exec_s: task?.exec_timeout_secs || project.exec_timeout_secs,
		idle_s: project.timeout_secs,
		pre_s: project.pre_timeout_secs,
		setup_group_s: group?.setup_group_timeout_secs,
		setup_task_s: group?.setup_task_timeout_secs,
		timeout_s: (group?.timeout === undefined ? project : group).callback_timeout_secs,
		post_s: project.post_timeout_secs,
		teardown_task_s: group?.teardown_task_timeout_secs,
		teardown_group_s: group?.teardown_group_timeout_secs,
	};
	return Object.fromEntries(Object.entries(set).filter(([, seconds]) => seconds));
}

export type TimedOut = Extract<CommandOutcome, `timed-out-${string}`>;

/** Watches one foreground command. */
export interface LimitWatch {
	/** The command has printed something. */
	heard(): void;
	stop(): void;
}

/** The time limits of one execution (lifecycle 3.2). */
export interface Limits {
	/** Begins to watch a command; `idle_s` is its own idle limit, 0 for the task's. */
	watch(block: Block, idle_s: number, expired: (outcome: TimedOut) => void): LimitWatch;
}

/** The time limits of one execution, on a monotonic clock. */
export class LimitWatcher implements Limits {
	readonly #limits: Required<TimeLimits>;
	readonly #pace: Pace;
	/** When the first command of main, or of a block before it, began. */
	#workSince_ms: number | null = null;
	#block: { readonly name: Block; readonly since_ms: number } | null = null;

	constructor(limits: TimeLimits, pace: Pace) {
		const teardown_group_s = Math.min(
			limits.teardown_group_s ?? Number.POSITIVE_INFINITY,
			TIME_LIMITS.teardown_group_s,
		);
		this.#limits = { ...TIME_LIMITS, ...limits, teardown_group_s };
		this.#pace = pace;
	}

	watch(block: Block, idle_s: number, expired: (outcome: TimedOut) => void): LimitWatch {
		const timers: NodeJS.Timeout[] = [];
		const start = (delay_ms: number, outcome: TimedOut): NodeJS.Timeout => {
			const timer = setTimeout(() => expired(outcome), Math.max(0, delay_ms));
			timers.push(timer);
			return timer;
		};
		const now_ms = performance.now();
		if (this.#block?.name !== block) this.#block = { name: block, since_ms: now_ms };
		if (block !== 'main')
			start(this.#left_ms(this.#limits[`${block}_s`], this.#block.since_ms), 'timed-out-block');
		let idle: NodeJS.Timeout | null = null;
		if (isWatched(block)) {
			this.#workSince_ms ??= now_ms;
			start(this.#left_ms(this.#limits.exec_s, this.#workSince_ms), 'timed-out-exec');
			idle = start(this.#left_ms(idle_s || this.#limits.idle_s, now_ms), 'timed-out-idle');
		}
		return {
			heard: () => idle?.refresh(),
			stop: () => {
				for (const timer of timers) clearTimeout(timer);
			},
		};
	}

	#left_ms(limit_s: number, since_ms: number): number {
		return since_ms + toMilliseconds(limit_s, this.#pace) - performance.now();
	}
}
