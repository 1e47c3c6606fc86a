import { totalmem } from 'node:os';
import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { checking } from '../../model/checker/retry/check.ts';
import type { Checked } from '../../model/checker/retry/judged.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import { sayPhase } from './phase.ts';

/** Half of the machine's memory, and no more than a person expects of a command. */
export const USUAL_MEMORY = Math.min(Math.floor(totalmem() / 2), 4 * 2 ** 30);

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
	readonly onPhase?: ((configuration: string, detail: string) => void) | undefined;
}

/** A configuration, and what its check came to; null: it was not begun. */
export interface Looked {
	readonly configuration: Configuration;
	readonly checked: Checked | null;
}

/** Checks one configuration after the other, with a turn for everything else now and then. */
export async function checkAll(options: ChecksOptions): Promise<Looked[]> {
	const looked: Looked[] = [];
	for (const configuration of options.configurations) {
		options.onPhase?.(configuration.name, 'exploring');
		await turn();
		const checked =
			options.signal?.aborted === true ? null : await checkOne(configuration, options);
		looked.push({ configuration, checked });
	}
	return looked;
}

async function checkOne(
	configuration: Configuration,
	{
		memory,
		workers = 1,
		symmetry = false,
		bitstate = false,
		machines,
		signal,
		onPhase,
	}: ChecksOptions,
): Promise<Checked> {
	const limits = { memory, stop: () => signal?.aborted === true };
	const work = checking(configuration, { limits, machines, workers, symmetry, bitstate });
	const begun = performance.now();
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		onPhase?.(configuration.name, sayPhase(step.value, (performance.now() - begun) / 1000));
		await turn();
	}
}

/** Lets signals and timers have their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
