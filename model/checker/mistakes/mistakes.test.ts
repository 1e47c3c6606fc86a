import { describe, expect, test } from 'vitest';
import { guarantees } from '../../guarantees/index.ts';
import { judging } from '../../guarantees/judge.ts';
import type { Overrides } from '../../machines/index.ts';
import { Model } from '../../system/model.ts';
import { createTables } from '../../system/tables.ts';
import type { Event } from '../../vocabulary/events/event.ts';
import { isPossible } from '../../vocabulary/events/possible.ts';
import type { Observation } from '../../vocabulary/observation.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import type { Checked, Counterexample } from '../retry/judged.ts';
import { STUCK } from '../retry/retry-product.ts';
import { checkedMistake, type Mistake } from './mistake.ts';
import { LOOPS, STEPS } from './mistakes.ts';

/** Some of them need a whole space and its liveness, on a busy machine. */
const LONG = 120_000;

interface Shown {
	readonly id: string;
	readonly sentence: string | null;
	readonly shown: Counterexample;
}

/** Counterexamples, with what they break. */
const counterexamples = ({ judged }: Checked): Shown[] =>
	judged.flatMap(({ id, sentence, counterexample }) =>
		counterexample === null ? [] : [{ id, sentence, shown: counterexample }],
	);

const lengths = (result: Checked): Record<string, number> =>
	Object.fromEntries(
		counterexamples(result).map(({ id, shown }) => [id, shown.story.events.length]),
	);

/** A story on the model: what is broken at its last event, and at any; what cannot happen is skipped. */
function replay(setup: Setup, events: readonly Event[], overrides: Overrides) {
	const model = new Model(setup, createTables(overrides));
	const judge = judging(setup, model.seen, guarantees);
	let skipped = 0;
	let last: string[] = [];
	const ever = new Set<string>();
	for (const event of events) {
		const before = model.seen;
		if (!isPossible(setup, before, event)) {
			skipped++;
			continue;
		}
		const after = model.apply(event);
		last = judge.step({ setup, before, event, after }).map(({ id }) => id);
		for (const id of last) ever.add(id);
	}
	return { model, skipped, last, ever: [...ever] };
}

describe('a broken machine is caught at a step, by a shortest story', () => {
	test.each(Object.entries<Mistake>(STEPS))(
		'%s',
		async (_, broken) => {
			const result = await checkedMistake(broken);
			expect({ verdict: result.verdict, ...lengths(result) }).toEqual({
				verdict: 'violated',
				...broken.breaks,
			});
			for (const { id, shown } of counterexamples(result)) {
				const { story, loop } = shown;
				expect(loop).toBe(null);
				const { skipped, last, ever } = replay(story.setup, story.events, broken.overrides);
				expect({ id, skipped, said: last.includes(id) }).toEqual({ id, skipped: 0, said: true });
				expect(ever).toEqual(last);
				expect(replay(story.setup, story.events, {}).ever).toEqual([]);
			}
		},
		LONG,
	);
});

/** Of which kind a guarantee is; that nothing is left for ever is one of liveness too. */
const kindOf = (id: string): string | undefined =>
	id === STUCK ? 'liveness' : guarantees.find((one) => one.id === id)?.kind;

/** What matters of an observation to whether a loop is one: not how late it is. */
const timeless = ({ minute, answer, ...seen }: Observation) => ({
	...seen,
	tasks: seen.tasks.map(({ status, execution, restart_pending }) => ({
		status,
		execution,
		restart_pending,
	})),
});

describe('a broken machine is caught by nothing but what is owed for ever, by a stem and a loop', () => {
	test.each(Object.entries<Mistake>(LOOPS))(
		'%s',
		async (_, broken) => {
			const result = await checkedMistake(broken);
			expect({ verdict: result.verdict, ...lengths(result) }).toEqual({
				verdict: 'violated',
				...broken.breaks,
			});
			expect(result.ending).toBe('complete');
			for (const { id, sentence, shown } of counterexamples(result)) {
				expect({ id, kind: kindOf(id) }).toEqual({ id, kind: 'liveness' });
				const { story, loop } = shown;
				const { setup, events } = story;
				const { model, skipped, ever } = replay(setup, events, broken.overrides);
				expect({ id, skipped, ever }).toEqual({ id, skipped: 0, ever: [] });
				if (id === STUCK)
					expect(sentence?.includes('in flight')).toBe(model.seen.messages.length > 0);
				const owed = guarantees.find((one) => one.id === id)?.owed;
				const begin = guarantees.find((one) => one.id === id)?.begin(setup, model.seen);
				const before = timeless(model.seen);
				expect(loop).not.toEqual([]);
				for (const event of loop ?? []) {
					expect(isPossible(setup, model.seen, event)).toBe(true);
					const seen = model.apply(event);
					if (owed !== undefined) expect(owed(begin, setup, seen)).toEqual(expect.any(String));
				}
				expect(timeless(model.seen)).toEqual(before);
			}
		},
		LONG,
	);
});

test('there are at least twelve such machines', () => {
	expect(Object.keys(STEPS).length + Object.keys(LOOPS).length).toBeGreaterThanOrEqual(12);
});
