import type { Command } from 'commander';
import { FEWEST_DAYS, simulate } from '../properties/simulation/simulate.ts';
import { SimulationEvidence } from '../reports/simulation-evidence.ts';
import { OUT, prepareFolder, SIMULATION, writeSimulation } from '../reports/write.ts';
import { describe } from '../scenarios/problem.ts';
import { BadInput, EXIT, exitOf } from './exit.ts';
import { seed, wholeNumber } from './flags.ts';
import { Interruption } from './interruption.ts';
import { onDisk } from './on-disk.ts';
import { Progress } from './progress.ts';
import { givenProject } from './shipped.ts';
import { doubtOf, simulationLines } from './simulate-lines.ts';

const REPORTS = { what: 'the report', remedy: 'run mulligan in a folder that you may write to' };
const MOST_TASKS = 100_000_000;
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
			'Runs many days of the tasks of an Evergreen project on the model, with failures drawn from stated\n' +
				'rates, once with the flag and once without it: red tasks, wasted restarts, machine hours, quota.\n' +
				'Every assumption is printed with its range, and swept; figures with a closed form are held against\n' +
				'it. Writes reports/out/simulation.json. The same seed gives the same numbers on every machine.\n\n' +
				'Exit status: 0 simulated, 2 bad input, 3 unknown (interrupted, nothing is flagged, or a closed\n' +
				'form is missed).',
		)
		.argument('<project.yml>', 'an Evergreen project file')
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
		.option('--json', 'print the evidence as one JSON object and nothing else', false)
		.action((file: string, options: Options) => run(file, options, tools));
}

interface Options {
	seed: number;
	tasks: number;
	days: number;
	limit: number;
	json: boolean;
}

async function run(
	file: string,
	{ seed, tasks, days, limit, json }: Options,
	{ out = OUT }: SimulateTools,
): Promise<void> {
	const tasks_per_day = Math.round(tasks / days);
	if (tasks_per_day < 1 || tasks_per_day > MOST_TASKS_PER_DAY)
		throw new BadInput(
			`--tasks ${tasks} over --days ${days} is ${tasks_per_day} tasks a day, expected 1 to ${MOST_TASKS_PER_DAY} (change one of them)`,
		);
	const project = givenProject(file);
	if (project.kind === 'refused') throw new BadInput(...project.problems.map(describe));
	if (project.instances.length === 0)
		throw new BadInput(
			`${file}:1:1: the project has no tasks (name the file that includes those that define them)`,
		);
	onDisk(out, REPORTS, () => prepareFolder(out, SIMULATION));
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was found; once more to stop at once');
		interrupt.abort();
	});
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
	}).finally(() => interruption.over());
	progress.done();
	if (simulated === null) {
		console.error('mulligan: unknown: interrupted before two days were simulated');
		process.exitCode = EXIT.unknown;
		return;
	}
	const evidence = SimulationEvidence.parse(simulated);
	const written = onDisk(out, REPORTS, () => writeSimulation(evidence, out));
	process.exitCode = exitOf(doubtOf(evidence) === null ? 'holds' : 'unknown');
	if (json) console.log(JSON.stringify(evidence));
	else
		console.log([...simulationLines(evidence), '', `report    ${written.join('  ')}`].join('\n'));
}
