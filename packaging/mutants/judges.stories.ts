import { describe, expect, test } from 'vitest';
import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { inOrder } from '../../model/guarantees/overlap.ts';
import { WITNESSES } from '../../model/guarantees/situations.ts';
import { type Shown, shown, type Witnessed } from './shown.ts';

/*
 * What a mutant of a judge must not change beside its own tests: each known bug, in the story that is kept of it, still
 * breaks the promises that it breaks, and no other before; where nothing is wrong none is broken; and each half is put to the
 * test by some events of a scenario, and by no others. One judge at a time, so that a mutant is tried by what its own judge says.
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

const { judged, witnessed } = shown();

/** Of the stories in which a judge finds nothing wrong it hears one in so many: which ones, differs from judge to judge. */
const ONE_IN = 3;

const heardBy = ({ id }: Guarantee, judge: number): Shown[] =>
	judged.filter(({ breaks }, place) => breaks.includes(id) || place % ONE_IN === judge % ONE_IN);

describe.each(guarantees.map((guarantee, place) => ({ guarantee, place, id: guarantee.id })))(
	'$id',
	({ guarantee, place, id }) => {
		test.each(heardBy(guarantee, place))('$name', (story) => {
			expect(falls(guarantee, story)).toBe(story.breaks.includes(id));
		});
	},
);

/** By how many events this half is put to the test. */
function eventsOf({ half, setup, first, moments }: Witnessed): number | undefined {
	const witness = WITNESSES.find(({ name }) => name === half);
	const guarantee = guarantees.find(({ id }) => id === witness?.guarantee);
	if (witness === undefined || guarantee === undefined) return undefined;
	let memory = guarantee.begin(setup, first);
	let events = 0;
	for (const shownAs of moments) {
		const moment = inOrder({ setup, ...shownAs });
		const ruling = guarantee.step(memory, moment);
		if (witness.reached(moment, ruling?.exercised === true)) events++;
		if (ruling?.broken != null) break;
		if (ruling !== null) memory = ruling.memory;
	}
	return events;
}

test.each(witnessed)('$half is put to the test in a scenario', (one) => {
	expect(eventsOf(one)).toBe(one.events);
});
