import type { CommandOutcome, Exit, PostedStatus, Remarks } from '../vocabulary/command.ts';
import type { Details, EndDetails, Outcome } from '../vocabulary/message.ts';
import type { Block, CommandType } from '../vocabulary/project.ts';
import type { PolicyInForce } from '../vocabulary/setup.ts';

/**
 * What the machines signal to each other and the world. Inside the machines tasks and hosts are small
 * numbers, their places in the setup: so a machine has the same few snapshots in every story.
 *
 * Machines are pure. What they want done leaves them as data, an `Effect`: the composition
 * (`model/system/`) delivers signals at once, within the same step, and puts calls on the network.
 */

/** A flagged or unflagged command that failed, the failure type it stands for, and how its process ended. */
export interface Failure {
	flagged: boolean;
	type: CommandType;
	exit?: Exit;
}

/** The n-th command of a block, after functions are expanded and variants applied. */
export interface Place {
	block: Block;
	index: number;
}

export interface BackgroundCommand extends Place, Failure {
	/** Whether its block can fail the task. */
	canFail: boolean;
}

/** A block that is to be run, and whether a failed command of it fails the task (its switch; always in main). */
export interface BlockRun {
	block: Block;
	canFail: boolean;
}

/** What an agent has to know of a task that it is given, to run the blocks around main. */
export interface TaskRun {
	/** Of a task of a group: which one, and whether a failure of setup_group fails the task. */
	group: { instance: number; canFail: boolean } | null;
	/** pre; of a task of a group, setup_task. */
	setUp: BlockRun;
	/** post; of a task of a group, teardown_task. */
	cleanUp: BlockRun;
}

/** What an agent hears of the answer to a call; of one to `next`, the task and execution that it is given. */
interface Reply {
	type: 'REPLY';
	outcome: Outcome;
	task: number | null;
	execution: number | null;
	/** Of a task of a group: how often what restarts with it was restarted; else 0. */
	restarts: number;
	run: TaskRun | null;
}

export type CommandSignal =
	| { type: 'START' }
	| { type: 'ENDS'; outcome: CommandOutcome; exit?: Exit | undefined }
	| { type: 'CANCEL' };

export type BlockSignal =
	| ({ type: 'RUN' } & BlockRun)
	| { type: 'COMMAND'; flagged: boolean; failureType: CommandType; background: boolean }
	/** An agent command that asks for a restart stands here. */
	| { type: 'AUTO_RETRY' }
	| { type: 'NO_MORE' }
	/** Whoever asked for a mark may go on. */
	| { type: 'ANSWERED' }
	| { type: 'SUCCEEDED' }
	/** `scriptLives`: it exited by itself and has not had its say yet; a panic leaves nobody to say anything. */
	| { type: 'FAILED'; scriptLives: boolean; exit?: Exit | undefined }
	| { type: 'TIMED_OUT'; limit: 'exec' | 'idle' | 'block' }
	| { type: 'BACKGROUND_FAILED'; block: Block; index: number; exit?: Exit | undefined }
	| { type: 'STATUS_POSTED'; posted: PostedStatus }
	| { type: 'CANCEL' };

export type AgentSignal =
	| { type: 'ASK' }
	| Reply
	| { type: 'GAVE_UP' }
	/** A script or a command of the running block asks for a mark. */
	| { type: 'MARK_WANTED' }
	| { type: 'BLOCK_DONE' }
	| { type: 'BLOCK_FAILED'; failure: Failure; limit: 'exec' | 'idle' | 'block' | null }
	| { type: 'BLOCK_STOPPED' }
	| { type: 'POSTED'; posted: PostedStatus; commandType: CommandType }
	| { type: 'BEAT' }
	/** A heartbeat was accepted; the answer may carry an abort. */
	| { type: 'HEARD'; abort: boolean }
	/** The execution is no longer the agent's: a heartbeat was refused. */
	| { type: 'LOST' }
	| { type: 'MINUTES'; minutes: number }
	/** So many minutes passed in which nothing of the host reached the app server. */
	| { type: 'CUT_OFF'; minutes: number }
	| { type: 'DIES' }
	| { type: 'RETURNS' }
	/** Its host is yet to come, comes, or is taken away for good. */
	| { type: 'WAITS' }
	| { type: 'COMES' }
	| { type: 'GOES' };

/** A request of an agent, before host and network are added. */
export type Call =
	| { route: 'next' }
	| { route: 'start' | 'mark' | 'heartbeat'; task: number; execution: number }
	| { route: 'end'; task: number; execution: number; details: EndDetails; remarks?: Remarks };

