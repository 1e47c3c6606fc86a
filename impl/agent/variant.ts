import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { Work } from '../ports/configuration.ts';
import type { Envelope } from '../ports/transport.ts';
import type { RenderedBlocks } from './render.ts';
import type { Requests } from './requests.ts';

/** What a script on a host can do before it exits. */
export interface Script {
	/** Asks for a restart and waits; `killed` when an abort cut it short. */
	ask(): Promise<'done' | 'killed'>;
	/** Posts an end status to the agent's local API. */
	post(posted: PostedStatus): void;
}

/** How a request for a restart sets out from a host. */
export interface AgentVariant {
	/** Whether the agent itself asks when a flagged command has made the task fail. */
	readonly agentAsks: boolean;
	/** The request. */
	mark(requests: Requests, work: Work): Envelope;
	/** The blocks as they are run. */
	arrange?(blocks: RenderedBlocks): RenderedBlocks;
	/** The script of a flagged command has failed by itself and is about to exit non-zero. */
	scriptFails?(script: Script): Promise<'done' | 'killed'>;
}
