import { Model } from '../../model/system/model.ts';
import { createTables, type MachineTables } from '../../model/system/tables.ts';
import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import type { System } from './system.ts';

/**
 * The model as a system on trial. All its runs of one design share a set of tables, which fills as they
 * go; the given ones are those of the usual design.
 */
export function model(tables: MachineTables | TablesByDesign = createTables()): System {
	const byDesign = tables instanceof TablesByDesign ? tables : new TablesByDesign(tables);
	return {
		name: 'model',
		start(setup) {
			const own = byDesign.of(setup);
			for (const table of Object.values(own)) if (table.full) table.startAgain();
			const running = new Model(setup, own);
			return {
				get seen() {
					return running.seen;
				},
				apply: (event) => running.apply(event),
				stop: () => {},
			};
		},
	};
}
