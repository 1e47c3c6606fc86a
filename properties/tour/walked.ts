import type { MachineTables } from '../../model/system/tables.ts';
import type { TourEvidence, TourFinding } from '../../reports/evidence/tour-evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { ReferenceOptions } from '../systems/reference.ts';
import { sayFinding, tokenOf } from '../trial/say-finding.ts';
import { findingOf } from './finding.ts';
import { type TourOptions, tour } from './tour.ts';

export interface WalkOptions extends Omit<TourOptions, 'machines' | 'reference'> {
	readonly machines: MachineTables;
	readonly reference?: ReferenceOptions | undefined;
}

/** A tour as evidence: what it found is told anew, judged and made short. */
export async function walked({
	reference = {},
	machines,
	...options
}: WalkOptions): Promise<TourEvidence> {
	const { configuration, signal, most = null } = options;
	const { found, ...rest } = await tour({ ...options, machines, reference });
	const finding =
		found === null
			? null
			: await findingOf(configuration.setup, found, { machines, reference, signal });
	return { ...rest, most, finding: finding === null ? null : evidenceOf(finding) };
}

const evidenceOf = ({ finding, story }: Awaited<ReturnType<typeof findingOf>>): TourFinding => ({
	guarantee: finding.kind === 'violated' ? finding.guarantee : null,
	sentence: sayFinding(finding).slice(0, TEXT),
	events: story.events.length,
	token: tokenOf(story),
});
