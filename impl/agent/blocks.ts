import type { CommandOutcome, Position } from '../../model/vocabulary/command.ts';
import { isWatched } from '../../model/vocabulary/project.ts';
import type { Ended, RenderedCommand } from '../ports/shell.ts';
import type { Background } from './background.ts';
import type { Consequence } from './consequence.ts';
import { type Cause, limitOf } from './execution-outcome.ts';
import type { RenderedBlock, RenderedBlocks } from './render.ts';
import type { Finished } from './rules.ts';
import type { LocalStatus } from './status.ts';

/** What a block needs of the execution that it belongs to. */
export interface BlockRun {
	readonly background: Background;
	readonly status: LocalStatus;
	/** Runs a command to its end; `killed` when an abort cancelled it. */
	run(command: RenderedCommand): Promise<Ended>;
	/** Asks for a restart on behalf of a command of this block. */
	ask(position: Position): Promise<'done' | 'killed'>;
	/** What the end of a command means to its block. */
	consequence(block: RenderedBlock, outcome: CommandOutcome): Consequence;
	/** A command made the task fail: takes it down. */
	fail(cause: Cause): void;
	/** Whether the end of a command is a reason to mark the task. */
	isCause(finished: Finished): boolean;
	mark(): Promise<void>;
}

/** How a block ended; `stopped` is for a posted status or an abort, which are no failures. */
export type BlockEnd = 'finished' | 'failed' | 'timed-out' | 'stopped';

/**
 * Runs the blocks of a task in their order (lifecycle 3.2); the last one runs whatever came before (L3).
 *
 * @param isSetUp whether the host is set up for the task's group already.
 */
export async function runBlocks(
	run: BlockRun,
	{ setUpGroup, before, main, timeout, after }: RenderedBlocks,
	isSetUp: boolean,
): Promise<void> {
	let work: BlockEnd = 'finished';
	for (const block of isSetUp ? [before, main] : [setUpGroup, before, main])
		if (work === 'finished') work = await runBlock(run, block);
	run.background.kill();
	if (work === 'timed-out') await runBlock(run, timeout);
	await runBlock(run, after);
}

export async function runBlock(run: BlockRun, block: RenderedBlock): Promise<BlockEnd> {
	for (const command of block.commands) {
		if (command.asksForRestart === true) {
			if ((await run.ask(command.position)) === 'killed') return 'stopped';
			continue;
		}
		if (command.background) {
			run.background.start(command, block);
			continue;
		}
		const { outcome, exit } = await run.run(command);
		const consequence = consequenceOf(run, block, outcome);
		const finished = { block, command, outcome, exit, consequence };
		switch (finished.consequence) {
			case 'block-fails':
				return failBlock(run, finished);
			case 'block-leaves':
			case 'block-stops':
				return leaveBlock(run, finished);
			case 'goes-on': {
				// An entry that cannot be rendered ends its block, whether or not that fails the task (lifecycle 3.3).
				if (command.unrendered !== undefined) return 'finished';
				if (run.isCause(finished)) await run.mark();
				if (outcome !== 'succeeded') continue;
				const failed = run.background.noticeFailure();
				if (failed !== null)
					return failBlock(run, {
						block,
						...failed,
						outcome: 'failed',
						consequence: 'block-fails',
					});
				if (run.status.stopsWork && stopsForStatus(block))
					return leaveBlock(run, { ...finished, consequence: 'block-leaves' });
			}
		}
	}
	return 'finished';
}

const consequenceOf = (
	run: BlockRun,
	block: RenderedBlock,
	outcome: CommandOutcome | 'killed',
): Finished['consequence'] =>
	outcome === 'killed' ? 'block-leaves' : run.consequence(block, outcome);

/** The block is over, and has not failed. */
async function leaveBlock(run: BlockRun, finished: Finished): Promise<BlockEnd> {
	if (run.isCause(finished)) await run.mark();
	return finished.consequence === 'block-leaves' ? 'stopped' : 'finished';
}

async function failBlock(run: BlockRun, finished: Finished): Promise<BlockEnd> {
	const { block, command, outcome, exit } = finished;
	const limit = limitOf(outcome, block);
	// Work is over now, not after the mark, which may take its time (S14).
	if (isWatched(block.block)) run.background.kill();
	run.fail({ command, limit, exit });
	if (run.isCause(finished)) await run.mark();
	return limit === null ? 'failed' : 'timed-out';
}

/** Where a block goes on and still heeds a posted status, its command has succeeded. */
const stopsForStatus = ({ block, canFailTask }: RenderedBlock): boolean =>
	isWatched(block) && canFailTask;
