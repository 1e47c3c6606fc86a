import { type Exploration, exploring, type Limits, type Progress } from '../explore/explore.ts';
import { BUDGET } from '../memory/place.ts';
import { ROOT } from '../memory/states.ts';
import { Owing } from './owing.ts';

/** Most states that are looked at for a way out. */
const MOST = 20_000;

/**
 * How many steps of the way to a state could be taken before what came after it could not be avoided
 * any more: from the state after the last of them, no fair run comes to rest without breaking a
 * promise. Null: the whole way, it could be avoided to the last; undefined: that could not be found out, or
 * not before it was to stop.
 */
export function* unavoidableAfter<Label>(
	exploration: Exploration<Label>,
	state: number,
	stop: () => boolean,
): Generator<Progress, number | null | undefined, void> {
	const { states } = exploration;
	const way: number[] = [];
	for (let at = state; at !== ROOT; at = states.parents[at] ?? ROOT) way.unshift(at);
	let first: number | null = null;
	for (let place = way.length - 1; place >= 0; place--) {
		const avoidable = yield* comesToRest(exploration, way[place] ?? 0, stop);
		if (avoidable === undefined) return first ?? undefined;
		if (avoidable) return first;
		first = place;
	}
	return first;
}

/** Whether free steps lead to a state in which nothing is owed, without a broken promise. */
function* comesToRest<Label>(
	{ states, expander, tables }: Exploration<Label>,
	state: number,
	stop: () => boolean,
): Generator<Progress, boolean | undefined, void> {
	const { demands = [] } = tables.product;
	expander.unpack(states.words, state * states.width);
	const from = tables.cores.unfold(expander.before);
	from[BUDGET] = 0;
	const limits: Limits = { memory: Infinity, states: MOST, goOn: true, stop };
	const way = yield* exploring(tables, limits, from);
	const owing = new Owing(demands, tables.networks);
	for (let place = 0; place < way.states.count; place++) {
		way.expander.unpack(way.states.words, place * way.states.width);
		if (owing.owed(tables.cores.unfold(way.expander.before)) === 0) return true;
	}
	return way.ending === 'out of memory' || way.ending === 'stopped' ? undefined : false;
}
