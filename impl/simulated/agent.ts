import type {
	CommandOutcome,
	Exit,
	Position,
	PostedStatus,
} from '../../model/vocabulary/command.ts';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { PendingCall } from '../agent/client.ts';
import type { SeenGroup } from '../agent/host-group.ts';
import type { Remarks } from '../wire/remarks.ts';
import type { Exchange } from './transport.ts';

/** What happens to an agent, but for answers, which come over its connections. */
export type Heard =
	| { readonly kind: 'poll' }
	| { readonly kind: 'beat' }
	| { readonly kind: 'retry' }
	| { readonly kind: 'deadline' }
	/** Time has passed. Of a host that is cut off nothing reached the server meanwhile. */
	| { readonly kind: 'minutes'; readonly minutes: number; readonly cutOff: boolean }
	| {
			readonly kind: 'command ends';
			readonly outcome: CommandOutcome;
			readonly exit: Exit | undefined;
	  }
	| {
			readonly kind: 'background fails';
			readonly position: Position;
			readonly exit: Exit | undefined;
	  }
	| {
			readonly kind: 'status posted';
			readonly posted: PostedStatus;
			readonly remarks: Remarks | null;
	  };

/** All that is seen of an agent; each part is a new object when it changes. */
export interface AgentSeen {
	readonly execution: ExecutionRef | null;
	readonly group: SeenGroup | null;
	readonly call: PendingCall | null;
	readonly command: Position | null;
	/** The command on whose behalf a mark is called, if its block waits for it. */
	readonly askingFor: Position | null;
	readonly background: readonly Position[];
	readonly posted: PostedStatus | null;
}

export const isSameSeen = (a: AgentSeen, b: AgentSeen): boolean =>
	a.execution === b.execution &&
	a.group === b.group &&
	a.call === b.call &&
	a.command === b.command &&
	a.askingFor === b.askingFor &&
	a.background === b.background &&
	a.posted === b.posted;

/** The agent of a host, as the simulation drives it. */
export interface SimulatedAgent {
	readonly seen: AgentSeen;
	hear(heard: Heard): void | Promise<void>;
	/** Exchanges one heartbeat, reliably and at once, if it holds an execution. */
	beatReliably(exchange: Exchange): void | Promise<void>;
	/** Its connections are closed, and nothing that it waits for ever comes. */
	die(): void;
}
