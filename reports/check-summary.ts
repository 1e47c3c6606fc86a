import type { CheckEvidence } from './evidence/check-evidence.ts';
import { ofDesign, opening } from './markdown/opening.ts';
import { block } from './markdown/section.ts';
import { findings } from './markdown/stories.ts';
import { foundIn } from './review/broken.ts';
import { checked } from './review/coverage.ts';
import type { Block } from './review/document.ts';

/** A check as a page of Markdown, for a job summary. `again`: the command that does it again. */
export function checkSummary(evidence: CheckEvidence, again: string): string {
	const { reason, checks, profile, seconds } = evidence;
	const command = `check${ofDesign(evidence)}`;
	const much = `Profile ${profile}, ${seconds.toFixed(1)} s.`;
	return `${[
		...opening({ command, reason, much, again }, evidence),
		...[...checked(checks), guaranteesOf(evidence)].flatMap(block),
		...findings(foundIn(evidence)),
	].join('\n')}\n`;
}

const guaranteesOf = ({ guarantees }: CheckEvidence): Block => ({
	kind: 'table',
	label: 'Guarantees',
	head: ['guarantee', 'verdict'],
	rows: guarantees.map(({ id, name, verdict, reason, violated_in }) => [
		{ id, name },
		{ verdict, note: verdict === 'violated' ? violated_in.join(', ') : reason },
	]),
});
