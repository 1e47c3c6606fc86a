import type { Overrides } from '../../machines/index.ts';
import { createTables } from '../../system/tables.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { configurations } from '../configurations/index.ts';
import { sizedTo } from '../configurations/sized.ts';
import { check } from '../retry/check.ts';
import type { Checked } from '../retry/judged.ts';

/** A machine with one mistake. */
export interface Mistake {
	readonly overrides: Overrides;
	/** The configuration in which the checker finds it, in quick size. */
	readonly configuration: string;
	/** The guarantees broken, each with the number of events of its story. */
	readonly breaks: Readonly<Record<string, number>>;
}

/** Most memory, in bytes, and states; each of them is found in fewer. */
const LIMITS = { memory: 2 ** 30, states: 400_000 };

function quick(name: string): Configuration {
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new RangeError(`no configuration is called "${name}"`);
	return sizedTo(sized, 'quick');
}

/** What the checker finds where a machine has a mistake. With the right machines everything holds there (`configurations.test.ts`). */
export const checkedMistake = ({ configuration, overrides }: Mistake): Promise<Checked> =>
	check(quick(configuration), { limits: LIMITS, machines: createTables(overrides) });
