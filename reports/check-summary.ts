import type { CheckEvidence } from './evidence/check-evidence.ts';
import { sayAllowed } from './judging/allowed.ts';
import { brokenPromises } from './judging/broken-promises.ts';
import { checkSection, violationSection } from './markdown/checked.ts';
import { cell, shell } from './markdown/text.ts';

/** A check as a page of Markdown, for a job summary. `again`: the command that does it again. */
export function checkSummary(evidence: CheckEvidence, again: string): string {
	const { verdict, reason, checks, guarantees, profile, seconds, design } = evidence;
	const allowed = sayAllowed(evidence);
	const violations = brokenPromises(checks).flatMap(violationSection);
	return `${[
		`# mulligan check${design === 'flag' ? '' : ` --design ${design}`}: ${verdict}`,
		'',
		...(reason === null ? [] : [cell(reason), '']),
		`Profile ${profile}, ${seconds.toFixed(1)} s. Again with:`,
		'',
		shell(again),
		...(allowed === null ? [] : ['', `Reasons of unknown ${allowed}.`]),
		'',
		...checkSection(checks),
		'| guarantee | | verdict |',
		'|---|---|---|',
		...guarantees.map(
			({ id, name, verdict: of, reason: why, violated_in }) =>
				`| ${id} | ${name} | ${of}${of === 'violated' ? ` (${cell(violated_in.join(', '))})` : why === null ? '' : ` (${cell(why)})`} |`,
		),
		...(violations.length === 0 ? [] : ['', '## Findings', ...violations]),
	].join('\n')}\n`;
}
