import { describe, expect, test } from 'vitest';
import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { judging } from '../../model/guarantees/judge.ts';
import { type Shown, shown } from './shown.ts';

/*
 * What a mutant of a judge must not change beside its own tests: each known bug, in the story that is kept of it, still
 * breaks the promises that it breaks, and no other before; where nothing is wrong none is broken. One judge at a time, so that
 * a mutant is tried by what its own judge says.
 */

/** Whether this one falls. */
function falls(guarantee: Guarantee, { setup, first, moments, atRest }: Shown): boolean {
	const judge = judging(setup, first, [guarantee]);
	for (const moment of moments) if (judge.step({ setup, ...moment }).length > 0) return true;
	return atRest !== null && judge.settle(setup, atRest).length > 0;
}

const stories = shown();

describe.each(guarantees.map((guarantee) => [guarantee.id, guarantee] as const))(
	'%s',
	(id, guarantee) => {
		test.each(stories)('$name', (story) => {
			expect(falls(guarantee, story)).toBe(story.breaks.includes(id));
		});
	},
);
