import type { DesignEntry } from './entry.ts';

/** The agent asks when a command that carries the flag has failed. */
export const flag: DesignEntry = {
	option: 4,
	name: 'flag on the command',
	what: 'Any command may carry the flag; its failure, and no other, makes the agent ask.',
	summary: 'The agent asks when a command that carries the flag has made the task fail.',
	why: 'It names the very commands that are expected to fail for passing reasons, and nothing but the agent ever asks.',
	entrance: { proof: 'secrets', forwards: false },
	verdict: {
		fate: 'chosen',
		claim: { id: 'R4', words: 'With the flag on the command every guarantee holds.' },
	},
	yaml: `
- command: shell.exec
  retry_on_failure: true
  params:
    script: make fetch
`,
	stranger: null,
	known: {
		falls: [],
		retried: { suspected: 4, other: 0 },
		yaml_lines: 1,
	},
};
