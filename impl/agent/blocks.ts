import type { CommandOutcome, Position } from '../../model/vocabulary/command.ts';
import { isWatched } from '../../model/vocabulary/project.ts';
import type { RenderedCommand } from '../ports/shell.ts';
import type { TimeLimit } from '../wire/end-detail.ts';
import type { Background } from './background.ts';
import { limitOf } from './execution-outcome.ts';
import type { RenderedBlock, RenderedBlocks } from './render.ts';
import type { LocalStatus } from './status.ts';

/** What a block needs of the execution that it belongs to. */
export interface BlockRun {
	readonly background: Background;
	readonly status: LocalStatus;
	/** Runs a command to its end; `killed` when an abort cancelled it. */
	run(command: RenderedCommand): Promise<CommandOutcome | 'killed'>;
	/** Asks for a restart on behalf of a command of this block. */
	ask(position: Position): Promise<'done' | 'killed'>;
	/** A command made the task fail: takes it down, and marks the task when the command is flagged. */
	fail(command: RenderedCommand, limit: TimeLimit | null): Promise<void>;
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
		const outcome = await run.run(command);
		if (outcome === 'killed') return 'stopped';
		switch (consequence(block, outcome)) {
			case 'block-fails': {
				const limit = limitOf(outcome, block);
				return failBlock(run, block, command, limit);
			}
			case 'block-stops':
				return 'finished';
			case 'goes-on': {
				// An entry that cannot be rendered ends its block, whether or not that fails the task (lifecycle 3.3).
				if (command.unrendered !== undefined) return 'finished';
				if (outcome !== 'succeeded') continue;
				const failed = run.background.noticeFailure();
				if (failed !== null) return failBlock(run, block, failed, null);
				if (run.status.stopsWork && stopsForStatus(block)) return 'stopped';
			}
		}
	}
	return 'finished';
}

async function failBlock(
	run: BlockRun,
	{ block }: RenderedBlock,
	command: RenderedCommand,
	limit: TimeLimit | null,
): Promise<BlockEnd> {
	// Work is over now, not after the mark, which may take its time (S14).
	if (isWatched(block)) run.background.kill();
	await run.fail(command, limit);
	return limit === null ? 'failed' : 'timed-out';
}

/** Where a block goes on and still heeds a posted status, its command has succeeded. */
const stopsForStatus = ({ block, canFailTask }: RenderedBlock): boolean =>
	isWatched(block) && canFailTask;

/** The table of S4: what the end of a command means to its block. */
export function consequence(
	{ block, canFailTask }: Pick<RenderedBlock, 'block' | 'canFailTask'>,
	outcome: CommandOutcome,
): 'goes-on' | 'block-stops' | 'block-fails' {
	switch (outcome) {
		case 'succeeded':
			return 'goes-on';
		case 'failed':
		case 'panicked':
			return canFailTask ? 'block-fails' : 'goes-on';
		case 'timed-out-exec':
		case 'timed-out-idle':
			// Only main and the blocks before it have these limits, and there they fail the task whatever the switch says.
			return isWatched(block) ? 'block-fails' : 'block-stops';
		case 'timed-out-block':
			return canFailTask ? 'block-fails' : 'block-stops';
	}
}
