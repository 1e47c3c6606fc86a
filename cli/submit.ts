import type { Command } from 'commander';
import { LoadedProject, Scheduled } from '../impl/routes/user-schemas.ts';
import type { TaskInstance } from '../model/vocabulary/setup.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { type AdminFlags, addAdminFlags, askAsAdmin } from './admin-client.ts';
import { BadInput } from './exit.ts';
import { below } from './help.ts';
import { sayNames } from './near.ts';
import { projectOf } from './task-setup.ts';

interface SubmitFlags extends AdminFlags {
	readonly variant?: string;
	readonly id?: string;
}

export function addSubmit(program: Command): void {
	addAdminFlags(
		program
			.command('submit')
			.summary('load a project into an app server and schedule tasks of it')
			.description(
				'Loads a project file into an app server, or replaces the project there, schedules a version ' +
					'with the named tasks, and prints the id of each. Agents of any host then run them. The key of the ' +
					'user is taken from MULLIGAN_API_KEY.',
			)
			.addHelpText('after', below('submit', { examples: [`${MULLIGAN} submit flaky unit-test`] }))
			.argument('<project.yml>', 'an Evergreen project file; "example" and "flaky" come along')
			.argument('[task...]', 'names of tasks in it (default: all of the variant)')
			.option('--variant <name>', 'the build variant (default: that of the first task)')
			.option('--id <version>', 'the id of the version (default: made of project and time)'),
	).action(submit);
}

async function submit(file: string, names: readonly string[], flags: SubmitFlags): Promise<void> {
	const { project, version: all } = projectOf(file);
	const { variant, tasks } = chosen(file, all.tasks, names, flags.variant);
	await askAsAdmin(flags, LoadedProject, 'PUT', ['projects', project.id], project);
	const id = flags.id ?? `${project.id}_${Date.now().toString(36)}`;
	const version = { id, variants: [variant], tasks };
	const path = ['projects', project.id, 'versions'];
	const scheduled = await askAsAdmin(flags, Scheduled, 'POST', path, version);
	console.log(`version ${scheduled.id} of project ${project.id}`);
	for (const task of scheduled.tasks)
		console.log(`task ${task.id}: "${task.task}" on variant "${task.variant}"`);
}

/** The named tasks on one variant. @throws BadInput when one of them is not on it. */
function chosen(
	file: string,
	instances: readonly TaskInstance[],
	names: readonly string[],
	asked: string | undefined,
): { readonly variant: string; readonly tasks: readonly string[] } {
	const [first] = names;
	const variant =
		asked ?? instances.find(({ task }) => first === undefined || task === first)?.variant;
	const there = instances.filter((one) => one.variant === variant).map(({ task }) => task);
	if (variant === undefined)
		throw new BadInput(
			`${file}: there is no task "${first}" (there are: ${sayNames(
				instances.map(({ task }) => task),
				first ?? '',
			)})`,
		);
	if (there.length === 0)
		throw new BadInput(
			`${file}: no task is on the variant "${variant}" (there are: ${sayNames(
				instances.map((one) => one.variant),
				variant,
			)})`,
		);
	const missing = names.find((name) => !there.includes(name));
	if (missing !== undefined)
		throw new BadInput(
			`${file}: the task "${missing}" is not on the variant "${variant}" (there are: ${sayNames(there, missing)})`,
		);
	return { variant, tasks: names.length === 0 ? there : [...new Set(names)] };
}
