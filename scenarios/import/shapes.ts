/**
 * What the server takes under a key: its parser refuses anything else (model/project_parser.go, project_matrix.go and
 * project.go of the deployed system). Nothing at all, or null, it takes everywhere; keys that it does not know it passes over.
 */
export type Shape =
	| { readonly kind: 'text' | 'truth' | 'whole number' | 'selector' | 'anything' }
	/** `single`: one entry may stand there without a list. */
	| { readonly kind: 'list'; readonly of: Shape; readonly single: boolean }
	/** Any keys. */
	| { readonly kind: 'mapping'; readonly of: Shape }
	/** `short`: a text may stand there instead of a mapping with that `name`. */
	| { readonly kind: 'record'; readonly keys: Keys; readonly short: boolean };
export type Keys = Readonly<Record<string, Shape>>;

const TEXT: Shape = { kind: 'text' };
const TRUTH: Shape = { kind: 'truth' };
const WHOLE: Shape = { kind: 'whole number' };
const ANYTHING: Shape = { kind: 'anything' };
const listOf = (of: Shape): Shape => ({ kind: 'list', of, single: false });
const oneOrMore = (of: Shape): Shape => ({ kind: 'list', of, single: true });
const mappingOf = (of: Shape): Shape => ({ kind: 'mapping', of });
const record = (keys: Keys): Shape => ({ kind: 'record', keys, short: false });
const textOr = (keys: Keys): Shape => ({ kind: 'record', keys, short: true });

const TEXTS = oneOrMore(TEXT);
/** A selector by the values of axes. */
const CELLS = mappingOf(TEXTS);

const COMMAND = record({
	command: TEXT,
	func: TEXT,
	display_name: TEXT,
	type: TEXT,
	variants: listOf(TEXT),
	timeout_secs: WHOLE,
	params: mappingOf(ANYTHING),
	vars: mappingOf(TEXT),
	retry_on_failure: TRUTH,
	failure_metadata_tags: listOf(TEXT),
});
const BLOCK = oneOrMore(COMMAND);

/** Of a variant, by its name or by values of axes. */
const SELECTOR: Shape = { kind: 'selector' };

const DEPENDENCIES = oneOrMore(
	textOr({
		name: TEXT,
		variant: SELECTOR,
		status: TEXT,
		patch_optional: TRUTH,
		omit_generated_tasks: TRUTH,
	}),
);

/** What decides whether a task runs, at whichever level. */
const RUNS: Keys = {
	patchable: TRUTH,
	patch_only: TRUTH,
	disable: TRUTH,
	allow_for_git_tag: TRUTH,
	git_tag_only: TRUTH,
	allowed_requesters: listOf(TEXT),
	exec_timeout_secs: WHOLE,
	stepback: TRUTH,
	depends_on: DEPENDENCIES,
	run_on: TEXTS,
};

const TASK = record({
	...RUNS,
	name: TEXT,
	priority: WHOLE,
	commands: listOf(COMMAND),
	tags: TEXTS,
	must_have_test_results: TRUTH,
	ps: TEXT,
});

const GROUP = record({
	name: TEXT,
	max_hosts: WHOLE,
	setup_group: BLOCK,
	setup_group_can_fail_task: TRUTH,
	setup_group_timeout_secs: WHOLE,
	setup_task: BLOCK,
	setup_task_can_fail_task: TRUTH,
	setup_task_timeout_secs: WHOLE,
	teardown_task: BLOCK,
	teardown_task_can_fail_task: TRUTH,
	teardown_task_timeout_secs: WHOLE,
	teardown_group: BLOCK,
	teardown_group_timeout_secs: WHOLE,
	timeout: BLOCK,
	callback_timeout_secs: WHOLE,
	tasks: listOf(TEXT),
	tags: TEXTS,
	share_processes: TRUTH,
});

const SCHEDULED: Keys = { batchtime: WHOLE, cron: TEXT, activate: TRUTH };
/** What may be said of a task in the list of a variant. */
const SETTINGS: Keys = {
	...RUNS,
	...SCHEDULED,
	priority: WHOLE,
	ps: TEXT,
	create_check_run: ANYTHING,
};
export const ENTRY_KEYS: readonly string[] = Object.keys(SETTINGS);
const ENTRIES = oneOrMore(textOr({ ...SETTINGS, name: TEXT, distros: TEXTS }));

/** What a variant and a definition of many have in common. */
const RUNNING: Keys = {
	...RUNS,
	...SCHEDULED,
	display_name: TEXT,
	tags: TEXTS,
	modules: TEXTS,
	deactivate_previous: TRUTH,
	tasks: ENTRIES,
	display_tasks: listOf(record({ name: TEXT, execution_tasks: listOf(TEXT) })),
};
/** Of a build variant, or a definition of many. */
export const VARIANT: Keys = {
	...RUNNING,
	name: TEXT,
	expansions: mappingOf(ANYTHING),
	paths: TEXTS,
	matrix_name: TEXT,
	matrix_spec: CELLS,
	exclude_spec: oneOrMore(CELLS),
	rules: listOf(
		record(
			Object.fromEntries([
				['if', oneOrMore(CELLS)],
				['then', record({ add_tasks: ENTRIES, remove_tasks: TEXTS })],
			]),
		),
	),
};

const AXIS = record({
	id: TEXT,
	display_name: TEXT,
	values: listOf(
		record({
			id: TEXT,
			display_name: TEXT,
			variables: mappingOf(ANYTHING),
			run_on: TEXTS,
			tags: TEXTS,
			modules: TEXTS,
			batchtime: WHOLE,
			stepback: TRUTH,
		}),
	),
});

/** A project file. */
export const PROJECT_FILE: Keys = {
	include: listOf(record({ filename: TEXT, module: TEXT })),
	stepback: TRUTH,
	pre_timeout_secs: WHOLE,
	post_timeout_secs: WHOLE,
	pre_error_fails_task: TRUTH,
	post_error_fails_task: TRUTH,
	oom_tracker: TRUTH,
	display_name: TEXT,
	command_type: TEXT,
	ignore: TEXTS,
	parameters: listOf(mappingOf(ANYTHING)),
	pre: BLOCK,
	post: BLOCK,
	timeout: BLOCK,
	callback_timeout_secs: WHOLE,
	modules: listOf(mappingOf(ANYTHING)),
	buildvariants: listOf(record(VARIANT)),
	functions: mappingOf(BLOCK),
	task_groups: listOf(GROUP),
	tasks: listOf(TASK),
	exec_timeout_secs: WHOLE,
	timeout_secs: WHOLE,
	axes: listOf(AXIS),
};
