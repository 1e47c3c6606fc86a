/**
 * What the keys of a scenario mean that their schemas say nothing of: for editors. By the key, or by the key that it stands
 * under and the key.
 */
export const KEY_DESCRIPTIONS: Readonly<Record<string, string>> = {
	// Who and what
	host: 'A host, by its name. May be left out where there is only one.',
	task: 'A task, by its id. May be left out where there is only one.',
	variant: 'The build variant. Default: linux.',
	id: 'The name by which the story calls it. Default of a task: its name in the project.',
	group: 'The task group: its name.',
	route: 'The call: next, start, heartbeat, mark, end and so on.',
	leg: 'request: from the agent to the app server. reply: the way back.',
	awaited: 'Whether the agent still waits for the answer; false: a late one.',
	block: 'The block that the command stands in.',
	step: 'Which entry of the block, counted from 0.',
	member: 'Which command of the function, counted from 0; null: it stands in no function.',
	func: 'The function that is called, by its name.',
	credentials: 'What the forger shows, each wrong in its own way.',

	// Events
	limit: 'Which time limit: exec, idle, or that of the block.',
	commit: 'Whether it crashes before or after it has stored what the request asks for.',
	message: 'The request that it handles when it crashes.',
	failed_only: 'Of a display task, only the members that failed.',
	abort: 'What runs is aborted, and what was not dispatched yet waits for the restart.',
	should_continue: 'Whether the commands that are left are run all the same.',
	retryable: 'Whether it asks for a restart (under the design local-api).',
	'held.message-delivered': 'The request whose handler is held.',
	'held.user-aborts': 'The abort whose handler is held: what it aborts.',
	'held.user-restarts': 'The restart whose handler is held: of what.',
	'held.user-restarts-when-finished': 'The restart when finished whose handler is held: of what.',
	'goes-on.route':
		'What the handler answers: next, start, heartbeat, mark, end, abort, restart or restart-when-finished; or monitor.',
	'user-restarts.execution': 'Which execution, counted from 0. Default: the one that is shown.',
	'user-restarts-when-finished.execution':
		'Which execution, counted from 0. Default: the one that is shown.',
	'command-ends.outcome': 'How it ends; main knows no time limit of a block.',
	'status-posted.status': 'The end status that a process on the host posts, as success or failed.',

	// Expectations
	tasks: 'By the id of the task: its status alone, or keys that are compared.',
	display_tasks: 'By the id of the display task: its status alone, or keys that are compared.',
	version: 'What is shown of all tasks together: created, started, success or failed.',
	hosts: 'By the host: what it does, or keys that are compared.',
	answer: 'How the app server answered the request of the last event; null: there was none.',
	messages: 'All messages in flight, oldest first: request mark, or more in a mapping.',
	in_hand: 'All handlers that are held, oldest first: mark, or more in a mapping.',
	commits: 'How many changes the handler that is held has committed so far.',
	ignored_flags: 'All calls of functions whose flag does nothing (C2).',
	'expect.policy': 'What is heeded of a mark that arrives now.',
	'policy-changes.max_automatic_restarts': 'Automatic restarts of one unit, from now on.',
	'policy-changes.daily_limit':
		'Automatic restarts of a project in 24 hours, from now on; 0: any number.',
	'policy-changes.execution_cap': 'From this execution on none is restarted, from now on.',
	'policy-changes.restart_system_failed': 'Whether what is lost from now on is restarted.',
	quota_used: 'Slots of the project for automatic restarts that are in use.',
	hour: 'Whole hours since the story began.',
	minute: 'Minutes since the story began.',
	minutes: 'How many; without it, an hour.',
	server: 'Whether the app server is up or down.',
	status: 'undispatched, dispatched, started, success or failed.',
	'answer.status': 'The HTTP status.',
	'messages.status': 'The HTTP status of a reply.',
	outcome: 'How the app server answered.',
	execution: 'Which execution, counted from 0.',
	started_by: 'Who started the execution: schedule, user, mark or system.',
	by: 'schedule, user, mark or system.',
	secret: 'Which of the secrets that the task has had is the live one, counted from 0.',
	aborted: 'Whether a user, or the merge queue, has aborted it.',
	mark: 'What became of the request for a restart: none, granted, withdrawn or refused_….',
	held: 'Why it cannot be dispatched: inactive, blocked, waiting; null: it can.',
	restart_pending: 'Whether it will be restarted for a mark as soon as its unit has ended.',
	repair_pending: 'Whether it will be restarted as its host was lost.',
	restart_asked:
		'What a user asked to be restarted when it is finished: whole or failed; absent: nothing.',
	awaits_restart: 'Whether it waits for the restart that a user asked for with an abort.',
	automatic_restarts: 'Automatic restarts that its unit has used.',
	dispatched_at: 'The hour in which it was dispatched.',
	ended_at: 'The hour in which it ended.',
	dispatched_minute: 'The minute in which it was dispatched.',
	ended_minute: 'The minute in which it ended.',
	details: 'How it ended.',
	remarks:
		'What processes say about the end: desc, tags. Of a task: what is kept of the live execution; absent: nothing.',
	desc: 'What is said, in own words.',
	tags: 'Failure metadata tags.',
	timed_out: 'Which time limit ran out; null: none.',
	description: 'Why the app server ended it; empty: it ended by itself.',
	agent: 'Whether the agent is alive or dead.',
	doing: 'idle, calling a route, or running a block: running main 1.',
	type: 'Whose fault a failure is: test, system or setup.',

	// The project
	'project.id': 'The name of the project. Default: project.',
	'project.tasks': 'The tasks of the project.',
	'tasks.name': 'The name of the task.',
	functions: 'Lists of commands, by the name of the function.',
	commands: 'The commands of the task, in the block main.',
	command: 'The command: shell.exec, git.get_project, s3.put …',
	display_name: 'What people call the command.',
	retry_on_failure: 'The flag: a failure of this command restarts the task. Default: false.',
	background: 'It returns at once, and may fail later.',
	variants: 'The build variants on which it runs. Default: all.',
	vars: 'Values for the commands of the function.',
	params_yaml: 'The parameters of the command, as YAML; no story looks at them.',
	command_type: 'The type of failure of commands that say none. Default: test.',
	pre: 'Runs before the commands of a task that is in no group.',
	post: 'Runs after the commands of a task that is in no group.',
	timeout: 'Runs when a time limit has run out.',
	pre_error_fails_task: 'Whether a failure in pre fails the task. Default: false.',
	post_error_fails_task: 'Whether a failure in post fails the task. Default: false.',
	task_groups: 'Tasks that share a host, one after the other.',
	'task_groups.name': 'The name of the group.',
	'task_groups.tasks': 'The names of its tasks, in the order in which they run.',
	max_hosts: 'How many hosts may run its tasks at once. Default: 1, and the group restarts as one.',
	share_processes: 'Whether processes go on from one task to the next.',
	setup_group: 'Runs once on a host, before the first task of the group.',
	setup_task: 'Runs before the commands of each task of the group.',
	teardown_task: 'Runs after the commands of each task of the group.',
	teardown_group: 'Runs when the host leaves the group.',
	setup_group_can_fail_task: 'Whether a failure in setup_group fails the task. Default: false.',
	setup_task_can_fail_task: 'Whether a failure in setup_task fails the task. Default: false.',
	teardown_task_can_fail_task: 'Whether a failure in teardown_task fails the task. Default: false.',

	// The version and what is allowed
	activated: 'false: nobody has scheduled it, so it does not run.',
	depends_on: 'The tasks that it waits for, by their ids.',
	'depends_on.name': 'The id of the task that it waits for.',
	'depends_on.status': 'What it waits for: success, failed, or any end.',
	execution_tasks: 'The ids of the tasks that it shows.',
	max_automatic_restarts: 'Automatic restarts of one task, or of one unit. Default: 1.',
	daily_limit: 'Automatic restarts of a project in 24 hours; 0: any number. Default: 200.',
	execution_cap: 'From this execution on nothing is restarted automatically. Default: 9.',
	call_attempts: 'How often an agent sends one call at the most. Default: 10.',
	restart_system_failed: 'Whether a task whose host is lost is restarted once. Default: it is not.',
};

const TIME_LIMIT =
	'A time limit in seconds; 0: none. No story looks at it: what times out, its events say.';

/** What a key means under another one, if that is known here. */
export const descriptionOf = (parent: string, key: string): string | undefined =>
	KEY_DESCRIPTIONS[`${parent}.${key}`] ??
	KEY_DESCRIPTIONS[key] ??
	(key.endsWith('timeout_secs') ? TIME_LIMIT : undefined);
