import { Breath } from '../engine/explore/breath.ts';
import { INCOMPLETE, OUTGROWN } from '../engine/explore/expander.ts';
import { type Exploration, inOneGo } from '../engine/explore/explore.ts';
import { SEEN } from '../engine/memory/states.ts';
import { SUCCESSOR_BREAKS } from '../engine/memory/successor.ts';
import { declareSuccessors } from './successors.ts';
import { declareTables } from './tables.ts';

/** An exploration that does not know the whole graph cannot be exported. */
export class ExportError extends Error {
	override name = 'ExportError';
}

/** How a verifier is compiled for safety alone, without partial-order reduction. */
export const SPIN_FLAGS: readonly string[] = ['-O3', '-DSAFETY', '-DNOREDUCE'];

/** The same in one go. @throws ExportError for an exploration that is not complete. */
export const toPromela = (exploration: Exploration<unknown>): string =>
	inOneGo(writingPromela(exploration));

/**
 * A complete exploration as a Promela model that has the very same graph: a state of SPIN's is a
 * packed state and nothing else, and each successor is one transition. A step that breaks a promise
 * fails an assertion and leads nowhere: where SPIN goes on after errors, to the state it came from.
 *
 * Run it by `spin -a model.pml && gcc -O3 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan`.
 * Tells many times a second how many states are left to be looked at.
 *
 * @throws ExportError for an exploration that is not complete.
 */
export function* writingPromela(
	exploration: Exploration<unknown>,
): Generator<number, string, void> {
	const { states, generated, cut, breaches } = exploration;
	const most = yield* mostSuccessors(exploration);
	const options = Array.from({ length: Math.max(1, most) }, (_, option) => optionOf(option));
	return `/*
 * ${exploration.tables.product.components.join(', ')}
 * ${states.count} states, ${generated} transitions, ${cut} steps cut off, ${breaches.length} broken promises
 */
${declareTables(exploration)}${declareSuccessors()}c_decl {
static const Packed FIRST_STATE = { { ${states.words.subarray(0, states.width).join(', ')} } };
}
c_state "Packed state" "Global" "FIRST_STATE"

active proctype explorer()
{
end:	do
${options.join('\n')}
	od
}
`;
}

const optionOf = (option: number): string =>
	`	:: d_step { c_expr { (possible)(${option}, &now.state, depth) } -> assert(c_expr { !(chosen)(${option}, depth)->broken }); c_code { now.state = chosen(${option}, depth)->state; } }`;

/** The largest number of successors of any state; each of them must be among the states. */
function* mostSuccessors({
	states,
	expander,
}: Exploration<unknown>): Generator<number, number, void> {
	const { words, width } = states;
	const breath = new Breath();
	let most = 0;
	for (let state = 0; state < states.count; state++) {
		if (breath.due()) yield states.count - state;
		const found = expander.expand(words, state * width);
		if (found === INCOMPLETE || found === OUTGROWN)
			throw new ExportError(`state ${state} was never expanded: the exploration is not complete`);
		const { out, stride } = expander;
		for (let at = 0; at < found * stride; at += stride)
			if (out[at + width + SUCCESSOR_BREAKS] !== 1 && states.find(out, at) === SEEN)
				throw new ExportError(
					`a successor of state ${state} is not known: the exploration is not complete`,
				);
		most = Math.max(most, found);
	}
	return most;
}
