import type { z } from 'zod';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import type { HostObservation, Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** Of whom a word is said: a host, and the task that it runs or is to run. */
export interface Subject {
	readonly host: string;
	readonly task: string | null;
}

/** One part of what a word stands for: an event, or such events as follow from what the agent does. */
export type Part =
	| Event
	/** One call of the agent and its answer. */
	| { readonly kind: 'exchange'; readonly route: Route }
	/** Every call of the agent is answered, until it runs a command or is idle. */
	| { readonly kind: 'exchanges' }
	/** These again and again, as long as the host runs the same execution. */
	| { readonly kind: 'to the end'; readonly parts: readonly Part[] };

export const EXCHANGES: Part = { kind: 'exchanges' };

/** A word of a scenario: what is always done in the same way. It is defined by the events it stands for. */
export interface Word {
	/** The key of its line. */
	readonly word: string;
	/** What it tells, for the documentation and for editors. */
	readonly means: string;
	/** When it can be said: what `subjects` says, in words. */
	readonly when: string;
	/** What its value names, if it is a name alone. */
	readonly of: 'task' | 'host';
	/** Further keys of its long form. */
	readonly keys?: z.core.$ZodShape;
	/** Of whom it can be said now. */
	subjects(seen: Observation, setup: Setup): readonly Subject[];
	/** The events it stands for, said of this subject now. `keys` are those of the long form. */
	events(
		subject: Subject,
		seen: Observation,
		keys: Readonly<Record<string, unknown>>,
	): readonly Part[];
	/** The lines after which the documentation shows what it stands for. */
	readonly shownAfter: readonly string[];
	/** What came of it other than the word says, as a sentence; null: it came as it says. */
	otherwise?(subject: Subject, after: Observation): string | null;
}

export const hostIn = ({ hosts }: Observation, id: string): HostObservation | undefined =>
	hosts.find((one) => one.id === id);

/** The host with what it has to do. */
export const subjectOf = ({ id, execution }: HostObservation): Subject => ({
	host: id,
	task: execution?.task ?? null,
});
