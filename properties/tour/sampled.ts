import { pathTo } from '../../model/checker/engine/explore/path.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import { isIn, WHOLE } from '../../reports/evidence/shard.ts';
import { model } from '../systems/model.ts';
import type { System } from '../systems/system.ts';
import { replaying, trial } from '../trial/trial.ts';
import { isTurnDue, turn } from '../trial/turn.ts';
import { Plan } from './plan.ts';
import { partOf, type Tour, type TourOptions } from './tour.ts';

/** So many steps of a configuration are told to real processes, which take a story of tens of events in a second. */
export const SAMPLE = 40;

interface SampleOptions extends Omit<TourOptions, 'machines' | 'reference' | 'most' | 'sample'> {
	readonly machines: MachineTables;
}

/**
 * The steps of a tour for a system that cannot be put back: some of them, as far apart as there are many, each told from
 * the beginning. Nobody judges on the way, as in a tour of all.
 */
export async function sampled(
	{ configuration, exploration, machines, extent, ...options }: SampleOptions,
	system: System,
): Promise<Tour> {
	const begun = performance.now();
	const { shard = WHOLE, signal, onProgress = () => {} } = options;
	const { states, tables } = exploration;
	const plan = new Plan(exploration, extent);
	const { of } = plan;
	/** The last of each stretch: the first ones of a space are much alike. */
	const count = Math.min(SAMPLE, of);
	const isChosen = (place: number): boolean =>
		Math.floor(((place + 1) * count) / of) > Math.floor((place * count) / of);
	const most = partOf(count, shard);
	let [counted, chosen, taken] = [0, 0, 0];
	const over = (ending: Tour['ending'], found: Tour['found'] = null): Tour => ({
		...{ extent, taken, of, most, anew: taken, ending, found },
		seconds: (performance.now() - begun) / 1000,
	});
	for (let state = 0; state < states.count; state++)
		for (const { key, counts } of plan.from(state)) {
			if (isTurnDue()) await turn();
			if (!counts || !isChosen(counted++) || !isIn(shard, chosen++)) continue;
			if (signal?.aborted === true) return over('stopped');
			onProgress(taken, most);
			const story = [
				...pathTo(exploration, state).map(({ event }) => event),
				tables.labels.value(key).event,
			];
			const systems = [model(machines), system];
			const { finding, steps } = await trial(systems, configuration.setup, replaying(story), {
				rest: false,
				judges: [],
				signal,
			});
			if (finding !== null) return over('found', story);
			// Stopped in the middle of a story: the step was not taken.
			if (steps < story.length) return over('stopped');
			taken++;
		}
	return over(taken < of ? 'limit' : 'complete');
}
