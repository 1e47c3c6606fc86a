import type { Warning, WarningRule } from '../import/warning.ts';

/** That a name is defined nowhere. */
export const UNDEFINED: ReadonlySet<WarningRule> = new Set([
	'undefined-function',
	'unmatched-name',
]);

/** What cannot be said while files are missing in which names may be defined. */
const OF_NAMES: ReadonlySet<WarningRule> = new Set([
	...UNDEFINED,
	'unmet-dependency',
	'display-task',
]);

export const isOfName = ({ rule }: Warning): boolean => OF_NAMES.has(rule);
