import { expectedOf, type Share, sharesByKind } from '../../model/simulation/closed-forms.ts';
import { ratesOf } from '../../model/simulation/rates.ts';
import { type Workload, workloadOf } from '../../model/simulation/workload.ts';
import { programOf } from '../../model/system/program.ts';
import { createTables } from '../../model/system/tables.ts';
import type { Position } from '../../model/vocabulary/command.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { alone } from '../flags/alone.ts';
import { centralChoice } from '../simulation/plan.ts';

/** What flags buy and cost on an ordinary day, of 100 tasks. */
export interface Price {
	/** Tasks that end red without the flag and green with it. */
	readonly saved: number;
	readonly restarts: number;
}

export interface Prices {
	/** Of all flags together, as they are deployed: the sum of their shares. */
	readonly all: Price;
	/** The same as `simulate` has it, which takes each command for an ordinary one. */
	readonly simulated: Price;
	/** The share of each flagged command, in the order of the project; null: it works nowhere. */
	readonly flags: readonly (Price | null)[];
}

/** Of these numbers the price of an ordinary day does not depend, as long as there is a quota left. */
const SETTLED = { tasks_per_day: 1, daily_limit: 0 };

/**
 * The closed forms against which a simulation is held, at its central values: by arithmetic, in an instant.
 * Null where no command of the project can fail a task.
 */
export function pricesOf(on: ProjectOnTrial): Prices | null {
	const workload = workloadOf(on.project, on.scheduled, createTables());
	if (workload.kindOf.length === 0) return null;
	const choice = centralChoice(SETTLED);
	const { transient, permanent } = ratesOf(workload, choice);
	const { clearing } = choice;
	const { red_without, red_with, restarts } = expectedOf(workload, transient, permanent, clearing);
	const flags = shared(on, workload, sharesByKind(workload, transient, permanent, clearing));
	const sum = (key: keyof Price): number =>
		flags.reduce((total, price) => total + (price?.[key] ?? 0), 0);
	return {
		all: { saved: sum('saved'), restarts: sum('restarts') },
		simulated: { saved: 100 * (red_without - red_with), restarts: 100 * restarts },
		flags,
	};
}

const keyOf = (task: number, { block, step, member }: Position): string =>
	`${task} ${block} ${step} ${member}`;

/** What each task comes to by each of its flagged commands, by command. */
function shared(
	{ project, instances, flagged, linted }: ProjectOnTrial,
	{ kinds, kindOf, placeOf }: Workload,
	shares: readonly (readonly Share[])[],
): (Price | null)[] {
	const flagAt = new Map(
		flagged.flatMap(({ uses }, flag) =>
			uses.map(({ task, position }) => [keyOf(task, position), flag] as const),
		),
	);
	const sums = flagged.map(() => ({ saved: 0, restarts: 0 }));
	const mains = new Map(project.tasks.map((task) => [task.name, task]));
	for (const [task, kind] of kindOf.entries()) {
		const place = placeOf[task] ?? 0;
		const instance = instances[place];
		const main = instance === undefined ? undefined : mains.get(instance.task);
		if (instance === undefined || main === undefined) continue;
		const program = programOf(alone({ ...project, tasks: [main] }, instance), instance);
		for (const [at, { block, index, flagged }] of (kinds[kind]?.places ?? []).entries()) {
			const share = shares[kind]?.[at];
			const position = flagged ? program[block][index]?.position : undefined;
			if (share === undefined || position === undefined) continue;
			const sum = sums[flagAt.get(keyOf(place, position)) ?? -1];
			if (sum === undefined) continue;
			sum.saved += share.saved;
			sum.restarts += share.restarts;
		}
	}
	const of100 = (sum: number): number => (100 * sum) / kindOf.length;
	return sums.map(({ saved, restarts }, flag) => {
		const verdict = linted.flagged[flag]?.verdict;
		return verdict === 'works' || verdict === 'partly'
			? { saved: of100(saved), restarts: of100(restarts) }
			: null;
	});
}
