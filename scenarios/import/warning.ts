import { type Place, type Problem, problemAt } from '../yaml/problem.ts';

/** `error`: the server refuses the project. `note`: nothing is lost by it. */
export type Severity = 'error' | 'warning' | 'note';

/**
 * What is told of a project file while it is read, by rule, with what the server makes of it (at commit
 * 953ae910a5: model/project_parser.go and validator/project_validator.go).
 */
export const SAID = {
	'missing-include': 'error',
	'undefined-function': 'error',
	'unmatched-name': 'error',
	'listed-twice': 'error',
	'circular-dependency': 'error',
	'display-task': 'error',
	'unresolved-matrix': 'error',
	'wrong-type': 'error',
	'dependency-status': 'error',
	'repeated-key': 'warning',
	'nested-include': 'warning',
	'unmet-dependency': 'warning',
	'module-include': 'note',
} as const satisfies Readonly<Record<string, Severity>>;
export type WarningRule = keyof typeof SAID;

/** A problem that does not keep a project from being imported. */
export type Warning = Problem & {
	readonly rule: WarningRule;
	readonly severity: Severity;
	/** What is named there and defined nowhere. */
	readonly name?: string;
};

export const warningAt = (
	rule: WarningRule,
	place: Place,
	message: string,
	remedy: string,
	severity: Severity = SAID[rule],
): Warning => ({ ...problemAt(place, message, remedy), rule, severity });

/** The same of a name that nothing defines. */
export const undefinedAt = (
	rule: 'undefined-function' | 'unmatched-name',
	{ name, place }: { readonly name: string; readonly place: Place },
	message: string,
	remedy: string,
	severity?: Severity,
): Warning => ({ ...warningAt(rule, place, message, remedy, severity), name });
