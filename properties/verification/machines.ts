import { type MachineTables, transitionCounts } from '../../model/system/tables.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';

/** How many transitions of each machine were taken since its table was made, and which never were. */
export function machinesOf(tables: MachineTables): Evidence['machines'] {
	const counts = transitionCounts(tables);
	return Object.keys(tables).map((machine) => {
		const own = counts.filter((transition) => transition.machine === machine);
		return {
			machine,
			transitions: own.length,
			taken: own.filter(({ count: times }) => times > 0).length,
			missing: own
				.filter(({ count: times }) => times === 0)
				.map(
					({ source, event, guard }) =>
						`${source} on ${event}${guard === null ? '' : ` [${guard}]`}`,
				),
		};
	});
}
