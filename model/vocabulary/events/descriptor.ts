import type { z } from 'zod';
import type { Bounds, Budget } from '../bounds.ts';
import type { Observation } from '../observation.ts';
import type { Setup } from '../setup.ts';

/** Who lets an event happen. */
export type Actor = 'agent' | 'network' | 'server' | 'user' | 'stranger' | 'time';

/** Somebody in the picture of a story. */
export type Party =
	| { readonly kind: 'agent'; readonly name: string }
	| { readonly kind: 'server' | 'user' | 'stranger' };

export const SERVER: Party = { kind: 'server' };

/** Where an event stands in the picture of a story: in a lane, everywhere, or an arrow between two lanes. */
export type Picture =
	| { readonly at: Party | 'everywhere' }
	| {
			readonly from: Party;
			readonly to: Party;
			readonly label: string;
			readonly fate: 'sent' | 'arrives' | 'held' | 'lost' | 'repeated';
			/** The lane to which it goes begins with it, or ends. */
			readonly life?: 'begins' | 'ends';
	  };

/** The only host and task of a setup; undefined where there are several. */
export type Only = { readonly host: string | undefined; readonly task: string | undefined };

/** The line of a scenario that tells the event: `kind: value`, or the kind alone. */
export interface Line<Event> {
	/** The value, in its short and its long form; null: the kind stands alone. */
	readonly schema: z.ZodType | null;
	/** Whether the kind may stand alone. */
	readonly alone: boolean;
	/** The fields that a value of the schema stands for; host and task may be missing. */
	read(written: unknown, only: Only): Readonly<Record<string, unknown>>;
	/** The same fields, with what was left out and can mean one thing only when its turn comes. */
	complete?(
		fields: Readonly<Record<string, unknown>>,
		seen: Observation,
		setup: Setup,
	): Readonly<Record<string, unknown>>;
	/** The shortest value that is read as this event; undefined: the kind alone. */
	write(event: Event, only: Only): unknown;
}

/** How often random stories try a kind. */
export type Weight =
	/** In every story: what keeps work going. */
	| { readonly always: number }
	/**
	 * In some stories: so many times as often as others, more where it is possible in narrow windows only.
	 * `undoneBy` names the kind that is tried wherever this one is.
	 */
	| { readonly sometimes: number; readonly undoneBy?: string }
	/** In those stories in which that kind is, as often as it: another way to tell what it tells. */
	| { readonly beside: string }
	/** In all stories of some setups: so many times as often as others there; 0: in none of this one. */
	| { readonly inSetups: (setup: Setup) => number };

export type EventSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/** All that there is to know of one kind of event, but for what a system does with it. */
export interface Descriptor<Schema extends EventSchema, Event = z.infer<Schema>> {
	readonly schema: Schema;
	readonly by: Actor;
	/** A fault of the network, the server, an agent, or an attack. */
	readonly isFault: boolean;
	/** When it can happen, for the documentation: what `possible` says, in words. */
	readonly when: string;
	possible(event: Event, seen: Observation, setup: Setup): boolean;
	/**
	 * All that might happen now, with one choice of free values left to `pick` (a number in [0, 1) each time
	 * it is asked). What is not possible is dropped by who asks.
	 */
	propose(seen: Observation, setup: Setup, pick: () => number): Event[];
	readonly weight: Weight;
	/** What it costs the checker one of; null: it may happen as often as can be. */
	readonly cost: Budget | null;
	/**
	 * What the checker tries: all that is proposed, without a choice, or this. A rule of its own is for what the network,
	 * the server or time does: which components such an event reads is for the checker to say.
	 */
	readonly explored:
		| 'all proposed'
		| 'by a rule of its own'
		| ((seen: Observation, setup: Setup, bounds: Bounds) => readonly Event[]);
	/** The event in words. */
	say(event: Event): string;
	/** Drawn before it has happened. */
	draw(event: Event, seen: Observation): Picture;
	readonly line: Line<Event>;
	/** One that the documentation shows. */
	readonly example: Event;
}

/** One descriptor, its parts checked against its schema. */
export const descriptor = <Schema extends EventSchema>(
	parts: Descriptor<Schema>,
): Descriptor<Schema> => parts;

/** One of several values, as `pick` decides. */
export function choose<Item>(items: readonly Item[], pick: () => number): Item {
	const item = items[Math.floor(pick() * items.length)];
	if (item === undefined) throw new RangeError('nothing to choose from');
	return item;
}

/** A value written short stands for one key of the long form. */
export const longForm = (
	value: string | number | Readonly<Record<string, unknown>> | undefined,
	key: string,
): Readonly<Record<string, unknown>> =>
	value === undefined ? {} : typeof value === 'object' ? value : { [key]: value };

/** The keys that need be written: those whose value is not the only one. */
export const hostKey = ({ host }: { host: string }, only: Only): { host?: string } =>
	host === only.host ? {} : { host };
export const taskKey = ({ task }: { task: string }, only: Only): { task?: string } =>
	task === only.task ? {} : { task };
