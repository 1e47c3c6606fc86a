import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
	CURSOR,
	FREE,
	INDEX_FULL,
	PAUSED,
	type Report,
	type Round,
	STATES_FULL,
	STOP,
	STOPPED,
} from './crew.ts';
import { readable } from './expander.ts';
import { type Ending, type Exploration, Exploring, type Limits, type Progress } from './explore.ts';
import { sharedInts } from './ints.ts';
import type { Tables } from './tables.ts';

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
	const crew: Worker[] = [];
	try {
		exploring.begin(tables.initial);
		let ending: Ending = 'complete';
		for (let level = 0; level < exploring.states.count; ) {
			const end = exploring.states.count;
			if (end - level < WORTH_IT) {
				if (!exploring.expandAll(range(level, end))) ending = 'out of memory';
			} else {
				while (crew.length < threads) crew.push(startThread());
				ending = yield* expandTogether(exploring, crew, level, end, limits);
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
		await Promise.all(crew.map((thread) => thread.terminate()));
	}
}

const startThread = (): Worker => new Worker(new URL('./thread.mjs', import.meta.url));

function* range(from: number, to: number): Generator<number> {
	for (let state = from; state < to; state++) yield state;
}

/** Expands one level with all threads, unless there is no room for what it leads to, or it is to stop. */
async function* expandTogether<Label>(
	exploring: Exploring<Label>,
	crew: readonly Worker[],
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
			if (stop?.() === true) Atomics.store(control, STOP, STOPPED);
		}, ASK_MS);
		const reports = await Promise.all(crew.map((thread) => work(thread, round))).finally(() =>
			clearInterval(asked),
		);
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
		const stopped = Atomics.load(control, STOP);
		if (stopped === STATES_FULL || exploring.bytes > memory) return 'out of memory';
		if (stopped === STOPPED) return 'stopped';
		cursor = Math.min(Atomics.load(control, CURSOR), end);
		if (stopped === INDEX_FULL) states.reserve(states.count);
		if (cursor < end) yield exploring.progress(states.count - cursor);
	}
	return exploring.expandAll(deferred) ? 'complete' : 'out of memory';
}

async function work(thread: Worker, round: Round): Promise<Report> {
	const answer = once(thread, 'message');
	thread.postMessage(round);
	const [report] = await answer;
	return report;
}