export type CallSignal =
	| { type: 'SEND'; call: Call }
	| { type: 'RETRY' }
	| { type: 'GIVE_UP' }
	| { type: 'MINUTES'; minutes: number }
	| Reply
	| { type: 'CLOSE' };

export type HeartbeatSignal =
	| { type: 'BEAT'; task: number; execution: number }
	| { type: 'REPLY'; outcome: Outcome }
	| { type: 'CLOSE' };

export type AppServerSignal =
	| { type: 'NEXT'; host: number }
	| { type: 'FREE'; host: number }
	/** An undispatched task can be dispatched, or cannot any more. */
	| { type: 'READY'; task: number }
	| { type: 'NOT_READY'; task: number }
	/** A single-host group no longer belongs to its host. */
	| { type: 'RELEASE'; group: number }
	/** A task of this unit of the merge queue failed, and its version with it. */
	| { type: 'VERSION_FAILED'; unit: number }
	| { type: 'MINUTES'; minutes: number }
	/** A host registers, or is taken away for good. */
	| { type: 'COMES'; host: number }
	| { type: 'GOES'; host: number }
	| { type: 'CRASH' }
	| { type: 'RETURN' };

export type TaskSignal =
	| { type: 'DISPATCH'; host: number }
	| { type: 'RESEND'; host: number }
	| { type: 'START'; execution: number }
	| { type: 'BEAT'; execution: number }
	| { type: 'MARK'; execution: number }
	/** To itself: the mark is authentic and of the live execution in progress. */
	| { type: 'DECIDE' }
	/** What its unit decided on its mark. */
	| { type: 'GRANTED' }
	| { type: 'REFUSED'; mark: RefusedByUnit }
	| { type: 'END'; execution: number; details: Details; remarks?: Remarks | undefined }
	/** To itself: the live execution in progress ends; `unheard`: for want of a heartbeat. */
	| { type: 'FINISH'; details: Details; remarks?: Remarks | undefined; unheard: boolean }
	/** The execution that ended is archived, and the next one begins. */
	| { type: 'RENEW'; startedBy: StartedBy }
	/** To itself: a user may have the live execution restarted. */
	| { type: 'RESTART_FOR_USER'; failedOnly: boolean }
	| { type: 'FORGED'; guess: 'task-secret' | 'host-secret' | 'other-host' | 'none' }
	| { type: 'USER_ABORTS' }
	| { type: 'ABORT' }
	| { type: 'USER_RESTARTS'; execution: number; failedOnly: boolean }
	| { type: 'USER_ASKS'; execution: number; failedOnly: boolean; abort: boolean }
	| { type: 'MONITOR' }
	/** From now on. */
	| { type: 'POLICY'; policy: PolicyInForce }
	| { type: 'MINUTES'; minutes: number };

export type UnitSignal =
	/** These members are to run. */
	| { type: 'SCHEDULE'; tasks: readonly number[] }
	/** What became of a member: it was given to a host, asks for a restart, was aborted, or ended. */
	| { type: 'DISPATCHED'; task: number }
	| { type: 'JOIN'; task: number }
	| { type: 'WITHDRAWN'; task: number }
	| { type: 'FINISHED'; task: number; status: 'success' | 'failed'; repair: boolean }
	/** The quota's answer. */
	| { type: 'TAKEN'; task: number }
	| { type: 'FULL'; task: number }
	/** To itself, when a member ended: it may be time to restart. */
	| { type: 'CONSIDER' }
	| { type: 'MONITOR' }
	/** To itself: the restart that is due. */
	| { type: 'RESTART' }
	/** To itself, or from a member: a user may have it restarted. */
	| { type: 'RESTART_FOR_USER'; failedOnly: boolean }
	/** Of a display task. */
	| { type: 'USER_ABORTS'; tasks: readonly number[] }
	/** To itself, or from a member: a user had these aborted. If that is all of it, no restart is asked any more (C5). */
	| { type: 'CANCEL'; tasks: readonly number[] }
	/** From a member that has ended, and that a user has aborted: nothing to abort, but it may be all of it. */
	| { type: 'TAKE_BACK'; tasks: readonly number[] }
	/** To itself: marks of members that have ended stand no more. */
	| { type: 'CALL_OFF'; tasks: readonly number[] }
	| { type: 'USER_RESTARTS'; execution: number; failedOnly: boolean }
	| { type: 'USER_ASKS'; execution: number; failedOnly: boolean; abort: boolean }
	/** To itself, or from a member: a user may ask that it be restarted when it is finished. */
	| { type: 'ASK'; failedOnly: boolean; abort: boolean }
	/** What its members see of a task of another unit that they wait for. */
	| { type: 'SEES'; task: number; view: DependencyView }
	/** The version failed: what runs is aborted, what does not run yet never will. */
	| { type: 'GIVE_UP' }
	/** From now on. */
	| { type: 'POLICY'; policy: PolicyInForce };

