import type { DesignEntry } from './entry.ts';

/** An agent command asks for it where it stands in the list. */
export const autoRetry: DesignEntry = {
	option: 3,
	name: 'auto.retry command',
	what: 'A command of its own asks for the restart at the place where it stands in the list.',
	summary:
		'A command of the agent, placed before each flagged one, asks that the task be restarted if it fails.',
	why: 'It needs the same endpoint, but it stands apart from the command that fails: it cannot say which one that was.',
	entrance: { proof: 'secrets', forwards: false },
	verdict: {
		fate: 'rejected',
		claim: {
			id: 'R3',
			words:
				'A command that asks beforehand cannot tell which command failed: it restarts without a flagged cause, or misses one.',
			falls: ['S2', 'L1'],
			besides: [],
		},
	},
	yaml: `
- command: auto.retry
- command: shell.exec
  params:
    script: make fetch
`,
	stranger: null,
	known: {
		falls: ['S2', 'S4', 'L1', 'C1', 'C2'],
		retried: { suspected: 4, other: 4 },
		yaml_lines: 1,
	},
};
