import { expect, test } from 'vitest';
import { Model } from '../../model/system/model.ts';
import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { dice } from '../../model/vocabulary/dice.ts';
import { type EventKind, KINDS } from '../../model/vocabulary/events/event.ts';
import { candidates, isPossible } from '../../model/vocabulary/events/possible.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { choices, GROUPS, groupOf } from './choices.ts';
import { STARTS } from './starts.ts';

/** Kinds with values that are free to be anything: of these only some are offered. */
const FREE: readonly EventKind[] = ['status-posted', 'minutes-pass', 'host-unreachable'];

test.each(Design.options)(
	'under %s whatever a random story may draw is offered, possible, once',
	(design) => {
		const tables = new TablesByDesign();
		for (const [place, start] of STARTS.entries()) {
			const setup = underDesign(start.setup, design);
			const model = new Model(setup, tables.of(setup));
			const roll = dice(place + 1);
			for (let events = 0; events < 30; events++) {
				const { seen } = model;
				const offered = choices(setup, seen);
				const known = offered.map((event) => JSON.stringify(event));
				expect(new Set(known).size).toBe(known.length);
				for (const event of offered) expect(isPossible(setup, seen, event)).toBe(true);
				const drawn = KINDS.filter((kind) => !FREE.includes(kind)).flatMap((kind) =>
					candidates(setup, seen, kind, roll),
				);
				const missed = drawn
					.map((event) => JSON.stringify(sorted(event)))
					.filter((event) => !offered.some((one) => JSON.stringify(sorted(one)) === event));
				expect(missed).toEqual([]);
				const next = offered[Math.floor(roll() * offered.length)];
				if (next !== undefined) model.apply(next);
			}
		}
	},
);

test('every kind belongs to a group', () => {
	for (const kind of KINDS) expect(GROUPS).toContain(groupOf(kind));
});

/** Keys in one order. */
const sorted = (event: object): unknown =>
	Object.fromEntries(Object.entries(event).sort(([one], [other]) => one.localeCompare(other)));
