import type { FuzzEvidence, Range } from '../../reports/evidence/fuzz-evidence.ts';
import { STORIES_PER_SETUP } from '../../reports/evidence/shard.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { DeployedName } from '../deployed/index.ts';
import { sayNamed, seenFirstOf } from '../trial/named.ts';
import { tokenOf } from '../trial/say-finding.ts';
import { scenarioOf, type WrittenFind } from './find-scenario.ts';
import type { Shrunk, Told } from './range.ts';
import { type TellerBeside, tellersOf } from './tellers.ts';

/** Setups of which somebody tells stories at a time: as much is told again after a run that was killed. */
const SETUPS_AT_A_TIME = 50;
/** Milliseconds between two times that what is known is kept, unless something new is found. */
const KEEP_EVERY_MS = 5000;

export interface FuzzOptions {
	/** What was known until now; of a new campaign `begun`. */
	readonly state: FuzzEvidence;
	readonly system: DeployedName | null;
	readonly seconds: number;
	/** The place behind the last story; there is none, unless told. */
	readonly until?: number | undefined;
	readonly workers: number;
	/** Where the JSON Schema of scenarios lies, from where they are written. */
	readonly schema: string;
	readonly signal?: AbortSignal;
	/** Called with what is known by now, and the scenarios of what is new in it, to be kept together. */
	readonly keep: (state: FuzzEvidence, scenarios: readonly WrittenFind[]) => void;
	readonly onProgress?: (state: FuzzEvidence) => void;
}

/** What is known before any story is told. */
export const begun = (
	run: Pick<FuzzEvidence, 'mulligan' | 'commit' | 'system' | 'seed' | 'shard'>,
): FuzzEvidence => ({
	format: 'mulligan fuzz',
	version: 1,
	...run,
	seconds: 0,
	next: 0,
	left: [],
	stories: 0,
	events: 0,
	steps: 0,
	unrested: 0,
	situations: {},
	transitions: null,
	sightings: {},
	finds: [],
});

/**
 * Tells random stories until the time is over or it is told to stop, range after range, each by whoever is free. Returns
 * what is known then, which was kept as well: another call goes on from there.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzEvidence> {
	const { system, seconds, until = Number.MAX_SAFE_INTEGER, workers, signal } = options;
	const began = performance.now();
	const before = options.state.seconds;
	const over = new AbortController();
	const end = (): void => over.abort();
	const timer = setTimeout(end, seconds * 1000);
	if (signal?.aborted === true) end();
	signal?.addEventListener('abort', end);
	const { seed, shard } = options.state;
	const waiting = [...options.state.left];
	const inHand = new Set<Range>();
	let state: FuzzEvidence = options.state;
	let kept = performance.now();
	const tellers = tellersOf(workers);

	const nextRange = (): Range | null => {
		if (over.signal.aborted) return null;
		const waits = waiting.shift();
		if (waits !== undefined) return waits;
		const from = state.next;
		const size = SETUPS_AT_A_TIME * STORIES_PER_SETUP * (shard?.of ?? 1);
		const to = Math.min(from + size, until);
		if (from >= to) return null;
		state = { ...state, next: to };
		return [from, to];
	};
	const now = (): FuzzEvidence => ({
		...state,
		seconds: before + (performance.now() - began) / 1000,
		left: [...inHand, ...waiting].sort(([one], [other]) => one - other),
	});
	const work = async (teller: TellerBeside): Promise<void> => {
		for (let range = nextRange(); range !== null; range = nextRange()) {
			inHand.add(range);
			const sightings = new Map(Object.entries(state.sightings));
			const told = await teller.tell(
				{ system, seed, shard: shard ?? undefined, range, sightings },
				over.signal,
			);
			const written = await newOf(told.finds, state, options);
			// Somebody else may have found the same meanwhile.
			const fresh = written.filter(({ find }) => isNew(find, state));
			inHand.delete(range);
			if (told.left !== null) waiting.unshift(told.left);
			state = added(state, told, fresh);
			if (fresh.length > 0 || performance.now() - kept > KEEP_EVERY_MS) {
				kept = performance.now();
				options.keep(now(), fresh);
			}
			options.onProgress?.(now());
		}
	};
	try {
		await Promise.all(tellers.map(work));
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', end);
		options.keep(now(), []);
		await Promise.all(tellers.map((teller) => teller.end()));
	}
	return now();
}

const isNew = ({ shape }: Pick<Shrunk, 'shape'>, { finds }: FuzzEvidence): boolean =>
	finds.every((known) => known.shape !== shape);

/** What is not known yet, told as it is kept. */
async function newOf(
	finds: readonly Shrunk[],
	state: FuzzEvidence,
	{ system, schema }: FuzzOptions,
): Promise<WrittenFind[]> {
	const fresh: WrittenFind[] = [];
	for (const one of finds) {
		const { shape, story, finding, place } = one;
		if (!isNew(one, state)) continue;
		const token = tokenOf(story);
		const find = {
			kind: finding.kind,
			guarantee: finding.kind === 'violated' ? finding.guarantee : null,
			shape,
			sentence: sayNamed(one).slice(0, TEXT),
			place,
			events: story.events.length,
			token,
			...seenFirstOf(one),
		};
		fresh.push(await scenarioOf(one, find, { system, seed: state.seed, schema }));
	}
	return fresh;
}

/** What is known, with what was told. */
function added(state: FuzzEvidence, told: Told, fresh: readonly WrittenFind[]): FuzzEvidence {
	const { tally, transitions } = told;
	const taken = new Set([...(state.transitions?.taken ?? []), ...(transitions?.taken ?? [])]);
	return {
		...state,
		stories: state.stories + tally.stories,
		events: state.events + tally.events,
		steps: state.steps + tally.steps,
		unrested: state.unrested + tally.unrested,
		situations: summed(
			state.situations,
			[...tally.situations].map(([name, { stories }]) => [name, stories]),
		),
		transitions:
			transitions === null ? state.transitions : { of: transitions.of, taken: [...taken].sort() },
		sightings: summed(state.sightings, told.sightings),
		finds: [...state.finds, ...fresh.map(({ find }) => find)],
	};
}

function summed(
	counts: Readonly<Record<string, number>>,
	more: Iterable<readonly [string, number]>,
): Record<string, number> {
	const sum = { ...counts };
	for (const [name, times] of more) sum[name] = (sum[name] ?? 0) + times;
	return sum;
}
