import { z } from 'zod';
import { Position, PostedStatus } from '../../model/vocabulary/command.ts';
import { Doing, ExecutionRef } from '../../model/vocabulary/observation.ts';
import { comingTo, Nothing } from './channel.ts';

/** What an agent's process must know to begin; an agent that ran before in it is gone. */
export const Engagement = z.object({
	host: z.object({ id: z.string(), secret: z.string() }),
	/** The only address that the agent knows. */
	apiServer: z.string(),
	callAttempts: z.int().min(1),
	/** A private folder in which the agent may work. */
	folder: z.string(),
	/** Where steered commands make their pipes. */
	pipes: z.string(),
});
export type Engagement = z.infer<typeof Engagement>;

export const TimedOut = z.enum(['timed-out-exec', 'timed-out-idle', 'timed-out-block']);

/** What the harness asks of an agent's process. Whatever happens in time is steered; all else is real. */
export const AgentOrder = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('begin'), engagement: Engagement }),
	/** Lets the agent go: its commands are killed, its connections are closed. */
	z.object({ kind: z.literal('leave') }),
	/** A timer fires: to ask for work, for a heartbeat, *M* or another call's deadline. */
	z.object({ kind: z.literal('fire'), timer: z.enum(['poll', 'beat', 'deadline']) }),
	/** Time passes for its timers: *M*, *F* and the limit of teardown_group count by it. */
	z.object({ kind: z.literal('pass'), minutes: z.int().min(1), cutOff: z.boolean() }),
	/** A time limit of the foreground command runs out. */
	z.object({ kind: z.literal('time-out'), outcome: TimedOut }),
	z.object({ kind: z.literal('look') }),
]);
export type AgentOrder = z.infer<typeof AgentOrder>;

/** What an agent's process shows of itself. */
const AgentSnapshot = z.object({
	/** Whether nothing will happen in it unless something is done to it. */
	atRest: z.boolean(),
	execution: ExecutionRef.nullable(),
	group: z.object({ group: z.string(), variant: z.string(), version: z.string() }).nullable(),
	doing: Doing,
	background: z.array(Position),
	posted: PostedStatus.nullable(),
	/** Attempts of calls, and heartbeats, that were opened since the agent began, and those still open. */
	opened: z.int(),
	open: z.int(),
	/** The steered command in the foreground. */
	foreground: z.string().nullable(),
	/** Those in the background, by where they stand; unwatched ones too. */
	behind: z.array(z.object({ command: z.string(), position: Position })),
	/** Where processes on the host reach the agent. */
	statusUrl: z.string(),
});
export type AgentSnapshot = z.infer<typeof AgentSnapshot>;

/** What each order comes to. */
export const AGENT_RESULTS = comingTo({
	begin: Nothing,
	leave: Nothing,
	fire: Nothing,
	/** Whether the foreground command was over by its limit, and whether a heartbeat is due. */
	pass: z.object({ timedOut: z.boolean(), isBeatDue: z.boolean() }),
	'time-out': Nothing,
	look: AgentSnapshot,
});
