import type { Outcome } from '../../model/vocabulary/message.ts';
import type { ExecutionRef, TaskStatus } from '../../model/vocabulary/observation.ts';

/** Something that the app server did, told after it was committed. */
export type JournalEntry =
	| { readonly kind: 'marked'; readonly task: string; readonly outcome: Outcome | null }
	| ({
			readonly kind: 'ended';
			readonly status: TaskStatus;
			readonly aborted: boolean;
			readonly by: 'agent' | 'monitor';
	  } & ExecutionRef)
	/** `execution` is the one that begins. */
	| ({ readonly kind: 'restarted'; readonly by: 'mark' | 'user' | 'system' } & ExecutionRef);

/** Who keeps count of it. A crash may lose entries: the store is what counts. */
export type Journal = (entry: JournalEntry) => void;
