import type { Exploration } from '../explore.ts';
import type { Ints } from '../ints.ts';
import { arrayOf, cellsOf, declaration } from './arrays.ts';

/** The tables of an exploration as constant C arrays, and the numbers that its states are packed by. */
export function declareTables(exploration: Exploration<unknown>): string {
	const { tables, layout, states } = exploration;
	const list = ({ array, length }: Ints): Int32Array => array.subarray(0, length);
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
		cellsOf('rows', tables.rows.entries(), 4),
		arrayOf('outcomes', list(tables.outcomes)),
		arrayOf('rules', list(tables.rules)),
		cellsOf('changes', tables.changes.entries(), 2),
		arrayOf('of_network', list(tables.ofNetwork)),
		arrayOf('lists', list(tables.lists)),
		cellsOf('chains', tables.chains.entries(), 2),
		cellsOf('settled', tables.settled.entries(), 2),
		cellsOf('verdicts', observing.verdicts.entries(), 2),
		cellsOf('branches', trees.branches.entries(), 2),
		arrayOf('asks', list(trees.asks)),
		arrayOf('leaves', list(trees.leaves)),
		arrayOf('programs', list(observing.programs)),
		cellsOf('updates', observing.updates.entries(), 2),
	].join('');
}
