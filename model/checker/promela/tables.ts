import type { Exploration } from '../engine/explore/explore.ts';
import type { Ints } from '../engine/memory/ints.ts';
import { arrayOf, cellsOf, declaration } from './arrays.ts';

/** The tables of an exploration as constant C arrays, and the numbers that its states are packed by. */
export function declareTables(exploration: Exploration<unknown>): string {
	const { tables, layout, states } = exploration;
	const { cores, networks, rules } = tables;
	const list = ({ array, length }: Ints): Int32Array => array.subarray(0, length);
	return [
		declaration(`enum { WORDS = ${layout.words} };`),
		arrayOf('word_of', layout.word),
		arrayOf('shift_of', layout.shift),
		arrayOf('mask_of', layout.mask),
		arrayOf('first_words', states.words.subarray(0, layout.words)),
		arrayOf('steps', list(cores.steps)),
		arrayOf('always', list(cores.always)),
		cellsOf('of_list', cores.ofList.entries()),
		cellsOf('changes', networks.changed.entries()),
		arrayOf('of_network', list(rules.ofNetwork)),
		arrayOf('lists', list(rules.lists)),
	].join('');
}
