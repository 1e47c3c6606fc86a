import type { Severity, WarningRule } from '../import/warning.ts';
import type { Place, Problem } from '../yaml/problem.ts';
import type { LintedProject } from './linted-project.ts';

/** Of comments that silence findings. */
export const IGNORE_RULES = [
	'ignore-without-reason',
	'ignore-unknown-rule',
	'unused-ignore',
] as const;

/**
 * Ids of the rules, in the order of their worth: what the server refuses, what people lose by, what a
 * flag costs, and last what only the lint itself cannot see.
 */
export const RULES = [
	'missing-include',
	'undefined-function',
	'unknown-command',
	'unmatched-name',
	'circular-dependency',
	'listed-twice',
	'display-task',
	'unresolved-matrix',
	'wrong-type',
	'dependency-status',
	'flag-on-call',
	'flag-under-params',
	'misspelt-key',
	'misplaced-flag',
	'flag-in-block',
	'flag-with-continue-on-err',
	'variants-never-met',
	'merge-queue-only',
	'flag-in-background',
	'repeated-key',
	'nested-include',
	'unmet-dependency',
	'on-no-variant',
	'disabled-task',
	'group-restarts-whole',
	'display-task-restarts-whole',
	'every-command-flagged',
	'flag-on-retrying-command',
	'only-a-part',
	'module-include',
	...IGNORE_RULES,
] as const satisfies readonly (WarningRule | string)[];
export type RuleId = (typeof RULES)[number];

export type { Severity };

/** Text to be put in the place of another, from and to in UTF-16 units without a byte order mark. */
export type Edit = {
	readonly file: string;
	readonly from: number;
	readonly to: number;
	readonly text: string;
};

/** What one edit mends. `related`: other places that it is about. */
export type Finding = Problem & {
	readonly rule: RuleId;
	readonly severity: Severity;
	readonly related: readonly Place[];
	/** Tells findings of one rule at one place apart, in words that stay when the file grows. */
	readonly about?: string;
	/** Edits that mend it, or all of it but what stays, after which the file does the same on the server. */
	readonly fix?: readonly Edit[];
	/** What of it has no such edit though others have, and why. */
	readonly stays?: readonly (Place & { readonly why: string })[];
	/** The reason why it is not counted, as a comment in the file gives it. */
	readonly silenced?: string;
};

/** What one rule finds in a project. */
export type Rule = (project: LintedProject) => Finding[];
