import type { Design } from '../../model/vocabulary/design.ts';
import type { Verdict } from '../evidence/verdict.ts';
import type { ReviewInput } from './input.ts';

/** The design that the review is about: that of the verification, else the one that was chosen. */
export const subjectOf = ({ evidence }: Pick<ReviewInput, 'evidence'>): Design =>
	evidence?.design ?? 'flag';

/** What a verification and a trial of the designs say together: broken in one is broken, else the verification decides. */
export const together = (
	verified: Verdict | undefined,
	tried: Verdict | undefined,
): Verdict | null =>
	verified === 'violated' || tried === 'violated' ? 'violated' : (verified ?? tried ?? null);

/** What a design as a whole comes to; null: it was not put on trial. */
export function standingOf({ evidence, designs }: ReviewInput, design: Design): Verdict | null {
	const verified = evidence?.design === design ? evidence : undefined;
	const tried = designs?.designs.find((one) => one.design === design);
	const broken = [...(verified?.guarantees ?? []), ...(tried?.cells ?? [])].some(
		({ verdict }) => verdict === 'violated',
	);
	return broken ? 'violated' : together(verified?.verdict, tried?.verdict);
}
