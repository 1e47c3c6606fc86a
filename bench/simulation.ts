import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arrivals } from '../model/simulation/arrivals.ts';
import type { Choice } from '../model/simulation/choice.ts';
import { Draws } from '../model/simulation/draws.ts';
import { FATE, Lives, lifeOf } from '../model/simulation/lives.ts';
import { ProjectQuota } from '../model/simulation/quota.ts';
import { firstAbove, ratesOf } from '../model/simulation/rates.ts';
import { Simulation } from '../model/simulation/simulation.ts';
import { type Workload, workloadOf } from '../model/simulation/workload.ts';
import { createTables, type MachineTables } from '../model/system/tables.ts';
import { centralChoice } from '../properties/simulation/plan.ts';
import { projectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { goal, row, timed } from './checker/measured.ts';

const PROJECT = relative(
	'',
	fileURLToPath(new URL('../scenarios/projects/example.yml', import.meta.url)),
);
const SEED = 1;
const TASKS_PER_DAY = 2000;
const DAYS = 500;
/** The naive way is slow: it is measured on this many of the same days. */
const NAIVE_DAYS = 2;
/** Most seconds for a million tasks on one core. */
const GOAL_S = 30;
const GOAL_RATIO = 20;

/** Tasks that end red without the flag and with it, and restarts. */
interface Outcome {
	red_without: number;
	red_with: number;
	restarts: number;
}

/** Each task through the whole composition of machines, with the flag and without it; nothing is kept. */
function naively(workload: Workload, choice: Choice, tables: MachineTables): Outcome {
	const outcome = { red_without: 0, red_with: 0, restarts: 0 };
	const rates = ratesOf(workload, choice);
	const arrivals = new Arrivals(choice);
	const quota = new ProjectQuota(choice.daily_limit);
	// The first day fills the window of the quota and is not counted.
	for (let day = 0; day <= NAIVE_DAYS; day++) {
		const draws = new Draws(SEED, day);
		const outage = draws.next() < choice.outage_days;
		arrivals.draw(draws);
		for (const tasks of arrivals.byHour) {
			quota.hourPasses();
			for (let task = 0; task < tasks; task++) {
				const number = Math.floor(draws.next() * workload.kindOf.length);
				const at = workload.kindOf[number] ?? 0;
				const kind = workload.kinds[at];
				if (kind === undefined) throw new RangeError(`no kind ${at}`);
				const unlucky = firstAbove((outage ? rates.outage : rates.transient)[at], draws.next());
				const broken = firstAbove(rates.permanent[at], draws.next());
				const clears = outage ? choice.outage_clearing : choice.clearing;
				const fate = draws.next() < clears ? FATE.cleared : FATE.persistent;
				const without = lifeOf(kind, tables, unlucky, broken, FATE.unflagged);
				let life = lifeOf(kind, tables, unlucky, broken, fate);
				if (life.taken && !quota.take()) life = lifeOf(kind, tables, unlucky, broken, FATE.full);
				if (day === 0) continue;
				outcome.red_without += Number(without.red);
				outcome.red_with += Number(life.red);
				outcome.restarts += life.restarts;
			}
		}
	}
	return outcome;
}

function lookedUp(lives: Lives, choice: Choice, days: number): Outcome {
	const simulation = new Simulation(lives, choice, SEED, days);
	for (let day = 0; day < days; day++) simulation.nextDay();
	const total = (name: keyof Outcome): number => simulation.tally.total(name);
	return {
		red_without: total('red_without'),
		red_with: total('red_with'),
		restarts: total('restarts'),
	};
}

/** `npm run bench -- simulation`: a million tasks, in seconds of one core, beside the same without look-ups. */
export async function simulation(): Promise<void> {
	const project = projectOnTrial(PROJECT);
	if (project.kind === 'refused') throw new Error(`${PROJECT} cannot be read`);
	const choice = centralChoice({ tasks_per_day: TASKS_PER_DAY, daily_limit: 200 });
	const fresh = (tables: MachineTables): Lives =>
		new Lives(workloadOf(project.project, project.instances, tables), tables);

	// From nothing: tables and lives are found on the way, and count.
	const whole = timed(() => lookedUp(fresh(createTables()), choice, DAYS));
	const tables = createTables();
	const lives = fresh(tables);
	const few = lookedUp(lives, choice, NAIVE_DAYS);
	naively(lives.workload, choice, tables);
	const naive = timed(() => naively(lives.workload, choice, tables));
	for (const [name, value] of Object.entries(naive.result))
		if (few[name as keyof Outcome] !== value)
			throw new Error(`both ways differ in ${name}: ${JSON.stringify([few, naive.result])}`);

	const tasks = TASKS_PER_DAY * DAYS;
	const rate = tasks / whole.seconds;
	const naiveRate = (TASKS_PER_DAY * (NAIVE_DAYS + 1)) / naive.seconds;
	console.log(
		[
			`${tasks} tasks of ${PROJECT} in ${whole.seconds.toFixed(1)} s of one core (goal: ${GOAL_S} s, ${whole.seconds <= GOAL_S ? 'reached' : 'missed'}); the last column: ours against it`,
			row('looked up', rate, 'tasks/s', rate),
			row('each through the whole composition', naiveRate, 'tasks/s', rate),
			goal('the whole composition', rate / naiveRate, GOAL_RATIO),
			`both ways come to the same on ${NAIVE_DAYS} days: ${JSON.stringify(naive.result)}`,
		].join('\n'),
	);
}
