import { breakEven, type Effect } from '../../model/simulation/break-even.ts';
import { checkedSimulations } from '../../model/simulation/checked.ts';
import type { ClosedForm } from '../../model/simulation/closed-forms.ts';
import { Lives } from '../../model/simulation/lives.ts';
import { Simulation } from '../../model/simulation/simulation.ts';
import { type Workload, workloadOf } from '../../model/simulation/workload.ts';
import { createTables } from '../../model/system/tables.ts';
import type {
	SimulationEvidence,
	SimulationPoint,
} from '../../reports/evidence/simulation-evidence.ts';
import { daysOfSweep, TRIAGE_MINUTES } from '../../reports/evidence/simulation-limits.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { assumptionsOf, rangesOf, type Settled } from './assumptions.ts';
import { centralChoice, grid, oneAtATime, shares } from './plan.ts';
import { effectOf, type Planned, pointOf } from './points.ts';
import { Watch } from './watch.ts';

export interface SimulateOptions extends Settled {
	readonly project: ProjectOnTrial;
	readonly seed: number;
	readonly days: number;
	readonly signal?: AbortSignal;
	readonly onPhase?: (phase: string, detail: string) => void;
}

/**
 * Simulates a project; whatever was done when it is interrupted is told, and that it is not all. Null:
 * it was interrupted before there were two days, of which alone an interval can be made.
 */
export async function simulate(options: SimulateOptions): Promise<SimulationEvidence | null> {
	const { project, seed, days, tasks_per_day, daily_limit } = options;
	const began = performance.now();
	const tables = createTables();
	const workload = workloadOf(project.project, project.scheduled, tables);
	const lives = new Lives(workload, tables);
	const watch = new Watch(options);
	const sweptDays = daysOfSweep(days);

	const planned: Planned = { choice: centralChoice(options), varied: [] };
	const simulation = new Simulation(lives, planned.choice, seed, days);
	await watch.run('central values', simulation, days);
	if (simulation.tally.days < 2) return null;
	const central = pointOf(planned, simulation.tally);

	const closed_forms: ClosedForm[] = [];
	for (const checked of checkedSimulations(lives, planned.choice, seed, days, tables))
		if (await watch.run('closed forms', checked.simulation, checked.days))
			closed_forms.push(...checked.read(checked.simulation.tally));

	const effects: Effect[] = [];
	const sweep: SimulationPoint[] = [];
	// The central values once more, to compare with on as many days as the others have.
	const plan = [planned, ...shares(options), ...oneAtATime(options), ...grid(options)];
	for (const [at, one] of plan.entries()) {
		const swept = new Simulation(lives, one.choice, seed, sweptDays);
		if (!(await watch.run(`sweep, ${at + 1} of ${plan.length}`, swept, sweptDays))) break;
		const point = pointOf(one, swept.tally);
		sweep.push(point);
		const [varied, another] = one.varied;
		if (varied?.id === 'transient_share' && another === undefined)
			effects.push(effectOf(varied.value, point));
	}
	return {
		format: 'mulligan simulation',
		version: 1,
		created_at: new Date().toISOString(),
		seed,
		node: process.version,
		seconds: (performance.now() - began) / 1000,
		project: { file: project.file, ...countsOf(workload), digest: project.digest },
		days: simulation.tally.days,
		tasks_per_day,
		daily_limit,
		assumptions: assumptionsOf(options),
		central,
		sweep,
		by_hour: simulation.tally.byHour(),
		break_even: effects.length < shares(options).length ? [] : breakEvens(effects, options),
		closed_forms,
		...(watch.stopped === null ? {} : { unfinished: watch.stopped }),
	};
}

function breakEvens(
	effects: readonly Effect[],
	settled: Settled,
): SimulationEvidence['break_even'] {
	const [low, central, high] = rangesOf(settled).price_ratio;
	return TRIAGE_MINUTES.map((triage_minutes) => {
		const at = (price_ratio: number) => breakEven(effects, { triage_minutes, price_ratio });
		return {
			triage_minutes,
			transient_share: at(central),
			by_price_ratio: [low, central, high].map((price_ratio) => ({
				price_ratio,
				transient_share: at(price_ratio),
			})),
		};
	});
}

/** Each task on each variant counts. */
function countsOf({
	kinds,
	kindOf,
}: Workload): Omit<SimulationEvidence['project'], 'file' | 'digest'> {
	const counts = { tasks: kindOf.length, flagged_tasks: 0, flagged_commands: 0, commands: 0 };
	for (const kind of kindOf) {
		const places = kinds[kind]?.places ?? [];
		const flagged = places.filter((place) => place.flagged).length;
		counts.commands += places.length;
		counts.flagged_commands += flagged;
		if (flagged > 0) counts.flagged_tasks += 1;
	}
	return counts;
}
