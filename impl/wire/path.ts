/** Every route lies below this path (lifecycle 6). */
export const PREFIX = '/rest/v2';
const PLAIN = /^[\w-]+$/;

/** An id as one segment of a path, or as a header. */
export const encodeId = (id: string): string => (PLAIN.test(id) ? id : encodeURIComponent(id));

/** @throws URIError when the text is not percent-encoded as it should be. */
export const decodeId = (text: string): string =>
	text.includes('%') ? decodeURIComponent(text) : text;

/** What a user asks of a task, or of a version. */
type UserAction = 'abort' | 'restart' | 'restart_when_finished';

export const nextTaskPath = (host: string): string =>
	`${PREFIX}/hosts/${encodeId(host)}/agent/next_task`;
export const taskPath = (task: string, action: 'start' | 'heartbeat' | 'restart'): string =>
	`${PREFIX}/task/${encodeId(task)}/${action}`;
export const endPath = (host: string, task: string): string =>
	`${PREFIX}/hosts/${encodeId(host)}/task/${encodeId(task)}/end`;
export const userPath = (task: string, action: UserAction): string =>
	`${PREFIX}/tasks/${encodeId(task)}/${action}`;
export const versionPath = (version: string, action: UserAction): string =>
	`${PREFIX}/versions/${encodeId(version)}/${action}`;
export const projectPolicyPath = (project: string): string =>
	`${PREFIX}/admin/projects/${encodeId(project)}/policy`;
export const hostPath = (host: string): string => `${PREFIX}/admin/hosts/${encodeId(host)}`;
export const POLICY_PATH = `${PREFIX}/admin/policy`;
