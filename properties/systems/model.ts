import { Model } from '../../model/system/model.ts';
import { createTables, type Tables } from '../../model/system/tables.ts';
import type { System } from './system.ts';

/** The model as a system on trial. All its runs share one set of tables, which fills as they go. */
export function model(tables: Tables = createTables()): System {
	return {
		name: 'model',
		start(setup) {
			for (const table of Object.values(tables)) if (table.full) table.startAgain();
			const running = new Model(setup, tables);
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
