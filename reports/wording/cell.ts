import type { DesignCell } from '../evidence/design-evidence.ts';

/** A guarantee under one design in a word or two: the number is the events of the shortest story. */
export const sayCell = (cell: DesignCell | undefined): string =>
	cell === undefined ? '' : cell.verdict === 'violated' ? `falls in ${cell.events}` : cell.verdict;
