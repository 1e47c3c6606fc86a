import type { TourEvidence } from '../evidence/tour-evidence.ts';
import { grouped } from './figures.ts';

/** What was taken of all there is, where there is more than one to tell of. */
function sum(tours: readonly TourEvidence[]): { readonly taken: number; readonly of: number } {
	let [taken, of] = [0, 0];
	for (const tour of tours) {
		taken += tour.taken;
		of += tour.of;
	}
	return { taken, of };
}

const KINDS = [
	['every step', 'steps'],
	['core steps', 'core steps'],
] as const;

/** How far the reference was walked, by which steps there were to take; none: it was not. */
export const sayTours = (tours: readonly TourEvidence[], who = 'the reference'): string[] =>
	KINDS.flatMap(([extent, what]) => {
		const some = tours.filter((tour) => tour.extent === extent);
		if (some.length === 0) return [];
		const { taken, of } = sum(some);
		return [`${grouped(taken)} of ${grouped(of)} ${what} taken by ${who}`];
	});
