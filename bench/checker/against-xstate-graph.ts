import { explore } from '../../model/checker/engine/explore/explore.ts';
import { Tables } from '../../model/checker/engine/tables/tables.ts';
import { RetryProduct } from '../../model/checker/retry/retry-product.ts';
import { createTables } from '../../model/system/tables.ts';
import { traverse } from './composed-logic.ts';
import { faultless, users } from './configurations.ts';
import { goal, median, row, timed } from './measured.ts';
import { untabulated } from './untabulated.ts';

const ROUNDS = 3;
const GOAL = 500;
const LIMITS = { memory: 2 ** 30 };
/** Most steps of `getAdjacencyMap`. */
const STEPS = 10_000;
const UNIT = 'states/s';

/** One thread beside `getAdjacencyMap`, which has no observers: so ours goes without them too. */
export function againstXStateGraph(): string[] {
	const tables = new Tables(new RetryProduct(users, createTables(), []));
	const { states, generated } = explore(tables, LIMITS);
	sameGraph();
	const rates: Record<'peer' | 'warm' | 'cold', number[]> = { peer: [], warm: [], cold: [] };
	const cold = () => explore(new Tables(new RetryProduct(users, createTables(), [])), LIMITS);
	for (let round = 0; round < ROUNDS; round++) {
		const product = new RetryProduct(users, untabulated(), []);
		const { result, seconds } = timed(() => traverse(product, STEPS));
		rates.peer.push(result.states / seconds);
		rates.warm.push(states.count / timed(() => explore(tables, LIMITS)).seconds);
		rates.cold.push(states.count / timed(cold).seconds);
	}
	const warm = median(rates.warm);
	const peer = median(rates.peer);
	return [
		`${users.name}, without observers: ${states.count} states, ${generated} steps; getAdjacencyMap is stopped after ${STEPS} steps`,
		row('ours, tables full before', warm, UNIT, warm),
		row('ours, tables empty before', median(rates.cold), UNIT, warm),
		row('xstate/graph getAdjacencyMap, nothing tabulated', peer, UNIT, warm),
		goal('xstate/graph', warm / peer, GOAL),
	];
}

/** Both must find the same states where both can find all of them. */
function sameGraph(): void {
	const ours = explore(new Tables(new RetryProduct(faultless, createTables(), [])), LIMITS);
	const theirs = traverse(new RetryProduct(faultless, untabulated(), []), Number.POSITIVE_INFINITY);
	if (theirs.states !== ours.states.count)
		throw new Error(`getAdjacencyMap found ${theirs.states} states, not ${ours.states.count}`);
}
