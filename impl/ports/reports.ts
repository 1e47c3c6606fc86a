import type { Awaitable } from '../store/store.ts';
import type { Work } from './configuration.ts';

/**
 * What an agent asks and tells when an execution is over (lifecycle 6.3, calls 15, 18 and 19). No restart
 * depends on any of it, so that nothing of it can fail: what goes wrong is told to whoever looks on.
 */
export interface Reports {
	/** An execution has ended, and not with success: the agent asks where its log is kept now (call 15). */
	failedEnd(work: Work): Awaitable<void>;
	/** Nothing of an execution is needed on the host any more (call 18). */
	tornDown(work: Work): Awaitable<void>;
	/** The host could not be cleaned up, and shall be given no more work (call 19). */
	disableHost(reason: string): Awaitable<void>;
	/** Gives up what is asked or told now, if anything. */
	giveUp(): void;
}
