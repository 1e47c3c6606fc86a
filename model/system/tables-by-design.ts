import { variantOf } from '../designs/index.ts';
import type { Design } from '../vocabulary/design.ts';
import { designOf, type Setup } from '../vocabulary/setup.ts';
import { createTables, type MachineTables } from './tables.ts';

/** Fresh tables of the machines of a setup's design. */
export const tablesOf = (setup: Pick<Setup, 'design'>): MachineTables =>
	createTables(variantOf(setup).machines);

/** Tables by design: the given ones for the usual design, those of the others made when they are first asked for. */
export class TablesByDesign {
	readonly #made = new Map<Design, MachineTables>();

	constructor(usual: MachineTables = createTables()) {
		this.#made.set('flag', usual);
	}

	of(setup: Pick<Setup, 'design'>): MachineTables {
		const design = designOf(setup);
		const tables = this.#made.get(design) ?? tablesOf(setup);
		this.#made.set(design, tables);
		return tables;
	}
}
