import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Mutant, mutate } from './mutants.ts';
import type { Told } from './stories-worker.ts';

/** Most time between two words of the worker; a mutant that goes round for ever says none. */
const SILENCE_MS = 60_000;

/** What became of a mutant; `unreached`: no story comes to where it is. */
export type Fate = 'killed' | 'survived' | 'unreached';

/**
 * Tries the mutants of a part of the reference by random stories of the model and of the reference with the mutant, as
 * `verify` tells them. A story in which the reference hangs or dies is a kill: it is seen.
 */
export async function triedByStories(
	source: string,
	stories: number,
	onTold: (mutant: Mutant) => void,
): Promise<Map<Mutant, Fate>> {
	// What StrykerJS's own command says is not asked for: it makes them, and lists them.
	const { mutants, copy } = mutate([source], 'true');
	const fates = new Map<Mutant, Fate>(mutants.map((mutant) => [mutant, 'unreached']));
	const onFound = (mutant: Mutant, found: boolean): void => {
		fates.set(mutant, found ? 'killed' : 'survived');
		onTold(mutant);
	};
	const { loaded, reached } = await lookAround(copy, stories);
	let waiting = mutants.filter(({ id }) => reached.has(id) && !loaded.has(id));
	while (waiting.length > 0) {
		const told = await tell(copy, waiting, stories, onFound);
		waiting = waiting.slice(told);
	}
	// What was made while the module was loaded cannot be switched any more: such a mutant is there from the beginning.
	for (const mutant of mutants.filter(({ id }) => loaded.has(id)))
		await tell(copy, [mutant], stories, onFound, mutant);
	return fates;
}

const start = (
	copy: string,
	mutants: readonly Mutant[],
	stories: number,
	native: Mutant | null,
): Worker =>
	new Worker(join(copy, 'packaging/mutants/stories-worker.ts'), {
		workerData: { mutants: mutants.map(({ id }) => id), stories, native: native !== null },
		execArgv: ['--import', join(copy, 'sources.mjs')],
		env: { ...process.env, ...(native && { __STRYKER_ACTIVE_MUTANT__: native.id }) },
	});

/** Tells all stories once with no mutant: those that are passed while modules are loaded, and those that stories come to. */
function lookAround(
	copy: string,
	stories: number,
): Promise<{ loaded: ReadonlySet<string>; reached: ReadonlySet<string> }> {
	return new Promise((resolve, reject) => {
		const worker = start(copy, [], stories, null);
		worker.on('error', reject);
		worker.on('message', (told: Told) => {
			if (told.kind !== 'looked') return;
			void worker.terminate();
			resolve({ loaded: new Set(told.loaded), reached: new Set(told.reached) });
		});
	});
}

/** Tells stories of one mutant after the other until all are tried, or one of them ends the worker or silences it; how many were tried. */
function tell(
	copy: string,
	mutants: readonly Mutant[],
	stories: number,
	onFound: (mutant: Mutant, found: boolean) => void,
	native: Mutant | null = null,
): Promise<number> {
	return new Promise((resolve, reject) => {
		let tried = 0;
		let begun = native !== null;
		const worker = start(copy, mutants, stories, native);
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
