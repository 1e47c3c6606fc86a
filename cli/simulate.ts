import type { Command } from 'commander';
import { simulate } from '../properties/simulation/simulate.ts';
import { SimulationEvidence } from '../reports/evidence/simulation-evidence.ts';
import { FEWEST_DAYS, MOST_TASKS } from '../reports/evidence/simulation-limits.ts';
import { doubtOf } from '../reports/wording/advice.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { grouped, plural } from '../reports/wording/figures.ts';
import { OUT, SIMULATION, writeSimulation } from '../reports/write.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput, EXIT, exitOf, Interrupted } from './exit.ts';
import { jsonOption, seed, verboseOption, wholeNumber } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { Progress } from './progress.ts';
import { insistOn } from './recognised.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { givenProject } from './shipped.ts';
import { simulationLines } from './simulate-lines.ts';

const MOST_DAYS = 100_000;
const MOST_TASKS_PER_DAY = 1_000_000;
const MOST_LIMIT = 10_000;

/** For tests: where the report goes. */
export interface SimulateTools {
	readonly out?: string;
}

export function addSimulate(program: Command, tools: SimulateTools = {}): void {
	program
		.command('simulate')
		.summary("estimate what the flag buys and costs in a project's own tasks")
		.description(
			'Runs many days of the tasks of an Evergreen project on the model, with failures drawn from stated ' +
				'rates, once with the flag and once without it: red tasks, wasted restarts, machine hours, quota. ' +
				'Every assumption has a range, and is swept over it (--verbose prints them); figures with a closed form ' +
				'are held against it. Writes reports/out/simulation.json. The same seed gives the same numbers on every machine.',
		)
		.addHelpText(
			'after',
			below('simulate', {
				examples: [`${MULLIGAN} simulate flaky --tasks 20000 --days 20`],
			}),
		)
		.argument('<project.yml>', 'an Evergreen project file; "example" and "flaky" come along')
		.option('--seed <number>', 'decides every random choice', seed, 1)
		.option(
			'--tasks <n>',
			'tasks to simulate at the central values; points of the sweep take half of the days',
			wholeNumber(1, MOST_TASKS),
			200_000,
		)
		.option(
			'--days <n>',
			'days over which they are spread',
			wholeNumber(FEWEST_DAYS, MOST_DAYS),
			100,
		)
		.option(
			'--limit <n>',
			'automatic restarts a project may have in 24 hours; 0: not limited',
			wholeNumber(0, MOST_LIMIT),
			200,
		)
		.addOption(outputOption())
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.action((file: string, options: Options) => run(file, options, tools));
}

interface Options {
	seed: number;
	tasks: number;
	days: number;
	limit: number;
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	file: string,
	{ seed, tasks, days, limit, output, verbose, json }: Options,
	{ out = OUT }: SimulateTools,
): Promise<void> {
	const tasks_per_day = Math.round(tasks / days);
	if (tasks_per_day < 1 || tasks_per_day > MOST_TASKS_PER_DAY)
		throw new BadInput(
			`--tasks ${tasks} over --days ${days} is ${plural(tasks_per_day, 'task')} a day, expected 1 to ${grouped(MOST_TASKS_PER_DAY)} (change one of them)`,
		);
	insistOn(file, 'project');
	const project = givenProject(file);
	if (project.kind === 'refused') throw new BadInput(...project.problems.map(describe));
	if (project.instances.length === 0)
		throw new BadInput(
			`${file}: the project has no tasks (name the file that includes those that define them)`,
		);
	if (project.scheduled.every(({ activated }) => activated === false))
		throw new BadInput(
			`${file}: no task runs on a build variant (name the file that includes this one, or list a task on a variant)`,
		);
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was found; once more to stop at once');
		interrupt.abort();
	});
	let folder: ReportFolder | null = null;
	try {
		folder = ReportFolder.take(output ?? out, SIMULATION);
		const simulated = await simulate({
			project,
			seed,
			days,
			tasks_per_day,
			daily_limit: limit,
			signal: interrupt.signal,
			onPhase: (phase, detail) => {
				if (!interruption.happened) progress.report(phase, detail);
			},
		});
		progress.done();
		if (simulated === null) throw new Interrupted('before two days were simulated', EXIT.unknown);
		const evidence = SimulationEvidence.parse(simulated);
		const writing = { folder: folder.path, whole: !interruption.happened };
		const written = folder.write(() => writeSimulation(evidence, writing));
		process.exitCode = folder.exit(exitOf(doubtOf(evidence) === null ? 'holds' : 'unknown'));
		if (json) console.log(JSON.stringify(evidence));
		else console.log(simulationLines(evidence, { written, verbose, output }).join('\n'));
	} finally {
		folder?.release();
		interruption.over();
	}
}
