/*
 * Each word of ours and of the field, defined here and nowhere else: docs/glossary.md and the review page are made of
 * it. What stands between backticks is written as code.
 */

/** Words of the field. */
export const FIELD = {
	task: 'what a team wants to have run; runs as executions',
	'task instance': 'a task on a variant',
	execution: 'one run of a task, numbered from 0; `compile/1` is the second of compile',
	command: 'one step of a task, function or block; may carry `retry_on_failure`',
	flag: '`retry_on_failure` on a command',
	block:
		'a list of commands with a role: pre, main, timeout, post, and setup and teardown of a group or task',
	variant: 'what a task runs on, such as an operating system',
	'execution task': 'a task that is shown as part of a display task',
	'display task': 'several execution tasks shown, aborted and restarted as one',
	final:
		'failed or success, as it is shown of a display task or a version: nothing of it runs, has yet to run or is about to restart',
	'task group': 'tasks that run one after the other on hosts that they share',
	unit: 'what restarts as one: a task, a display task, or a group on a single host',
	requester: 'why a version was made: a commit, a patch, the merge queue',
	host: 'a machine that runs one agent',
	agent: 'asks for tasks, runs their commands, reports how they ended',
	'app server': 'hands out tasks, keeps their status, restarts them',
	monitor:
		"the server's job that ends executions nobody hears of, and carries on what a crash left undone",
	heartbeat: "an agent's sign of life; its answer may be that the task was aborted",
	mark: 'the request that a task be restarted when it ends, and what the server decided of it',
	end: "the agent's report of how an execution ended",
	restart: 'a new execution of a unit: asked for by a user, a mark or the system',
	budget: 'how often a unit may restart automatically (`max`)',
	quota: 'how many marks a project may have granted in 24 hours (`limit`); each takes a slot',
	slot: 'what a granted mark holds of the quota, for 24 hours or until it is given back',
	cap: 'the execution from which on nothing restarts automatically',
	'merge queue': 'versions that are tried before a merge; never restarted',
	fenced: "told that an execution is no longer the agent's; it stops",
	fault: 'what goes wrong around a task: a message lost or repeated, a crash, a forged request',
	canary: 'a system broken on purpose, which a verification must catch',
	'invariant, safety': 'a promise that nothing bad happens; one step breaks it',
	liveness: 'a promise that something good happens at last',
	fairness: 'what a liveness promise assumes: messages arrive at last, commands end',
	seed: 'the number that decides every random story',
	shrinking: 'making a broken story shorter while it stays broken',
	'swarm testing': 'each story draws which kinds of event are on',
	shard: 'one part of a run that is spread over machines',
} as const;

/** Words of ours. */
export const OURS = {
	event: 'one thing that can happen',
	setup: 'a project, a policy and hosts',
	story: 'a setup and the events that happen in it',
	scenario: 'a story in YAML, with a name and what is expected',
	corpus: 'stories that once showed a mistake, told first in every verification',
	token: 'a whole story in one word, `v2.…`; `npx mulligan replay` plays it',
	observation:
		'what an observer sees of a system after an event; nothing in it depends on how the system is built',
	system: 'whatever takes events and shows observations: the model, the reference, a live one',
	model: 'the XState machines, composed',
	reference: 'the app server and agent, written independently of the model',
	lockstep: 'the same story on several systems, which must show the same',
	diverged: 'of a story: the systems showed something different',
	guarantee: 'a promise of the specification, with one judge',
	judge: 'looks at one step: before, event, after',
	exercised: 'of a guarantee: it could have been broken there',
	situation: 'a kind of moment that puts one half of a guarantee to the test',
	thin: 'of a guarantee that holds: a half of it was hardly put to the test',
	verdict: '`holds`, `violated` or `unknown`; what was not exercised is unknown',
	finding: 'something wrong, with the shortest story that shows it',
	rest: 'the end of a story: everything owed has had its chance',
	bound: 'how far a search went, beyond which nothing is said',
	configuration: 'a setup and bounds, gone through by the checker state by state',
	deviation: 'a known bug, as a small override',
	design: 'one of the options of the decision record, on trial like the others',
	claim: 'what the decision record says of a design, checked against its guarantees',
	profile: 'how much a run takes on: `quick`, `standard` or `deep`',
	evidence: 'what a run counted and found, as JSON with a schema',
	review: 'one page made of all evidence in a folder',
} as const;

/** What links to a word where all of them stand. */
export const anchorOfWord = (word: string): string => `word-${word.replaceAll(/\W+/g, '-')}`;

/** Each word with what it means, as plain text. */
export const MEANINGS: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries({ ...FIELD, ...OURS }).map(([word, means]) => [word, means.replaceAll('`', '')]),
);
