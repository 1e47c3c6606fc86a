import { type Command, Option } from 'commander';
import { explainTask, setupAround } from '../properties/explain/outcomes.ts';
import { pricesOf } from '../properties/explain/price.ts';
import { model } from '../properties/systems/model.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { explainedFlags } from '../scenarios/explain/explained-flags.ts';
import { countFlags } from '../scenarios/lint/flagged.ts';
import type { ProjectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { flagLines } from './explain-lines.ts';
import { taskDiagram, taskLines } from './explain-task-lines.ts';
import { jsonOption } from './flags.ts';
import { below } from './help.ts';
import { sayNames } from './near.ts';
import { givenProject } from './shipped.ts';

const FORMATS = ['text', 'mermaid'] as const;

interface Options {
	readonly variant?: string;
	readonly format: (typeof FORMATS)[number];
	readonly json: boolean;
}

export function addExplain(program: Command): void {
	program
		.command('explain')
		.summary('say what each flag of a project file does, and what it restarts')
		.usage('[options] <project.yml> [task]')
		.description(
			'Goes through every flagged command of a project file: whether its flag works, where, in how many tasks, ' +
				'what restarts when it fails, and what that costs. Of one task it goes through every command: what comes of it ' +
				'when it fails, times out, or the task is aborted there, as the model does it. Runs nothing.',
		)
		.argument('<project.yml>', 'an Evergreen project file; "example" and "flaky" come along')
		.argument('[task]', 'the name of a task in it')
		.option('--variant <name>', 'the build variant of the task (default: the first that lists it)')
		.addOption(
			new Option('--format <format>', 'of one task: a table or a diagram')
				.choices(FORMATS)
				.default('text'),
		)
		.addOption(jsonOption('what it says'))
		.addHelpText(
			'after',
			below('explain', {
				examples: [`${MULLIGAN} explain flaky`, `${MULLIGAN} explain flaky unit-test`],
			}),
		)
		.action(run);
}

async function run(file: string, task: string | undefined, options: Options): Promise<void> {
	const project = givenProject(file, { params: task !== undefined });
	if (project.kind === 'refused') throw new BadInput(...project.problems.map(describe));
	if (task !== undefined) return explainOne(project, task, options);
	if (options.variant !== undefined || options.format !== 'text')
		throw new BadInput('--variant and --format are for one task (name it behind the file)');
	const prices = pricesOf(project);
	const flags = explainedFlags(project.imported, project.linted).map((flag, at) => ({
		...flag,
		price: prices?.flags[at] ?? null,
	}));
	const counts = countFlags(project.linted.flagged);
	const told = {
		file,
		/** Why what it says is not all: the file is only a part of a project, or one that it includes was not read. */
		limits: project.limits.map(({ message, remedy }) => `${message} (${remedy})`),
		counts,
		flags,
		price: prices?.all ?? null,
		simulated: prices?.simulated ?? null,
	};
	if (options.json) console.log(JSON.stringify(told));
	else for (const line of flagLines(told)) console.log(line);
}

async function explainOne(
	project: ProjectOnTrial,
	task: string,
	{ variant, format, json }: Options,
): Promise<void> {
	const { file, instances } = project;
	if (instances.length === 0)
		throw new BadInput(`${file}: the project has no tasks (add one under \`tasks\`)`);
	const named = instances.filter((one) => one.task === task || one.id === task);
	if (named.length === 0)
		throw new BadInput(
			`${file}: there is no task "${task}" (name one of: ${sayNames(
				instances.map((one) => one.task),
				task,
			)})`,
		);
	const instance = named.find((one) => variant === undefined || one.variant === variant);
	if (instance === undefined)
		throw new BadInput(
			`${file}: the task "${task}" is not on the variant "${variant}" (name one of: ${sayNames(
				named.map((one) => one.variant),
				variant ?? '',
			)})`,
		);
	const commands = await explainTask(model(), setupAround(project, instance), instance);
	const told = { file, task: instance.task, variant: instance.variant, commands };
	if (json) console.log(JSON.stringify(told));
	else if (format === 'mermaid') console.log(taskDiagram(told));
	else for (const line of taskLines(told)) console.log(line);
}
