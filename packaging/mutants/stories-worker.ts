import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { GENERATED_LENGTH } from '../../properties/arbitraries/length.ts';
import { generatedSetup } from '../../properties/arbitraries/setup.ts';
import { model } from '../../properties/systems/model.ts';
import { reference } from '../../properties/systems/reference.ts';
import { campaign } from '../../properties/trial/campaign.ts';

/** Whether stories showed the next mutant; null: the worker has begun. */
export interface Told {
	readonly found: boolean | null;
}

const { mutants, stories } = z
	.object({ mutants: z.array(z.string()), stories: z.number() })
	.parse(workerData);

const SWITCHES = '__stryker__';
/** What the code that StrykerJS made asks at each place; it made it itself if it ran while it was loaded, and keeps it. */
const switches: { activeMutant?: string } = Reflect.get(globalThis, SWITCHES) ?? {};
Reflect.set(globalThis, SWITCHES, switches);

/** Whether stories of this seed show that something is wrong. */
async function shows(seed: number, limit: number): Promise<boolean> {
	try {
		const { found } = await campaign({
			systems: [model(), reference()],
			setups: generatedSetup,
			seed,
			length: GENERATED_LENGTH,
			limit: { stories: limit },
		});
		return found !== null;
	} catch {
		return true;
	}
}

const NONE = 'none';
const say = (told: Told): void => parentPort?.postMessage(told);
switches.activeMutant = NONE;
if (await shows(1, 20)) throw new Error('stories show something wrong where nothing is');
say({ found: null });
for (const mutant of mutants) {
	switches.activeMutant = mutant;
	const found = await shows(1, stories);
	switches.activeMutant = NONE;
	say({ found });
}
