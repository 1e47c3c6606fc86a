import type { Mistake } from '../../model/checker/mistakes/mistake.ts';
import { type Fault, faulty } from '../systems/fault.ts';
import type { System } from '../systems/system.ts';

/**
 * A real bug, as a small override of the reference: whoever verifies a system and would miss this one in it has verified
 * little. Ids are those of the tables in the spec, and N for what was found here.
 */
export interface Deviation extends Fault {
	/** Rows of the tables that are the same fault. */
	readonly also?: readonly string[];
	/** In a few words. */
	readonly name: string;
	/** What its users saw, in one sentence. */
	readonly symptom: string;
	/** Why no story of a dozen events shows it. */
	readonly long?: string;
	/** The same in the machines, where the checker finds it; absent: it is built into none. */
	readonly machines?: Mistake;
	/** Why no promise falls, where only the difference from the model shows it. */
	readonly difference?: string;
}

/** The reference with the bug in it. */
export const deviating = (deviation: Deviation): System =>
	faulty(deviation, `reference, ${deviation.id} (${deviation.name})`);

/** Its name as a file. */
export const fileOf = ({ id, name }: Deviation): string =>
	`${id.toLowerCase()}-${name.replaceAll(' ', '-')}`;
