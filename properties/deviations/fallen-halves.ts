import type { Moment } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { judging } from '../../model/guarantees/judge.ts';
import { WITNESSES } from '../../model/guarantees/situations.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { replaying, trial } from '../trial/trial.ts';

/** What falls where none of its halves is put to the test: one is missing. */
export const otherwise = (guarantee: string): string => `${guarantee} otherwise`;

/** The halves of a guarantee, by the names of their witnesses. */
export const halvesOf = (guarantee: string): readonly string[] =>
	WITNESSES.filter((witness) => witness.guarantee === guarantee).map(({ name }) => name);

/** Of each moment the halves of a guarantee that are put to the test in it. */
function tested(guarantee: string, moments: readonly Moment[]): readonly (readonly string[])[] {
	const [first] = moments;
	if (first === undefined) return [];
	const judges = guarantees.filter(({ id }) => id === guarantee);
	const { step, situations } = judging(first.setup, first.before, judges);
	const halves = halvesOf(guarantee);
	return moments.map((moment) => {
		const before = halves.map((half) => situations().get(half));
		step(moment);
		return halves.filter((half, place) => situations().get(half) !== before[place]);
	});
}

/** The same events in a system with nothing wrong, until one cannot happen there. */
async function asItShouldBe(moments: readonly Moment[]): Promise<Moment[]> {
	const [first] = moments;
	if (first === undefined) return [];
	const run = await reference().start(first.setup);
	const right: Moment[] = [];
	for (const { setup, event } of moments) {
		const before = run.seen;
		if (!isPossible(setup, before, event)) break;
		await run.apply(event);
		right.push({ setup, before, event, after: run.seen });
	}
	await run.stop();
	return right;
}

/**
 * The halves of the guarantees that a broken system breaks first in a story, all at one event: those that were put to the test
 * last, by what it should have shown, or where there is no such thing, by what it shows. Where something is owed at rest, that
 * is when somebody began to owe it.
 */
export async function fallenHalves(system: System, { setup, events }: Story): Promise<string[]> {
	const moments: Moment[] = [];
	const { broken } = await trial([system], setup, replaying(events), {
		goOn: true,
		onStep: ({ before, event, seen: [after] }) => {
			if (after !== undefined) moments.push({ setup, before, event, after });
		},
	});
	const told = moments.slice(0, (broken[0]?.index ?? -1) + 1);
	const right = await asItShouldBe(told);
	return broken
		.filter(({ index }) => index === broken[0]?.index)
		.flatMap(({ guarantee }) => {
			const shown = tested(guarantee, told);
			const due = tested(guarantee, right);
			const each = told.map((_, place) => (due[place]?.length ? due[place] : (shown[place] ?? [])));
			return each.findLast((halves) => halves.length > 0) ?? [otherwise(guarantee)];
		});
}
