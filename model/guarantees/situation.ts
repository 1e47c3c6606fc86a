import type { StartedBy, TaskObservation } from '../vocabulary/observation.ts';
import type { Guarantee, Half, Moment } from './guarantee.ts';

/**
 * A kind of moment in which a half of a guarantee is put to the test. The witness of each half is one; others are
 * narrower: they are where faults were found to hide.
 */
export interface Situation {
	/** Unique among all situations. */
	readonly name: string;
	readonly sentence: string;
	/** Id of the guarantee that is put to the test. */
	readonly guarantee: string;
	/** Name of the half of it. */
	readonly half: string;
	/** Whether it is reached at this moment; `exercised`: what the judge of its guarantee said of it. */
	reached(moment: Moment, exercised: boolean): boolean;
}

/** Each half of a guarantee by the name of its witness among all situations, in order. */
export const halvesOf = ({ id, witness }: Pick<Guarantee, 'id' | 'witness'>): readonly string[] =>
	witness.map(({ name }) => (witness.length === 1 ? id : `${id} ${name}`));

/** The witness of a guarantee of one half, or of one that is told as a whole. */
export const witnessed = (sentence: string): readonly [Half] => [{ name: 'whole', sentence }];

/** The witness of a guarantee as one text. */
export const sayWitness = ({ witness }: { readonly witness: readonly Half[] }): string =>
	witness.map(({ sentence }) => sentence).join(' ');

/** Moments at which some task is restarted by this. */
export const restartedBy = (by: StartedBy['by']): ((moment: Moment) => boolean) =>
	someTask((was, is) => is.execution !== was.execution && is.started_by.by === by);

/** Moments at which this can be said of some task, as it was and as it is. */
export const someTask =
	(test: (was: TaskObservation, is: TaskObservation, moment: Moment) => boolean) =>
	(moment: Moment): boolean => {
		const { before, after } = moment;
		let place = -1;
		for (const is of after.tasks) {
			const was = before.tasks[++place];
			if (was !== undefined && test(was, is, moment)) return true;
		}
		return false;
	};
