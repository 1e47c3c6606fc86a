import type { Severity, WarningRule } from '../import/warning.ts';
import type { Place, Problem } from '../yaml/problem.ts';
import type { LintedProject } from './linted-project.ts';

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
	'dependency-status',
] as const satisfies readonly (WarningRule | string)[];
export type RuleId = (typeof RULES)[number];

export type { Severity };

/** What one edit mends. `related`: other places that it is about. */
export type Finding = Problem & {
	readonly rule: RuleId;
	readonly severity: Severity;
	readonly related: readonly Place[];
};

/** What one rule finds in a project. */
export type Rule = (project: LintedProject) => Finding[];
