import { describe, expect, test } from 'vitest';
import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { inOrder } from '../../model/guarantees/overlap.ts';
import { type Shown, shown } from './shown.ts';

/*
 * What a mutant of a judge must not change beside its own tests: each known bug, in the story that is kept of it, still
 * breaks the promises that it breaks, and no other before; where nothing is wrong none is broken. One judge at a time, so that
 * a mutant is tried by what its own judge says.
 */

/** Whether this one falls. What no judge says, such as situations, is left out: it would take most of the time. */
function falls(guarantee: Guarantee, { setup, first, moments, atRest }: Shown): boolean {
	let memory = guarantee.begin(setup, first);
	for (const moment of moments) {
		const ruling = guarantee.step(memory, inOrder({ setup, ...moment }));
		if (ruling === null) continue;
		if (ruling.broken !== null) return true;
		memory = ruling.memory;
	}
	return atRest !== null && (guarantee.owed?.(memory, setup, atRest) ?? null) !== null;
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
