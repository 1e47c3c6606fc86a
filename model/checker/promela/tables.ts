import type { Exploration } from '../explore.ts';
import { arrayOf, cellsOf, declaration } from './arrays.ts';

/** The tables of an exploration as constant C arrays, and the numbers that its states are packed by. */
export function declareTables(exploration: Exploration<unknown>): string {
	const { tables, layout, states } = exploration;
	const { observing } = tables;
	const { trees } = observing;
	const constants = {
		PLACES: tables.initial.length,
		WORDS: layout.words,
		ALWAYS: tables.always,
		SETTLES: tables.product.settle === undefined ? 0 : 1,
	};
	const numbers = Object.entries(constants).map(([name, value]) => `${name} = ${value}`);
	return [
		declaration(`enum { ${numbers.join(', ')} };`),
		arrayOf('word_of', layout.word),
		arrayOf('shift_of', layout.shift),
		arrayOf('mask_of', layout.mask),
		arrayOf('first_words', states.words.subarray(0, layout.words)),
		cellsOf('rows', tables.rows, 4),
		arrayOf('outcomes', tables.outcomes.array.subarray(0, tables.outcomes.length)),
		arrayOf('rules', tables.rules.array.subarray(0, tables.rules.length)),
		cellsOf('changes', tables.changes, 2),
		arrayOf('of_network', tables.ofNetwork.array.subarray(0, tables.ofNetwork.length)),
		arrayOf('lists', tables.lists.array.subarray(0, tables.lists.length)),
		cellsOf('chains', tables.chains, 2),
		cellsOf('settled', tables.settled, 2),
		cellsOf('verdicts', observing.verdicts, 2),
		cellsOf('branches', trees.branches, 2),
		arrayOf('asks', trees.asks.array.subarray(0, trees.asks.length)),
		arrayOf('leaves', trees.leaves.array.subarray(0, trees.leaves.length)),
		arrayOf('programs', observing.programs.array.subarray(0, observing.programs.length)),
		cellsOf('updates', observing.updates, 2),
	].join('');
}
