import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import type { EndDetails, Route } from '../../model/vocabulary/message.ts';
import { type Block, isWatched } from '../../model/vocabulary/project.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import type { GroupRun, Member } from '../ports/configuration.ts';
import type { Ended, RenderedCommand } from '../ports/shell.ts';
import { isRefused } from '../wire/answer.ts';
import { type Consequence, consequence } from './consequence.ts';
import { type Composed, composeEnd } from './execution-outcome.ts';
import type { RenderedBlock } from './render.ts';

/** How a command of a block ended, and what follows. */
export interface Finished extends Ended {
	readonly block: RenderedBlock;
	readonly command: RenderedCommand;
	/** `block-leaves` where a posted status or an abort stops the block, which is no failure. */
	readonly consequence: Consequence | 'block-leaves';
}

/**
 * The decisions of the agent, each under the name of what it decides. The agent says when one is asked and what
 * follows; a deviation replaces one of them. They stand beside those of the app server, in `impl/server/rules.ts`.
 */
export interface AgentRules {
	/** S4: what the end of a command means to its block. */
	consequence(block: RenderedBlock, outcome: CommandOutcome): Consequence;
	/** S4: whether a command that has ended is a cause so far, so that a restart is asked for. */
	isCause(finished: Finished): boolean;
	/** S4: whether an abort cuts a command of this block short. */
	cutsShort(block: Block): boolean;
	/** S6: whether a restart is asked for at all; the app server refuses it of the merge queue in any case. */
	mayAsk(requester: string): boolean;
	/** S14: whether an answer to a mark, or none, lets the same execution ask again. */
	asksAgain(isAnswered: boolean): boolean;
	/** S14: whether a call that was answered so is never sent again, though it was refused. */
	isFinal(route: Route, status: number): boolean;
	/** S5: whether the answer to a heartbeat says that the execution is no longer this agent's. */
	isLost(status: number): boolean;
	/** S14: how long a call may take, *M* for a mark. */
	deadline_s(route: Route): number;
	/** S5: *F*, how long commands run on without an accepted heartbeat. */
	fence_s(): number;
	/**
	 * S5: whether what still runs is killed, before the end is sent or where the execution is `lost`. `left`: the
	 * block in which something was started last in the background, if anything may still run there.
	 */
	cleansUp(left: Block | null, lost: boolean): boolean;
	/** S23: whether a task of a group can run without setup_group on a host where `before` was the last of it that started. */
	followsOn(work: Member, before: Member): boolean;
	/** S9: whether a task is of the group, on the variant of the version, that the host is set up for. */
	isSameGroup(one: GroupRun, other: GroupRun): boolean;
	/** S15: the end, composed of what the blocks came to and what was posted. */
	compose(composed: Composed): EndDetails;
}

/** A correct agent. */
export const AGENT_RULES: AgentRules = {
	consequence,
	isCause: ({ command, consequence }) => command.retry_on_failure && consequence === 'block-fails',
	cutsShort: isWatched,
	mayAsk: (requester) => requester !== 'github_merge_request',
	asksAgain: (isAnswered) => !isAnswered,
	isFinal: (_, status) => isRefused(status),
	isLost: isRefused,
	deadline_s: (route) => (route === 'mark' ? TIMING.mark_deadline_s : TIMING.call_deadline_s),
	fence_s: () => TIMING.fence_s,
	cleansUp: () => true,
	followsOn: (work, before) => work.group.restarts <= before.group.restarts,
	isSameGroup: (one, other) =>
		one.group === other.group && one.version === other.version && one.build === other.build,
	compose: composeEnd,
};
