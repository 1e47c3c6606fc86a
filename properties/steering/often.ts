import fc from 'fast-check';
import { drawAt } from '../arbitraries/draws.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { swarm } from '../arbitraries/swarm.ts';
import { walk } from '../arbitraries/walk.ts';
import { model } from '../systems/model.ts';
import { trial } from '../trial/trial.ts';
import { keyOf, reachedIn } from './near.ts';

/** Random stories that are asked; always the same ones. */
const ASKED = 600;
const SEED = 1;
/** What more than this share of them reaches needs no way to it. */
const OFTEN = 1 / 20;

const drawn = fc.tuple(generatedSetup, swarm, fc.nat());

/** The situations that random stories reach often by themselves, each by what (`keyOf`). */
export async function oftenReached(): Promise<ReadonlySet<string>> {
	const stories = new Map<string, number>();
	for (let place = 0; place < ASKED; place++) {
		const [setup, kinds, seed] = drawAt(drawn, SEED, place);
		const next = walk(setup, kinds, seed, GENERATED_LENGTH);
		const { events } = await trial([model()], setup, next, { rest: false, judges: [] });
		for (const reached of await reachedIn(setup, events)) {
			const key = keyOf(reached);
			stories.set(key, (stories.get(key) ?? 0) + 1);
		}
	}
	return new Set([...stories].flatMap(([key, count]) => (count > ASKED * OFTEN ? [key] : [])));
}
