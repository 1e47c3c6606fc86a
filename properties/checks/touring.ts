import { exploring } from '../../model/checker/engine/explore/explore.ts';
import { Tables } from '../../model/checker/engine/tables/tables.ts';
import { RetryProduct } from '../../model/checker/retry/retry-product.ts';
import type { TourEvidence } from '../../reports/evidence/tour-evidence.ts';
import { type WalkOptions, walked } from '../tour/walked.ts';
import { turn } from '../trial/turn.ts';
import { sayPhase, sayTour } from './phase.ts';

export interface TouringOptions extends Omit<WalkOptions, 'exploration' | 'onProgress'> {
	/** Most bytes of states. */
	readonly memory: number;
	readonly onPhase?: (detail: string) => void;
}

/** Explores a configuration, judging step by step but not what is owed for ever, and walks the reference through it. */
export async function touring({
	memory,
	onPhase = () => {},
	...options
}: TouringOptions): Promise<TourEvidence> {
	const { configuration, machines, extent, signal, most = null } = options;
	const begun = performance.now();
	const limits = { memory, stop: () => signal?.aborted === true };
	const work = exploring(new Tables(new RetryProduct(configuration, machines)), limits);
	for (;;) {
		const step = work.next();
		if (step.done === true) {
			const exploration = step.value;
			if (exploration.ending === 'complete' && signal?.aborted !== true)
				return walked({
					...options,
					exploration,
					onProgress: (taken, of) => onPhase(sayTour(taken, of)),
				});
			return {
				...{ extent, most, taken: 0, of: exploration.generated, anew: 0, finding: null },
				ending: 'not begun',
				seconds: 0,
			};
		}
		onPhase(sayPhase({ phase: 'exploring', ...step.value }, (performance.now() - begun) / 1000));
		await turn();
	}
}
