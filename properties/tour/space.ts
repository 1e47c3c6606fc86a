import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { configurations } from '../../model/checker/configurations/index.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { type Exploration, explore } from '../../model/checker/engine/explore/explore.ts';
import { Tables } from '../../model/checker/engine/tables/tables.ts';
import { RetryProduct } from '../../model/checker/retry/retry-product.ts';
import type { Happened } from '../../model/checker/retry/sandbox/sandbox.ts';
import { createTables, type MachineTables, transitionCounts } from '../../model/system/tables.ts';

/** A configuration, and the space of it in quick size. */
export interface Space {
	readonly configuration: Configuration;
	readonly machines: MachineTables;
	readonly exploration: Exploration<Happened>;
	/** The transitions that were taken when it was explored. */
	readonly taken: ReadonlySet<string>;
}

const spaces = new Map<string, Space>();

/** The space of a configuration, explored once. */
export function spaceOf(name: string): Space {
	const known = spaces.get(name);
	if (known !== undefined) return known;
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new RangeError(`no configuration is called "${name}"`);
	const configuration = sizedTo(sized, 'quick');
	const machines = createTables();
	const tables = new Tables(new RetryProduct(configuration, machines));
	const exploration = explore(tables, { memory: 2 ** 30 });
	const transitions = transitionCounts(machines).filter(({ count }) => count > 0);
	const names = transitions.map(
		({ source, event, guard }) => `${source} on ${event}${guard === null ? '' : ` [${guard}]`}`,
	);
	const space = { configuration, machines, exploration, taken: new Set(names) };
	spaces.set(name, space);
	return space;
}
