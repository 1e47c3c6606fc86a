import type { CheckEvidence } from './evidence/check-evidence.ts';
import { ofDesign, opening } from './markdown/opening.ts';
import { block } from './markdown/section.ts';
import { findings } from './markdown/stories.ts';
import { foundIn } from './review/broken.ts';
import { checked, checkedGuarantees } from './review/coverage.ts';

/** A check as a page of Markdown, for a job summary. `again`: the command that does it again. */
export function checkSummary(evidence: CheckEvidence, again: string): string {
	const { reason, checks, profile, seconds } = evidence;
	const command = `check${ofDesign(evidence)}`;
	const much = `Profile ${profile}, ${seconds.toFixed(1)} s.`;
	return `${[
		...opening({ command, reason, much, again }, evidence),
		...[...checked(checks), checkedGuarantees(evidence)].flatMap(block),
		...findings(foundIn(evidence)),
	].join('\n')}\n`;
}
