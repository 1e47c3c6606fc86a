import type { MachineTables } from '../../model/system/tables.ts';
import type { TourEvidence, TourFinding } from '../../reports/evidence/tour-evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { model } from '../systems/model.ts';
import { type ReferenceOptions, reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { type Named, sayNamed, seenFirstOf } from '../trial/named.ts';
import { tokenOf } from '../trial/say-finding.ts';
import { findingOf } from './finding.ts';
import { sampled } from './sampled.ts';
import { type TourOptions, tour } from './tour.ts';

export interface WalkOptions extends Omit<TourOptions, 'machines' | 'reference'> {
	readonly machines: MachineTables;
	readonly reference?: ReferenceOptions | undefined;
	/** Who takes some of the steps in place of the reference, which takes all. */
	readonly on?: System | undefined;
}

/** A tour as evidence: what it found is told anew, judged and made short. */
export async function walked({
	reference: broken = {},
	machines,
	on,
	...options
}: WalkOptions): Promise<TourEvidence> {
	const { configuration, signal } = options;
	const { found, ...rest } =
		on === undefined
			? await tour({ ...options, machines, reference: broken })
			: await sampled({ ...options, machines }, on);
	const systems = [model(machines), on ?? reference(broken)];
	const finding =
		found === null
			? null
			: await findingOf(systems, configuration.setup, found, {
					signal,
					// Real processes take minutes for so many.
					...(on === undefined ? {} : { most: 0 }),
				});
	return { ...rest, finding: finding === null ? null : evidenceOf(finding) };
}

function evidenceOf(named: Named): TourFinding {
	const { finding, story } = named;
	return {
		guarantee: finding.kind === 'violated' ? finding.guarantee : null,
		sentence: sayNamed(named).slice(0, TEXT),
		events: story.events.length,
		token: tokenOf(story),
		...seenFirstOf(named),
	};
}
