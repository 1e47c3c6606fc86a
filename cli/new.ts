import { lstatSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Setup, TaskInstance } from '../model/vocabulary/setup.ts';
import { STORY_LENGTH } from '../model/vocabulary/stories/story.ts';
import { MULLIGAN, replayFileCommand } from '../reports/wording/commands.ts';
import type { Imported } from '../scenarios/import/import.ts';
import { ANY_VARIANT } from '../scenarios/import/version.ts';
import { instancesOf, type Never } from '../scenarios/lint/instances.ts';
import { BadInput } from './exit.ts';
import { below } from './help.ts';
import { onDisk } from './on-disk.ts';
import { kindOfFile } from './recognised.ts';
import { retryScenario } from './retry-scenario.ts';
import { canRestart, retryStory } from './retry-story.ts';
import { schemaFrom } from './shipped.ts';
import { eachOfTask, projectOf, type TaskAlone } from './task-setup.ts';

const HOST = 'h1';

interface Options {
	readonly variant?: string;
	readonly output?: string;
	readonly force: boolean;
}

export function addNew(program: Command): void {
	const examples = [`${MULLIGAN} new scenario example unit-test --output retry.yml`];
	program
		.command('new')
		.summary('write a scenario for a task of a project')
		.description('Writes what is otherwise written by hand.')
		.addHelpText('after', below('new', { examples }))
		.command('scenario')
		.summary('of a task that fails and is restarted')
		.description(
			'Writes a scenario, which can be replayed at once, of one task of a project file: it comes to its first flagged ' +
				'command that works, which fails, and is restarted. Of a task without one it says that nothing restarts it.',
		)
		.argument('<project.yml>', 'an Evergreen project file; "example" and "flaky" come along')
		.argument('<task>', 'the name of a task in it')
		.option(
			'--variant <name>',
			'the build variant (default: the first on which a flagged command of the task works, else the first that lists it)',
		)
		.option('--output <file>', 'write into this file, which must not be there, not to stdout')
		.option('--force', 'replace the scenario that is there', false)
		.addHelpText('after', below('new', { examples }))
		.action(run);
}

function run(file: string, task: string, { variant, output, force }: Options): void {
	const imported = projectOf(file, { params: false });
	const neverOn = neversOf(imported);
	const all = eachOfTask(imported, { file, task, variant, host: HOST });
	const { first, best } = onVariants(all, (one) => neverOn(one.instance) === null);
	const { setup, instance } = best ?? first;
	if (instance.variant === ANY_VARIANT)
		throw new BadInput(
			`${file}: the task "${task}" is on no variant, so nothing runs it (list it under the tasks of a build variant; of a file that others include, give the one that includes it)`,
		);
	const never = neverOn(instance);
	if (never !== null && never.why !== 'merge queue')
		throw new BadInput(
			`${file}: the task "${task}" ${never.why === 'disabled' ? 'is disabled' : 'runs in no version, whoever asks for one'}, so nothing runs it (see line ${never.place.line} of ${never.place.file})`,
		);
	if (output !== undefined) refuseToReplace(output, force);
	const asked = never === null ? setup : { ...setup, requester: MERGE_QUEUE };
	const told = retryStory(named(asked, task));
	if (told === null)
		throw new BadInput(
			`${file}: the task "${task}" has more commands than a story of ${STORY_LENGTH} events can tell (take a shorter task)`,
		);
	const { text, sentence } = retryScenario(
		told,
		best ?? first,
		schemaFrom(output === undefined ? '' : dirname(output)),
	);
	if (output === undefined) return console.log(text.trimEnd());
	onDisk(output, FILE, () => writeFileSync(output, text, { flag: force ? 'w' : 'wx' }));
	console.log(`wrote ${output}: ${sentence}; play it with: ${replayFileCommand(output)}`);
}

/** Whose versions are never restarted (S6). */
const MERGE_QUEUE: Setup['requester'] = 'github_merge_request';
const FILE = { what: 'the scenario', remedy: 'name a new file in a folder that you may write to' };

/** Nothing but a scenario is ever replaced. */
function refuseToReplace(output: string, force: boolean): void {
	const kind = onDisk(output, FILE, () => kindAt(output));
	if (kind === 'nothing' || (force && kind === 'scenario')) return;
	const remedy =
		kind === 'scenario' ? 'give --force to replace it, or name a new file' : FILE.remedy;
	throw new BadInput(`${output} is there already and stays as it is (${remedy})`);
}

/** Why a task on a variant never runs there, or is never restarted. */
function neversOf({ read }: Imported): (instance: TaskInstance) => Never | null {
	const nevers = new Map(
		instancesOf(read).map(({ task, variant, never }) => [`${variant}\n${task.name}`, never]),
	);
	return ({ variant, task }) => nevers.get(`${variant}\n${task}`) ?? null;
}

/** The task where it runs first, or else is listed first; and where it runs and a flagged command of it works, if anywhere. */
function onVariants(
	all: Generator<TaskAlone, void>,
	runs: (one: TaskAlone) => boolean,
): { first: TaskAlone; best?: TaskAlone } {
	let listed: TaskAlone | undefined;
	let running: TaskAlone | undefined;
	for (const one of all) {
		listed ??= one;
		if (!runs(one)) continue;
		running ??= one;
		if (canRestart(one.setup)) return { first: running, best: one };
	}
	const first = running ?? listed;
	// One at the least, or it would have been told.
	if (first === undefined) throw new RangeError('the task is nowhere');
	return { first };
}

/** A task that stands alone needs no id of its own. */
function named(setup: Setup, task: string): Setup {
	return { ...setup, tasks: setup.tasks.map((one) => ({ ...one, id: task })) };
}

/** What is at a path already; `other`: nothing that may be replaced. */
function kindAt(path: string): 'nothing' | 'scenario' | 'other' {
	if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return 'nothing';
	return kindOfFile(path) === 'scenario' ? 'scenario' : 'other';
}
