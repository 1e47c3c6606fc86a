import type { Secret } from '../ports/configuration.ts';
import type { Source } from '../source/survey.ts';
import type { Limits, TimeLimits } from './time-limits.ts';
import type { Pace } from './timers.ts';

/** The environment variable that tells whose command a process is: it holds the agent's working directory. */
export const MARKER = 'EVR_AGENT_DIRECTORY';

export interface ShellOptions {
	/** The absolute path under which the working directories of executions are made. */
	readonly workingDirectory: string;
	/** The folder of the logs: `<logs>/<task>/<execution>/task.log`. */
	readonly logs: string;
	/** Never shown in a log, beside those of the task. */
	readonly secrets: readonly Secret[];
	/** Variables for every command, beside what is passed on of the agent's own. */
	readonly environment: Readonly<Record<string, string>>;
	readonly pace?: Pace;
	/** Used where the configuration sets none. */
	readonly limits?: TimeLimits;
	readonly maxLogBytes?: number;
	/** What `git.get_project` gets; without it, nothing. */
	readonly source?: Source;
	/** Is told what commands print, secrets redacted. */
	readonly echo?: (text: string) => void;
	/** What watches the time limits of an execution; a watcher of real time, unless told. */
	readonly limitsOf?: (limits: TimeLimits) => Limits;
}
