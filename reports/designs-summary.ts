import type { DesignsEvidence } from './evidence/design-evidence.ts';
import { judgeClaims } from './judging/designs.ts';
import { opening } from './markdown/opening.ts';
import { section } from './markdown/section.ts';
import { decision, sideBySide } from './review/designs.ts';
import { NOTHING } from './review/input.ts';

/** The trial of the designs as a page of Markdown, for a job summary. `again`: the command that does it again. */
export function designsSummary(evidence: DesignsEvidence, again: string): string {
	const { profile, seed, seconds, allowed } = evidence;
	const much = `Profile ${profile}, seed ${seed}, ${seconds.toFixed(1)} s.`;
	const input = { ...NOTHING, designs: evidence };
	return `${[
		...opening(
			{ command: 'designs', reason: null, much, again },
			{ ...judgeClaims(evidence), allowed },
		),
		...[decision(input), sideBySide(input, new Set())].flatMap(section),
	].join('\n')}\n`;
}
