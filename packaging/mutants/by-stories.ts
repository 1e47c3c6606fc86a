import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Mutant, mutate } from './mutants.ts';
import type { Told, Tried } from './stories-worker.ts';

/** Most time between two words of the worker; a mutant that goes round for ever says none. */
const SILENCE_MS = 60_000;

/** What became of a mutant; `unreached`: no story comes to where it is. */
export type Fate = 'killed' | 'survived' | 'unreached';

/**
 * Tries the mutants of a part of the reference by stories of the model and of the reference with the mutant: those that
 * `verify` tells first, and random ones, of which some are steered. A story in which the reference hangs or dies is a
 * kill: it is seen. A mutant is tried by the stories that come to it, as no other can show it.
 */
export async function triedByStories(
	source: string,
	most: number,
	onTold: (mutant: Mutant) => void,
): Promise<Map<Mutant, Fate>> {
	// What StrykerJS's own command says is not asked for: it makes them, and lists them.
	const { mutants, copy } = mutate([source], 'true');
	const fates = new Map<Mutant, Fate>(mutants.map((mutant) => [mutant, 'unreached']));
	const onFound = (mutant: Mutant, found: boolean): void => {
		fates.set(mutant, found ? 'killed' : 'survived');
		onTold(mutant);
	};
	const start = (tried: readonly Tried[], native?: string): Worker =>
		new Worker(join(copy, 'packaging/mutants/stories-worker.ts'), {
			workerData: { mutants: tried, most, native: native !== undefined },
			execArgv: ['--import', join(copy, 'sources.mjs')],
			env: { ...process.env, ...(native && { __STRYKER_ACTIVE_MUTANT__: native }) },
		});
	const { loaded, reached } = await lookAround(start([]));
	let waiting = mutants.filter(({ id }) => reached.has(id) && !loaded.has(id));
	while (waiting.length > 0) {
		const tried = waiting.map(({ id }) => ({ mutant: id, stories: reached.get(id) ?? [] }));
		const told = await tell(start(tried), waiting, onFound);
		waiting = waiting.slice(told);
	}
	// What was made while the module was loaded cannot be switched any more: such a mutant is there from the beginning.
	for (const mutant of mutants.filter(({ id }) => loaded.has(id)))
		await tell(start([], mutant.id), [mutant], onFound, true);
	return fates;
}

/** Tells all stories once with no mutant: which mutants are passed while modules are loaded, and which stories come to each. */
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
	onFound: (mutant: Mutant, found: boolean) => void,
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
		const lost = (error: unknown): void => {
			const mutant = mutants[tried];
			if (!begun || mutant === undefined) return reject(error);
			onFound(mutant, true);
			tried++;
			end();
		};
		let timer = setTimeout(lost, SILENCE_MS, new Error('the worker does not begin'));
		worker.on('error', lost);
		worker.on('message', (told: Told) => {
			begun = true;
			clearTimeout(timer);
			timer = setTimeout(lost, SILENCE_MS, new Error('the worker is silent'));
			const mutant = mutants[tried];
			if (told.kind !== 'tried' || mutant === undefined) return;
			onFound(mutant, told.found);
			tried++;
			if (tried === mutants.length) end();
		});
	});
}
