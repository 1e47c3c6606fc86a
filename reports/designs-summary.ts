import type { DesignsEvidence } from './evidence/design-evidence.ts';
import { sayAllowed } from './judging/allowed.ts';
import { judgeClaims } from './judging/designs.ts';
import { plain, shell } from './markdown/text.ts';
import { sayCell } from './wording/cell.ts';

/** The trial of the designs as a page of Markdown, for a job summary. `again`: the command that does it again. */
export function designsSummary(evidence: DesignsEvidence, again: string): string {
	const { designs, claims, profile, seed, seconds } = evidence;
	const judged = judgeClaims(evidence);
	const allowed = sayAllowed({ ...judged, allowed: evidence.allowed });
	const rows = designs[0]?.cells.map(({ guarantee }) => guarantee) ?? [];
	return `${[
		`# mulligan designs: ${judged.verdict}`,
		'',
		`Profile ${profile}, seed ${seed}, ${seconds.toFixed(1)} s. Again with:`,
		'',
		shell(again),
		...(allowed === null ? [] : ['', `Reasons of unknown ${allowed}.`]),
		'',
		'| claim | design | | |',
		'|---|---|---|---|',
		...claims.map(
			({ id, design, verdict, claim, because }) =>
				`| ${id} ${verdict} | ${design} | ${plain(claim)} | ${plain(because)} |`,
		),
		'',
		`| guarantee | ${designs.map(({ design }) => design).join(' | ')} |`,
		`|---|${designs.map(() => '---|').join('')}`,
		...rows.map(
			(id) =>
				`| ${id} | ${designs.map(({ cells }) => sayCell(cells.find(({ guarantee }) => guarantee === id))).join(' | ')} |`,
		),
	].join('\n')}\n`;
}
