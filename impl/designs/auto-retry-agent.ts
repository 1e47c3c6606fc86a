import type { RenderedBlock } from '../agent/render.ts';
import type { AgentVariant } from '../agent/variant.ts';
import type { RenderedCommand } from '../ports/shell.ts';

/** The agent command that asks, in the place of the command that it stands before. */
const asking = ({ position, type }: RenderedCommand): RenderedCommand => ({
	position,
	command: 'auto.retry',
	type,
	background: false,
	retry_on_failure: false,
	asksForRestart: true,
});

const arranged = (block: RenderedBlock): RenderedBlock => ({
	...block,
	commands: block.commands.flatMap((command) =>
		command.retry_on_failure ? [asking(command), command] : [command],
	),
});

/**
 * Option 3: a command of the agent's own asks, before each command that is suspected, in the blocks where
 * a failure can fail the task; before main, a time-out can in any case.
 */
export const autoRetryAgent: AgentVariant = {
	agentAsks: false,
	mark: (requests, work) => requests.mark(work),
	arrange: ({ setUpGroup, before, main, after, ...others }) => ({
		...others,
		setUpGroup: arranged(setUpGroup),
		before: arranged(before),
		main: arranged(main),
		after: after.canFailTask ? arranged(after) : after,
	}),
};
