import { availableParallelism, loadavg } from 'node:os';
import { configurations } from '../../model/checker/configurations/index.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { type Exploration, explore } from '../../model/checker/engine/explore/explore.ts';
import { Tables } from '../../model/checker/engine/tables/tables.ts';
import { exploringTogether } from '../../model/checker/engine/workers/together.ts';
import { RetryProduct } from '../../model/checker/retry/retry-product.ts';
import { goal, row } from './measured.ts';

/** With `MULLIGAN_BENCH=deep` 10^8 states, of more than 134 million: a quarter of an hour, and 4 gigabytes. */
const DEEP = process.env['MULLIGAN_BENCH'] === 'deep';
const NAME = DEEP ? 'background' : 'faults';
const FEW = 10 ** 6;
const MANY = 10 ** 7;
const MOST = DEEP ? 10 ** 8 : MANY;
const MEMORY = 16 * 2 ** 30;
const THREADS = 2;
const UNIT = 'states/s';

interface Pace {
	readonly states: number;
	readonly bytes: number;
	/** States by the second of wall time. */
	readonly rate: number;
}

/** Two threads beside one, then many states beside few: the same graph, as far as it is explored. */
export async function large(): Promise<string[]> {
	const sized = configurations.find(({ name }) => name === NAME);
	if (sized === undefined) throw new RangeError(`there is no configuration "${NAME}"`);
	const tables = new Tables(new RetryProduct(sizedTo(sized, 'deep')));
	const alone = (states: number) => paced(() => explore(tables, { memory: MEMORY, states }));
	await alone(MOST);
	const few = await alone(FEW);
	const many = await alone(MANY);
	const together = await paced(() => explored(tables, MANY));
	const most = MOST === MANY ? many : await alone(MOST);
	return [
		`${NAME}, deep: the first ${together.states} states, tables full before, wall time, ${availableParallelism()} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}; the last column: ours against it`,
		row(`ours, ${THREADS} threads`, together.rate, UNIT, together.rate),
		row('ours, 1 thread', many.rate, UNIT, together.rate),
		goal('one thread', together.rate / many.rate, 1.7),
		`${NAME}, deep: the first ${most.states} states beside the first ${few.states}, 1 thread${MOST === MANY ? '; MULLIGAN_BENCH=deep takes all' : ''}`,
		row(`${most.states} states`, most.rate, UNIT, most.rate),
		row(`${few.states} states`, few.rate, UNIT, most.rate),
		goal('few states', most.rate / few.rate, 0.5),
		`bytes a state: ${(most.bytes / most.states).toFixed(1)}`,
	];
}

async function paced<Label>(
	work: () => Exploration<Label> | Promise<Exploration<Label>>,
): Promise<Pace> {
	const begun = performance.now();
	const { states } = await work();
	const { count, bytes } = states;
	return { states: count, bytes, rate: (count / (performance.now() - begun)) * 1000 };
}

async function explored<Label>(tables: Tables<Label>, states: number): Promise<Exploration<Label>> {
	const work = exploringTogether(tables, { memory: MEMORY, states }, THREADS);
	for (let step = await work.next(); ; step = await work.next())
		if (step.done === true) return step.value;
}
