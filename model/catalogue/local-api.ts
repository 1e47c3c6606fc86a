import type { DesignEntry } from './entry.ts';

/** A process tells the agent's local status API, which forwards it with the end. */
export const localApi: DesignEntry = {
	option: 2,
	name: 'local status API',
	what: 'Any process on the host tells the agent, which passes the wish on with the end of the task.',
	summary:
		"The script of a flagged command that fails by itself tells the agent's local API, which forwards it with the end.",
	why: 'The agent would carry requests past the authentication of the app server for whoever runs on the host; its local API is meant for less than that.',
	entrance: { proof: 'secrets', forwards: true },
	verdict: {
		fate: 'rejected',
		claim: {
			id: 'R2',
			words:
				"The agent's local API forwards what any local process asks, past the authentication of the app server.",
			falls: ['S8'],
			besides: ['S2'],
		},
	},
	yaml: `
- command: shell.exec
  params:
    script: |
      make fetch || {
        curl -X POST -d '{"status": "failed", "retryable": true}' localhost:2285/task_status
        exit 1
      }
`,
	// Once in a run a process on the host posts that it wants a restart.
	stranger: { posted: [{ status: 'failed', should_continue: false, retryable: true }] },
	known: {
		falls: ['S2', 'S4', 'S8', 'L1', 'C2'],
		retried: { suspected: 1, other: 0 },
		yaml_lines: 5,
	},
};
