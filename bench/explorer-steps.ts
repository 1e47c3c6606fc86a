import { dice } from '../model/vocabulary/dice.ts';
import type { Event } from '../model/vocabulary/events/event.ts';
import { choices } from '../reports/explorer/choices.ts';
import { Exploration } from '../reports/explorer/exploration.ts';
import { STARTS } from '../reports/explorer/starts.ts';

const STORY = 400;
const ROUNDS = 20;

/** The same random story, gone through again and again: steps of the model and of all judges, a second. Runs on Node and in a browser. */
export function stepsPerSecond(): number {
	const [start] = STARTS;
	if (start === undefined) throw new RangeError('nothing to begin with');
	const first = new Exploration(start.setup);
	const roll = dice(1);
	const events: Event[] = [];
	for (let turn = 0; turn < STORY; turn++) {
		const offered = choices(start.setup, first.here.seen);
		const event = offered[Math.floor(roll() * offered.length)];
		if (event !== undefined && first.choose(event)) events.push(event);
	}
	const began = performance.now();
	for (let round = 0; round < ROUNDS; round++) Exploration.of({ setup: start.setup, events });
	return (1000 * ROUNDS * events.length) / (performance.now() - began);
}
