import type { Design } from '../../model/vocabulary/design.ts';

/** The command of the examples before a team does anything about its failures. */
const BEFORE = `
- command: shell.exec
  params:
    script: make fetch
`;

/** The same command, retried under each design, as a team would write it. */
const AFTER: Readonly<Record<Design, string>> = {
	rest: `
- command: shell.exec
  params:
    script: |
      make fetch || {
        curl --max-time 60 -X POST -H "Api-User: \${retry_user}" -H "Api-Key: \${retry_key}" \\
          -d '{"execution": \${execution}}' "\${api_url}/rest/v2/task/\${task_id}/restart"
        exit 1
      }
`,
	'local-api': `
- command: shell.exec
  params:
    script: |
      make fetch || {
        curl -X POST -d '{"status": "failed", "retryable": true}' localhost:2285/task_status
        exit 1
      }
`,
	'auto-retry': `
- command: auto.retry
- command: shell.exec
  params:
    script: make fetch
`,
	flag: `
- command: shell.exec
  retry_on_failure: true
  params:
    script: make fetch
`,
};

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** Lines that are there after and were not before: what each command costs its team. */
export function linesAdded(design: Design): number {
	const before = new Set(linesOf(BEFORE));
	return linesOf(AFTER[design]).filter((line) => !before.has(line)).length;
}
