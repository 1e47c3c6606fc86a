import { expect, test } from 'vitest';
import { judging } from '../../model/guarantees/judge.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { dice } from '../../model/vocabulary/dice.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { choices } from './choices.ts';
import { Exploration } from './exploration.ts';
import { STARTS } from './starts.ts';

test.each(Design.options)(
	'under %s the promises of the explorer are judged as everywhere, whatever happens',
	(design) => {
		for (const [place, start] of STARTS.entries()) {
			const explored = new Exploration(underDesign(start.setup, design));
			const judge = judging(explored.setup, explored.here.seen);
			const roll = dice(place + 10);
			for (let turn = 0; turn < 50; turn++) {
				const { seen: before } = explored.here;
				const offered = choices(explored.setup, before);
				// What is held and goes on is judged by what began, which chance alone seldom meets.
				const overlapping = offered.filter(({ kind }) => kind === 'held' || kind === 'goes-on');
				const from = overlapping.length > 0 && roll() < 0.6 ? overlapping : offered;
				const event = from[Math.floor(roll() * from.length)];
				if (event === undefined || !explored.choose(event)) continue;
				judge.step({ setup: explored.setup, before, event, after: explored.here.seen });
			}
			const told = explored.here.judged.map(({ guarantee: { id }, exercised, broken }) => ({
				...{ id, exercised, sentence: broken },
			}));
			expect(told).toEqual(
				judge.verdicts().map(({ id, exercised, sentence }) => ({ id, exercised, sentence })),
			);
		}
	},
);
