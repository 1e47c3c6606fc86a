import { z } from 'zod';
import { IgnoredFlag } from '../../model/vocabulary/observation.ts';
import { Policy, PolicyInForce, Setup } from '../../model/vocabulary/setup.ts';
import { MATTERS } from '../server/rules.ts';
import { ArchivedRow, HostRow, SlotRow, TaskRow } from '../store/sql/rows.ts';
import { comingTo, Nothing } from './channel.ts';

/** What is looked at in one transaction and acted on in the next: for deviations only. */
const Matter = z.enum(MATTERS);

/** Where to die: at a point of the store, counted from 0 since the order was given, or at the next commit of a change. */
export const DeathPoint = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('point'), index: z.int().min(0) }),
	z.object({ kind: z.literal('commit'), when: z.enum(['before', 'after']) }),
]);
export type DeathPoint = z.infer<typeof DeathPoint>;

/** What the harness asks of an app server's process. Its clock is steered; all else is real. */
export const ServerOrder = z.discriminatedUnion('kind', [
	/** Opens the store: `postgres://…`, or a folder for the embedded PostgreSQL. */
	z.object({ kind: z.literal('open'), place: z.string() }),
	/** Empties the store and loads a setup. */
	z.object({ kind: z.literal('load'), setup: Setup }),
	/** Listens on a port of its own on the loopback interface. `holds`: whatever it works on is held. */
	z.object({
		kind: z.literal('listen'),
		policy: Policy,
		holds: z.boolean().optional(),
		looks: z.array(Matter).optional(),
	}),
	/** Where the handler is held that began after so many others, as soon as it is. */
	z.object({ kind: z.literal('stands'), handler: z.int().min(0) }),
	/** Lets it go on to where it is held next. */
	z.object({ kind: z.literal('go-on'), handler: z.int().min(0) }),
	/** Gives up whatever is held. */
	z.object({ kind: z.literal('give-up') }),
	z.object({ kind: z.literal('set-clock'), now_ms: z.int() }),
	z.object({ kind: z.literal('monitor') }),
	/** Looks at what is committed. */
	z.object({
		kind: z.literal('look'),
		projects: z.array(z.string()),
		tasks: z.array(z.string()),
		hosts: z.array(z.string()),
	}),
	/** Kills this process with SIGKILL, without a last word, when it gets to that point. */
	z.object({ kind: z.literal('die'), at: DeathPoint }),
	/** The points of the store that were passed since this was asked last. */
	z.object({ kind: z.literal('points') }),
]);
export type ServerOrder = z.infer<typeof ServerOrder>;

const UserKey = z.object({ user: z.string(), key: z.string() });
export type UserKey = z.infer<typeof UserKey>;

const Standing = z.object({ commits: z.int() }).nullable();

const Moment = z.int();

/** Records as they are in the store, moments as plain numbers. */
const TaskSnapshot = TaskRow.extend({
	dispatched_at_ms: Moment.nullable(),
	last_heartbeat_ms: Moment.nullable(),
	ended_at_ms: Moment.nullable(),
});
const ArchivedSnapshot = ArchivedRow.extend({
	dispatched_at_ms: Moment.nullable(),
	ended_at_ms: Moment,
});

/** Everything that is committed and that an observation tells of. */
const ServerSnapshot = z.object({
	tasks: z.array(z.object({ task: TaskSnapshot, history: z.array(ArchivedSnapshot) })),
	hosts: z.array(HostRow),
	/** With the policy that counts for each. */
	projects: z.array(
		z.object({
			policy: PolicyInForce,
			slots: z.array(SlotRow.extend({ taken_at_ms: Moment })),
		}),
	),
	/** Of the first project. */
	ignored_flags: z.array(IgnoredFlag),
});
export type ServerSnapshot = z.infer<typeof ServerSnapshot>;

/** What each order comes to. */
export const SERVER_RESULTS = comingTo({
	open: Nothing,
	load: UserKey,
	listen: z.object({ url: z.string() }),
	stands: Standing,
	'go-on': Standing,
	'give-up': Nothing,
	'set-clock': Nothing,
	monitor: Nothing,
	look: ServerSnapshot,
	die: Nothing,
	points: z.array(z.string()),
});
