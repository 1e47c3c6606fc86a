import { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';

/** A story of one forged request, which every system should shrug off. */
export const FORGED: Story = {
	setup: Setup.parse({
		project: {
			id: 'p1',
			tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
		},
		tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
		hosts: ['h1'],
	}),
	events: [
		{ kind: 'request-forged', route: 'mark', task: 't1', host: 'h1', credentials: 'none' },
		{ kind: 'agent-returns', host: 'h1' },
	],
};

/** A scenario that goes as it says; what it expects and claims can be replaced. */
export const scenario = ({
	status = 'failed',
	shows = 'C1',
	flag = false,
} = {}): string => `mulligan: 1
name: a plain failure
shows: [${shows}]
about: A plain command fails, and nothing is restarted.
project:
  id: p1
  tasks: [{ name: compile, commands: [{ command: make, retry_on_failure: ${flag} }] }]
tasks: [compile]
events:
  - host-asks
  - exchange: next
  - exchange: start
  - command-ends: failed
  - exchange: end
expect: { tasks: { compile: { status: ${status} } } }
`;
