import type { Place, Problem } from '../yaml/problem.ts';
import type { LintedProject } from './linted-project.ts';

/** Ids of the rules, in the order of their worth: what people lose most by comes first. */
export const RULES = [
	'flag-on-call',
	'flag-under-params',
	'misspelt-key',
	'misplaced-flag',
	'flag-in-block',
	'flag-with-continue-on-err',
	'flag-in-background',
] as const;
export type RuleId = (typeof RULES)[number];

/** `note`: it does nothing, and nothing is lost by it. */
export type Severity = 'warning' | 'note';

/** What one edit mends. `related`: other places that it is about. */
export type Finding = Problem & {
	readonly rule: RuleId;
	readonly severity: Severity;
	readonly related: readonly Place[];
};

/** What one rule finds in a project. */
export type Rule = (project: LintedProject) => Finding[];
