import { totalmem } from 'node:os';
import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import type { Profile } from '../../model/checker/configurations/sized.ts';
import type { Exploration } from '../../model/checker/engine/explore/explore.ts';
import { checking } from '../../model/checker/retry/check.ts';
import type { Checked } from '../../model/checker/retry/judged.ts';
import type { Happened } from '../../model/checker/retry/sandbox/sandbox.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import type { TourEvidence } from '../../reports/evidence/tour-evidence.ts';
import { type WalkOptions, walked } from '../tour/walked.ts';
import { sayPhase, sayTour } from './phase.ts';

/** Half of the machine's memory, and no more than a person expects of a command. */
export const USUAL_MEMORY = Math.min(Math.floor(totalmem() / 2), 4 * 2 ** 30);

/** Several times what the largest configuration takes in quick size. All of it is reserved at once, by each of many searches. */
const QUICK_MEMORY = 2 ** 29;

/** Most bytes of states in one configuration of a size, unless told. */
export const usualMemory = (size: Profile): number =>
	size === 'quick' ? Math.min(QUICK_MEMORY, USUAL_MEMORY) : USUAL_MEMORY;

export interface ChecksOptions {
	readonly configurations: readonly Configuration[];
	/** Most bytes of states in one configuration. */
	readonly memory: number;
	/** Threads that explore; one if it is left out. */
	readonly workers?: number | undefined;
	/** Whether hosts that are alike count as one. */
	readonly symmetry?: boolean | undefined;
	/** Whether only bits of each state are kept. */
	readonly bitstate?: boolean | undefined;
	/** Shared by all configurations, so that their transitions are counted together. */
	readonly machines: MachineTables;
	/** Ends the search; what was found until then is told. */
	readonly signal?: AbortSignal | undefined;
	/** Which of them the reference is walked through; none, unless told. */
	readonly tour?: Touring | undefined;
	readonly onPhase?: ((configuration: string, detail: string) => void) | undefined;
}

/** Which configurations the reference is walked through, and how far. */
export interface Touring extends Pick<WalkOptions, 'extent' | 'reference'> {
	/** Most steps by configuration, 0 for none; of what is not in it, and unless told, as many as there are. */
	readonly mostOf?: ReadonlyMap<string, number>;
}

/** A configuration, and what its check came to; null: it was not begun. */
export interface Looked {
	readonly configuration: Configuration;
	readonly checked: Checked | null;
	/** How far the reference was walked through it; null: it was not to be. */
	readonly tour: TourEvidence | null;
}

/** Checks one configuration after the other, with a turn for everything else now and then. */
export async function checkAll({ configurations, ...how }: ChecksOptions): Promise<Looked[]> {
	const looked: Looked[] = [];
	for (const configuration of configurations)
		looked.push({ configuration, ...(await look(configuration, how)) });
	return looked;
}

/** How all configurations of a run are checked. */
export type How = Omit<ChecksOptions, 'configurations'>;

/** Checks a configuration, and walks the reference through it where that is wanted. */
export async function look(
	configuration: Configuration,
	how: How,
): Promise<Omit<Looked, 'configuration'>> {
	how.onPhase?.(configuration.name, 'exploring');
	await turn();
	let space: Exploration<Happened> | null = null;
	const keep = (explored: Exploration<Happened>): void => {
		space = explored;
	};
	const checked = how.signal?.aborted === true ? null : await checkOne(configuration, how, keep);
	// A model that is wrong is mended first.
	const sound = checked?.verdict === 'violated' ? null : space;
	return { checked, tour: await tourOne(configuration, how, sound) };
}

/** Null where it is not to be toured; a space that was not gone through to its end is not toured. */
async function tourOne(
	configuration: Configuration,
	{ machines, tour, signal, onPhase }: How,
	exploration: Exploration<Happened> | null,
): Promise<TourEvidence | null> {
	if (tour === undefined) return null;
	const { extent, reference } = tour;
	const steps = tour.mostOf?.get(configuration.name) ?? Number.POSITIVE_INFINITY;
	if (steps === 0) return null;
	const most = Number.isFinite(steps) ? steps : null;
	if (exploration === null || signal?.aborted === true)
		return {
			...{ extent, most, taken: 0, of: 0, anew: 0, seconds: 0, finding: null },
			ending: 'not begun',
		};
	return walked({
		...{ configuration, exploration, machines, extent, signal },
		...{ most: most ?? undefined, reference },
		onProgress: (taken, of) => onPhase?.(configuration.name, sayTour(taken, of)),
	});
}

async function checkOne(
	configuration: Configuration,
	{ memory, workers = 1, symmetry = false, bitstate = false, machines, signal, onPhase }: How,
	onExplored: (exploration: Exploration<Happened>) => void,
): Promise<Checked> {
	const limits = { memory, stop: () => signal?.aborted === true };
	const work = checking(configuration, {
		...{ limits, machines, workers, symmetry, bitstate, onExplored },
	});
	const begun = performance.now();
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		onPhase?.(configuration.name, sayPhase(step.value, (performance.now() - begun) / 1000));
		await turn();
	}
}

/** Lets signals and timers have their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
