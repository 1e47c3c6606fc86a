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
