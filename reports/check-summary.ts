import type { CheckEvidence } from './evidence/check-evidence.ts';
import { sayAllowed } from './judging/allowed.ts';
import { block } from './markdown/section.ts';
import { findings } from './markdown/stories.ts';
import { plain, shell } from './markdown/text.ts';
import { foundIn } from './review/broken.ts';
import { checked } from './review/coverage.ts';
import type { Block } from './review/document.ts';

/** A check as a page of Markdown, for a job summary. `again`: the command that does it again. */
export function checkSummary(evidence: CheckEvidence, again: string): string {
	const { verdict, reason, checks, profile, seconds, design } = evidence;
	const allowed = sayAllowed(evidence);
	return `${[
		`# mulligan check${design === 'flag' ? '' : ` --design ${design}`}: ${verdict}`,
		'',
		...(reason === null ? [] : [plain(reason), '']),
		`Profile ${profile}, ${seconds.toFixed(1)} s. Again with:`,
		'',
		shell(again),
		...(allowed === null ? [] : ['', `Reasons of unknown ${allowed}.`]),
		'',
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
