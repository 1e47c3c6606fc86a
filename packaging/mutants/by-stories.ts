import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Mutant, mutate } from './mutants.ts';
import type { Told } from './stories-worker.ts';

/** Most time between two words of the worker; a mutant that goes round for ever says none. */
const SILENCE_MS = 60_000;

/** Of so many at least one is killed. */
const MANY = 10;

/**
 * Tries the mutants of parts of the reference by random stories of the model and of the reference with the mutant, as
 * `verify` tells them, all in one process. A story in which the reference hangs or dies is a kill: it is seen.
 *
 * @returns those that no story was seen to show.
 */
export async function triedByStories(
	sources: readonly string[],
	stories: number,
	onTold: (mutant: Mutant) => void,
): Promise<{ mutants: readonly Mutant[]; left: Mutant[] }> {
	// What StrykerJS's own command says is not asked for: it makes them, and lists them.
	const { mutants, copy } = mutate(sources, 'true');
	const left: Mutant[] = [];
	let waiting: readonly Mutant[] = mutants;
	while (waiting.length > 0) {
		const told = await tell(copy, waiting, stories, (mutant, found) => {
			if (!found) left.push(mutant);
			onTold(mutant);
		});
		waiting = waiting.slice(told);
	}
	if (mutants.length >= MANY && left.length === mutants.length)
		throw new Error('not one of so many was killed: they were not switched on');
	return { mutants, left };
}

/** Tells stories of one mutant after the other until all are tried, or one of them ends the worker or silences it; how many were tried. */
function tell(
	copy: string,
	mutants: readonly Mutant[],
	stories: number,
	onTold: (mutant: Mutant, found: boolean) => void,
): Promise<number> {
	return new Promise((resolve, reject) => {
		let tried = 0;
		let begun = false;
		const worker = new Worker(join(copy, 'packaging/mutants/stories-worker.ts'), {
			workerData: { mutants: mutants.map(({ id }) => id), stories },
			execArgv: ['--import', join(copy, 'sources.mjs')],
		});
		const end = (): void => {
			clearTimeout(timer);
			void worker.terminate();
			resolve(tried);
		};
		const lost = (error: unknown): void => {
			const mutant = mutants[tried];
			if (!begun || mutant === undefined) return reject(error);
			onTold(mutant, true);
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
			if (told.found === null || mutant === undefined) return;
			onTold(mutant, told.found);
			tried++;
			if (tried === mutants.length) end();
		});
	});
}
