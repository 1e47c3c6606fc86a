import { Worker } from 'node:worker_threads';
import { readable } from '../explore/expander.ts';
import {
	type Ending,
	type Exploration,
	Exploring,
	type Limits,
	type Progress,
} from '../explore/explore.ts';
import { sharedInts } from '../memory/ints.ts';
import type { Tables } from '../tables/tables.ts';
import {
	CURSOR,
	FREE,
	INDEX_FULL,
	LOST,
	PAUSED,
	type Report,
	type Round,
	STATES_FULL,
	STOP,
	STOPPED,
} from './round.ts';

/** Levels with fewer states are not worth a round of all threads. */
const WORTH_IT = 4096;

/** How often a round asks whether it is to stop. */
const ASK_MS = 100;

/** After how long a round is interrupted to tell how far it is. */
const TELL_MS = 1000;

/**
 * Explores as `explore` does, level by level, with several threads on each large level. What tables
 * lack is filled in here, between two rounds: threads put off the states that need it. States may get
 * other places than with one thread, but they are the same states at the same depths.
 */
export async function* exploringTogether<Label>(
	tables: Tables<Label>,
	limits: Limits,
	threads: number,
): AsyncGenerator<Progress, Exploration<Label>, void> {
	const exploring = new Exploring(tables, limits);
	const workers: Thread[] = [];
	try {
		exploring.begin(tables.initial);
		let ending: Ending = 'complete';
		for (let level = 0; level < exploring.states.count; ) {
			const end = exploring.states.count;
			if (end - level < WORTH_IT) {
				ending = yield* exploring.expandingAll(range(level, end));
			} else {
				while (workers.length < threads) workers.push(new Thread());
				ending = yield* expandTogether(exploring, workers, level, end, limits);
			}
			if (ending !== 'complete' || (exploring.breaches.length > 0 && limits.goOn !== true)) break;
			if (exploring.states.count > end) exploring.depth++;
			level = end;
			yield exploring.progress(exploring.states.count - end);
			if (limits.stop?.() === true) {
				if (exploring.states.count > end) ending = 'stopped';
				break;
			}
		}
		return exploring.end(ending);
	} finally {
		await Promise.all(workers.map((thread) => thread.end()));
	}
}

/** A thread that works, which may end at any time: it may be killed, or find no memory. */
class Thread {
	readonly #worker = new Worker(new URL('./thread.mjs', import.meta.url));
	#isLost = false;
	#answer: (report: Report | null) => void = () => {};

	constructor() {
		const lost = (): void => {
			this.#isLost = true;
			this.#answer(null);
		};
		this.#worker.on('error', lost).on('exit', lost);
		this.#worker.on('message', (report: Report) => this.#answer(report));
	}

	/** What it did in a round; null when it ended before. */
	work(round: Round): Promise<Report | null> {
		return new Promise((resolve) => {
			this.#answer = resolve;
			if (this.#isLost) resolve(null);
			else this.#worker.postMessage(round);
		});
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}

function* range(from: number, to: number): Generator<number> {
	for (let state = from; state < to; state++) yield state;
}

/** Expands one level with all threads, unless there is no room for what it leads to, or it is to stop. */
async function* expandTogether<Label>(
	exploring: Exploring<Label>,
	workers: readonly Thread[],
	level: number,
	end: number,
	{ stop, memory }: Limits,
): AsyncGenerator<Progress, Ending, void> {
	const { states, tables } = exploring;
	const control = sharedInts(3);
	let deferred: number[] = [];
	for (let cursor = level; cursor < end; ) {
		states.reserve(end - level);
		control[CURSOR] = cursor;
		control[FREE] = states.count;
		control[STOP] = 0;
		const { words, parents, slots, capacity } = states;
		const { layout } = exploring;
		const round: Round = {
			tables: readable(tables),
			layout,
			words,
			parents,
			slots,
			capacity,
			end,
			control,
		};
		const begun = performance.now();
		const asked = setInterval(() => {
			if (performance.now() - begun >= TELL_MS) Atomics.compareExchange(control, STOP, 0, PAUSED);
			if (stop?.() === true) Atomics.compareExchange(control, STOP, 0, STOPPED);
		}, ASK_MS);
		const work = async (thread: Thread): Promise<Report | null> => {
			const report = await thread.work(round);
			if (report === null) Atomics.store(control, STOP, LOST);
			return report;
		};
		const reports = (await Promise.all(workers.map(work))).filter((report) => report !== null);
		clearInterval(asked);
		// What a lost thread took and did not fill is not known: the states of this round do not count.
		const isWhole = reports.length === workers.length;
		if (isWhole)
			states.takeOver(
				Atomics.load(control, FREE),
				reports.map(({ spare }) => spare),
			);
		for (const report of reports) {
			exploring.generated += report.generated;
			exploring.cut += report.cut;
			exploring.breaches.push(...report.breaches);
			deferred = deferred.concat(report.deferred);
		}
		if (!isWhole) return 'thread lost';
		const stopped = Atomics.load(control, STOP);
		if (stopped === STATES_FULL || exploring.bytes > memory) return 'out of memory';
		if (stopped === STOPPED) return 'stopped';
		cursor = Math.min(Atomics.load(control, CURSOR), end);
		if (stopped === INDEX_FULL) states.reserve(states.count);
		if (cursor < end) yield exploring.progress(states.count - cursor);
	}
	return yield* exploring.expandingAll(deferred);
}
