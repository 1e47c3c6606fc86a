import { Breath } from '../explore/breath.ts';
import type { Exploration } from '../explore/explore.ts';
import { stepBetween } from '../explore/path.ts';
import { SEEN } from '../memory/states.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_COST } from '../memory/successor.ts';

/** Most states that are looked at for a loop. */
const MOST = 200_000;

/** Where a fair run may stay for ever. */
export interface Loop<Label> {
	/** The steps that lead into it. */
	readonly stem: readonly Label[];
	/** The state in which they end, and the loop begins and ends. */
	readonly state: number;
	/** The steps of the loop; empty: nothing happens any more. */
	readonly loop: readonly Label[];
}

/**
 * A loop in a part of the graph from which no free step leads away: where a fair run that passes
 * through the state may stay for ever. Null: the part of the graph to be searched is too large. Tells many times a
 * second how many states were looked at.
 */
export function* loopFrom<Label>(
	exploration: Exploration<Label>,
	state: number,
): Generator<number, Loop<Label> | null, void> {
	const bottom = yield* bottomComponent(exploration, state);
	if (bottom === null) return null;
	const inside = new Set(bottom);
	const stem = (yield* freePath(
		exploration,
		state,
		(to) => inside.has(to),
		() => true,
	)) ?? [state];
	const begin = stem.at(-1) ?? state;
	const back = yield* freePath(
		exploration,
		begin,
		(to) => to === begin,
		(to) => inside.has(to),
		true,
	);
	const steps = (path: readonly number[]) =>
		path.slice(1).map((to, place) => stepBetween(exploration, path[place] ?? 0, to));
	return { stem: steps(stem), state: begin, loop: back === null ? [] : steps(back) };
}

/** The states after a free step. */
function freeSteps<Label>({ states, expander }: Exploration<Label>, state: number): number[] {
	const found = expander.expand(states.words, state * states.width);
	const { out, stride } = expander;
	const next: number[] = [];
	for (let at = 0; at < found * stride; at += stride) {
		if (
			(out[at + states.width + SUCCESSOR_COST] ?? 0) >= 0 ||
			out[at + states.width + SUCCESSOR_BREAKS] === 1
		)
			continue;
		const to = states.find(out, at);
		if (to !== SEEN) next.push(to);
	}
	return next;
}

/** A shortest way by free steps, as states; null: there is none. */
function* freePath<Label>(
	exploration: Exploration<Label>,
	from: number,
	wanted: (state: number) => boolean,
	allowed: (state: number) => boolean,
	leaving = false,
): Generator<number, number[] | null, void> {
	if (!leaving && wanted(from)) return [from];
	const parents = new Map<number, number>();
	const queue = [from];
	const breath = new Breath();
	for (const state of queue) {
		if (breath.due()) yield parents.size;
		for (const next of freeSteps(exploration, state)) {
			if (!allowed(next)) continue;
			if (wanted(next)) {
				const path = [next];
				for (let at = state; ; at = parents.get(at) ?? from) {
					path.push(at);
					if (at === from) return path.reverse();
				}
			}
			if (parents.has(next) || next === from) continue;
			parents.set(next, state);
			queue.push(next);
		}
	}
	return null;
}

interface Frame {
	readonly state: number;
	readonly next: readonly number[];
	at: number;
}

/** A strongly connected component that free steps reach from a state and do not leave (Tarjan: the first one that is completed). */
function* bottomComponent<Label>(
	exploration: Exploration<Label>,
	from: number,
): Generator<number, number[] | null, void> {
	const order = new Map<number, number>();
	const low = new Map<number, number>();
	const stack: number[] = [];
	const frames: Frame[] = [];
	const enter = (state: number): void => {
		order.set(state, order.size);
		low.set(state, order.size - 1);
		stack.push(state);
		frames.push({ state, next: freeSteps(exploration, state), at: 0 });
	};
	enter(from);
	const breath = new Breath();
	for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
		if (order.size > MOST) return null;
		if (breath.due()) yield order.size;
		const next = frame.next[frame.at++];
		if (next !== undefined) {
			if (!order.has(next)) enter(next);
			else lower(low, frame.state, order.get(next) ?? 0);
			continue;
		}
		if (low.get(frame.state) === order.get(frame.state))
			return stack.slice(stack.indexOf(frame.state));
		frames.pop();
		const above = frames.at(-1);
		if (above !== undefined) lower(low, above.state, low.get(frame.state) ?? 0);
	}
	return null;
}

const lower = (low: Map<number, number>, state: number, value: number): void => {
	if (value < (low.get(state) ?? Infinity)) low.set(state, value);
};
