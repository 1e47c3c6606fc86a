import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { Configuration } from '../ports/configuration.ts';

const EXPANSION = /\$\{(\w[\w.:-]*)(?:\|([^}]*))?\}/g;

export type Expansions = ReadonlyMap<string, string>;

/**
 * Replaces `${name}` by its value, `${name|default}` by the default where there is no value or an
 * empty one, and `${name|*other}` by the value of the other name. What is unknown becomes nothing.
 */
export const expand = (text: string, expansions: Expansions): string =>
	text.replace(EXPANSION, (_whole, name: string, fallback: string | undefined) => {
		const value = expansions.get(name);
		if (value !== undefined && (value !== '' || fallback === undefined)) return value;
		if (fallback?.startsWith('*')) return expansions.get(fallback.slice(1)) ?? '';
		return fallback ?? '';
	});

/**
 * The expansions that hold around a member of a function call: the call's `vars` count more than what
 * is known (lifecycle 3.3). The known ones stay as they are, so that nothing need be put back. A
 * sentence where a value of `vars` cannot be expanded.
 */
export function withVars(
	expansions: Expansions,
	vars: Readonly<Record<string, string>> = {},
): Expansions | string {
	const own = Object.entries(vars).map(([name, text]): [string, string] => [
		name,
		expand(text, expansions),
	]);
	if (own.length === 0) return expansions;
	const open = Object.keys(vars).find((name) => isLeftOpen(vars[name] ?? ''));
	if (open !== undefined) return `vars.${open}: an expansion is left open`;
	return new Map([...expansions, ...own]);
}

/** Whether `${` begins something that is no expansion. */
const isLeftOpen = (text: string): boolean =>
	text.replace(EXPANSION, (_whole, _name, fallback = '') => fallback).includes('${');

/** The expansions of an execution: the app server's, and what the agent knows itself. */
export const expansionsOf = (
	{ task, execution }: ExecutionRef,
	configuration: Configuration,
	directory: string,
): Expansions =>
	new Map([
		['task_id', task],
		['task_name', configuration.task],
		['build_variant', configuration.variant],
		['project', configuration.project.id],
		['requester', configuration.requester],
		['execution', String(execution)],
		...Object.entries(configuration.expansions ?? {}),
		['workdir', directory],
	]);
