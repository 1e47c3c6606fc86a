import type { CommandOutcome } from '../../model/vocabulary/event.ts';
import type { Block, Project } from '../../model/vocabulary/project.ts';
import { type Pace, toMilliseconds } from './timers.ts';

/** Time limits in seconds; what is not set is left to the agent (lifecycle 3.2). */
export interface TimeLimits {
	/** For pre and main together. */
	readonly exec_s?: number;
	/** Without any output, in pre and main. */
	readonly idle_s?: number;
	readonly pre_s?: number;
	readonly timeout_s?: number;
	readonly post_s?: number;
}

/** Lifecycle 1.5, in seconds. */
export const TIME_LIMITS: Required<TimeLimits> = {
	exec_s: 21_600,
	idle_s: 7_200,
	pre_s: 7_200,
	timeout_s: 900,
	post_s: 1_800,
};

/** The limits that a project sets; 0 leaves one to the agent. */
export function limitsOf(project: Project): TimeLimits {
	const { exec_timeout_secs, timeout_secs, pre_timeout_secs } = project;
	const { callback_timeout_secs, post_timeout_secs } = project;
	return {
		...(exec_timeout_secs ? { exec_s: exec_timeout_secs } : {}),
		...(timeout_secs ? { idle_s: timeout_secs } : {}),
		...(pre_timeout_secs ? { pre_s: pre_timeout_secs } : {}),
		...(callback_timeout_secs ? { timeout_s: callback_timeout_secs } : {}),
		...(post_timeout_secs ? { post_s: post_timeout_secs } : {}),
	};
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
	/** When the first command of pre or main began. */
	#workSince_ms: number | null = null;
	#block: { readonly name: Block; readonly since_ms: number } | null = null;

	constructor(limits: TimeLimits, pace: Pace) {
		this.#limits = { ...TIME_LIMITS, ...limits };
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
		const blockLimit_s = this.#limitOf(block);
		if (blockLimit_s !== null)
			start(this.#left_ms(blockLimit_s, this.#block.since_ms), 'timed-out-block');
		let idle: NodeJS.Timeout | null = null;
		if (block === 'pre' || block === 'main') {
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

	#limitOf(block: Block): number | null {
		const { pre_s, timeout_s, post_s } = this.#limits;
		switch (block) {
			case 'pre':
			case 'setup_group':
			case 'setup_task':
				return pre_s;
			case 'main':
				return null;
			case 'timeout':
				return timeout_s;
			case 'post':
			case 'teardown_task':
			case 'teardown_group':
				return post_s;
		}
	}

	#left_ms(limit_s: number, since_ms: number): number {
		return since_ms + toMilliseconds(limit_s, this.#pace) - performance.now();
	}
}
