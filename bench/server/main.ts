import { startAppServer } from './child.ts';
import { cycles, type Load, nothing } from './load.ts';
import { median, row } from './measured.ts';
import { memoryOf100_000Tasks } from './memory.ts';
import { onPostgres } from './on-postgres.ts';

const AGENTS = 100;
/** Short rounds in turn: what else the machine does falls on both sides of a ratio. */
const SECONDS = 2;
const ROUNDS = 9;
/** The goal: requests that do something against requests that do nothing. */
const GOAL = 0.5;

/** `npm run bench -- server`: cycles of ask, mark, end and restart, beside peers. */
export async function server(): Promise<void> {
	console.log(
		[
			`${AGENTS} agents at a time over loopback; medians of ${ROUNDS} rounds of ${SECONDS} s on each side in turn`,
			...(await inMemory()),
			...(await onPostgres(AGENTS, ROUNDS, SECONDS)),
			`memory: ${(memoryOf100_000Tasks() / 1e6).toFixed(0)} MB for 100 000 tasks kept, one execution archived of each`,
		].join('\n'),
	);
}

interface Measured extends Load {
	/** Processor of the server, a request. */
	readonly processor_us: number;
}

/** Beside a route that does nothing, in the same process and framework. */
async function inMemory(): Promise<string[]> {
	const { urls, secrets, processor_s, stop } = await startAppServer('memory', AGENTS);
	const measure = async (seconds: number, load: () => Promise<Load>): Promise<Measured> => {
		const before = await processor_s();
		const measured = await load();
		const used = (await processor_s()) - before;
		return { ...measured, processor_us: (used * 1e6) / (measured.requests_per_s * seconds) };
	};
	const busy: Measured[] = [];
	const empty: Measured[] = [];
	await nothing(urls[1], AGENTS, 1);
	await cycles(urls[0], secrets, 1);
	for (let round = 0; round < ROUNDS; round++) {
		empty.push(await measure(SECONDS, () => nothing(urls[1], AGENTS, SECONDS)));
		busy.push(await measure(SECONDS, () => cycles(urls[0], secrets, SECONDS)));
	}
	await stop();
	const rate = ({ requests_per_s }: Measured): number => requests_per_s;
	const cost = ({ processor_us }: Measured): number => processor_us;
	const [cycle, idle] = [median(busy, rate), median(empty, rate)];
	const ratio = median(
		busy.map(({ requests_per_s }, round) => requests_per_s / (empty[round]?.requests_per_s ?? 0)),
		(each) => each,
	);
	const [busy_us, idle_us] = [median(busy, cost), median(empty, cost)].map(cost);
	if (busy_us === undefined || idle_us === undefined) throw new Error('nothing was measured');
	return [
		row('a route that does nothing, same framework', idle),
		row('ask, mark, end with restart; memory store', cycle),
		`${(cycle.requests_per_s / 3).toFixed(0)} cycles/s; ratio ${ratio.toFixed(2)}, goal ${GOAL}: ${ratio >= GOAL ? 'reached' : 'missed'}`,
		`processor of the server: ${busy_us.toFixed(0)} us a request against ${idle_us.toFixed(0)} us, ratio ${(idle_us / busy_us).toFixed(2)}`,
	];
}
