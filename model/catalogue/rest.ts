import type { DesignEntry } from './entry.ts';

/** A script calls a REST endpoint with a service user's key. */
export const rest: DesignEntry = {
	option: 1,
	name: 'REST endpoint',
	what: 'A script in the task calls a public endpoint with the key of a service user.',
	summary:
		"The script of a flagged command that fails by itself calls a REST endpoint with a service user's key.",
	why: 'Each team would have to ask for a service user and its permissions, and whoever gets hold of the key can mark tasks that are not theirs.',
	entrance: { proof: 'service-key', forwards: false },
	verdict: {
		fate: 'rejected',
		claim: {
			id: 'R1',
			words:
				'A REST endpoint for tasks needs service users with more permissions; whoever holds such a key can mark the tasks of others.',
			falls: ['S8'],
			besides: ['S2'],
		},
	},
	yaml: `
- command: shell.exec
  params:
    script: |
      make fetch || {
        curl --max-time 60 -X POST -H "Api-User: \${retry_user}" -H "Api-Key: \${retry_key}" \\
          -d '{"execution": \${execution}}' "\${api_url}/rest/v2/task/\${task_id}/restart"
        exit 1
      }
`,
	// Once in a run somebody shows the key.
	stranger: { forged: [{ route: 'mark', credentials: 'service-key' }] },
	known: {
		falls: ['S2', 'S4', 'S8', 'S9', 'L1', 'C2'],
		retried: { suspected: 1, other: 0 },
		yaml_lines: 6,
	},
};