/** What a dependent sees of a task that it waits for (S16): open, ended, or that and why it will not run. */
export type DependencyView = 'open' | 'success' | 'failed' | 'inactive' | 'blocked';

export type QuotaSignal =
	| { type: 'TAKE'; unit: number; task: number }
	| { type: 'GIVE_BACK'; unit: number }
	| { type: 'POLICY'; policy: PolicyInForce }
	| { type: 'MINUTES'; minutes: number };

/** A signal to a machine of the same host, or among the machines of the server. */
export type SignalTo =
	| { to: 'command'; signal: CommandSignal }
	| { to: 'block'; signal: BlockSignal }
	| { to: 'agent'; signal: AgentSignal }
	| { to: 'call'; signal: CallSignal }
	| { to: 'heartbeat'; signal: HeartbeatSignal }
	| { to: 'server'; signal: AppServerSignal }
	| { to: 'task'; task: number; signal: TaskSignal }
	| { to: 'unit'; unit: number; signal: UnitSignal }
	| { to: 'quota'; project: number; signal: QuotaSignal };

/** What is written down about an execution, with the minute, and never read by a machine. */
export type LedgerEntry =
	| { what: 'dispatched' }
	| { what: 'ended' }
	| {
			what: 'archived';
			execution: number;
			startedBy: StartedBy;
			host: number | null;
			mark: MarkState;
			aborted: boolean;
			details: Details;
			remarks: Remarks | null;
	  };

export type StartedBy =
	| { by: 'schedule' | 'user' | 'system' }
	| { by: 'mark'; task: number; execution: number };

export type MarkState =
	| 'none'
	| 'granted'
	| 'withdrawn'
	| 'refused_budget'
	| 'refused_quota'
	| 'refused_cap'
	| 'refused_merge_queue';

/** The refusals of a mark that are about the whole unit. */
export type RefusedByUnit = Extract<MarkState, 'refused_budget' | 'refused_quota' | 'refused_cap'>;

/** What the actions below carry, by name. */
interface Said {
	signal: SignalTo;
	/** As many as there are. */
	signalEach: readonly SignalTo[];
	/** Asks for the n-th command of a block; answered at once by COMMAND or NO_MORE. */
	fetch: Place;
	/** A request on the network, over the lane's connection. */
	send: { lane: Lane; call: Call };
	/** The lane's connection is closed: its replies vanish, its requests are answered to nobody. */
	hangUp: { lane: Lane };
	/** The server's answer to the request in hand; `execution` is the one given to a host. */
	answer: { outcome: Outcome; status: number; execution: number | null };
	/** A signal to itself in a transaction of its own, after this one is committed. */
	later: { signal: UnitSignal };
	record: { entry: LedgerEntry };
}

/** Something a machine wants done, as data. */
export type Effect = { [Type in keyof Said]: { type: Type; params: Said[Type] } }[keyof Said];

export type Lane = 'call' | 'heartbeat';

/**
 * The actions by which machines utter effects: they do nothing, their parameters say it all.
 * The composition reads them from `transition()`.
 */
export const utterances = {
	signal: (_: unknown, _said: Said['signal']): void => {},
	signalEach: (_: unknown, _said: Said['signalEach']): void => {},
	fetch: (_: unknown, _said: Said['fetch']): void => {},
	send: (_: unknown, _said: Said['send']): void => {},
	hangUp: (_: unknown, _said: Said['hangUp']): void => {},
	answer: (_: unknown, _said: Said['answer']): void => {},
	later: (_: unknown, _said: Said['later']): void => {},
	record: (_: unknown, _said: Said['record']): void => {},
};

/**
 * Reads an action of a machine as an effect; null if it is none. The parameters were checked when
 * the machine was compiled, against `utterances`.
 */
export const asEffect = (action: { type: string; params: unknown }): Effect | null =>
	action.type in utterances && action.params !== undefined ? (action as Effect) : null;
