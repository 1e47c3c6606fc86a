import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Fate, type Fates, isKilled, type Made, type Mutant } from './mutants.ts';
import type { Told, Tried } from './stories-worker.ts';
import { NATIVELY } from './switches.ts';

/** Most time between two words of the worker; a mutant that goes round for ever says none. */
const SILENCE_MS = 30_000;

/**
 * Tries the mutants of a part of the reference by stories of the model and of the reference with the mutant: those that
 * `verify` tells first, and random ones, of which some are steered. A story in which the reference dies is a kill: it is
 * seen. A mutant is tried by the stories that come to it, as no other can show it.
 *
 * @param before what became of them before; those that were killed are not tried.
 */
export async function triedByStories(
	{ mutants, copy }: Made,
	most: number,
	onTold: (mutant: Mutant) => void,
	before: Fates = new Map(),
): Promise<Map<Mutant, Fate>> {
	const fates = new Map(mutants.map((mutant) => [mutant, before.get(mutant) ?? 'unreached']));
	const left = mutants.filter((mutant) => !isKilled(fates.get(mutant)));
	const onFate = (mutant: Mutant, fate: Fate): void => {
		// Stories that it survives say nothing of a test in which it hangs.
		if (fate !== 'survived' || fates.get(mutant) !== 'hung') fates.set(mutant, fate);
		onTold(mutant);
	};
	const start = (tried: readonly Tried[], native?: string): Worker =>
		new Worker(join(copy, 'packaging/mutants/stories-worker.ts'), {
			workerData: { mutants: tried, most, native: native !== undefined },
			execArgv: ['--import', join(copy, 'sources.mjs')],
			env: { ...process.env, ...(native && { [NATIVELY]: native }) },
		});
	const { loaded, reached } = await lookAround(start([]));
	let waiting = left.filter(({ id }) => reached.has(id) && !loaded.has(id));
	while (waiting.length > 0) {
		const tried = waiting.map(({ id }) => ({ mutant: id, places: reached.get(id) ?? [] }));
		const told = await tell(start(tried), waiting, onFate);
		waiting = waiting.slice(told);
	}
	// What was made while the module was loaded cannot be switched any more: such a mutant is there from the beginning.
	for (const mutant of left.filter(({ id }) => loaded.has(id)))
		await tell(start([], mutant.id), [mutant], onFate, true);
	return fates;
}

/** Tells all stories once with no mutant: which mutants are passed while modules are loaded, and where stories come to each. */
function lookAround(worker: Worker): Promise<Extract<Told, { kind: 'looked' }>> {
	return new Promise((resolve, reject) => {
		worker.on('error', reject);
		worker.on('message', (told: Told) => {
			if (told.kind !== 'looked') return;
			void worker.terminate();
			resolve(told);
		});
	});
}

/** Waits for one mutant after the other until all are tried, or one of them ends the worker or silences it; how many were tried. */
function tell(
	worker: Worker,
	mutants: readonly Mutant[],
	onFate: (mutant: Mutant, fate: Fate) => void,
	native = false,
): Promise<number> {
	return new Promise((resolve, reject) => {
		let tried = 0;
		let begun = native;
		const end = (): void => {
			clearTimeout(timer);
			void worker.terminate();
			resolve(tried);
		};
		const lose = (fate: Fate, error: unknown): void => {
			const mutant = mutants[tried];
			if (!begun || mutant === undefined) return reject(error);
			onFate(mutant, fate);
			tried++;
			end();
		};
		const hang = () => lose('hung', new Error('the worker does not begin'));
		let timer = setTimeout(hang, SILENCE_MS);
		worker.on('error', (error) => lose('stories', error));
		worker.on('message', (told: Told) => {
			begun = true;
			clearTimeout(timer);
			timer = setTimeout(hang, SILENCE_MS);
			const mutant = mutants[tried];
			if (told.kind !== 'tried' || mutant === undefined) return;
			onFate(mutant, told.found ? 'stories' : 'survived');
			tried++;
			if (tried === mutants.length) end();
		});
	});
}
