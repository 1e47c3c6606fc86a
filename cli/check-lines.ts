import type { CheckEvidence, ConfigurationEvidence } from '../reports/evidence/check-evidence.ts';
import { checkedGuarantees, checksTable } from '../reports/review/coverage.ts';
import { sayBounds } from '../reports/wording/bounds.ts';
import { grouped, listed, plural } from '../reports/wording/figures.ts';
import { sayTours } from '../reports/wording/tour.ts';
import { firstLine, lastLine, SHOW } from './ending-lines.ts';
import { violationLines } from './found-lines.ts';
import { guaranteeLines } from './guarantee-lines.ts';
import { halvesLines } from './halves-lines.ts';
import { machineLines } from './machine-lines.ts';
import { remedyLines } from './remedy-lines.ts';
import { drawnTable } from './table.ts';

/** Configurations whose bounds are told without being asked for. */
const TOLD = 3;

/** What is printed beside the evidence. */
export interface Around {
	/** The command that does it again. */
	readonly again: string;
	/** Whether all is printed that is known, not only what is asked first. */
	readonly verbose: boolean;
	/** Where the evidence is; nowhere, unless that was asked for. */
	readonly written: readonly string[];
}

/** A check, as it is printed: the answer, what it rests on, and the answer again. */
export const checkLines = (
	evidence: CheckEvidence,
	{ again, verbose, written }: Around,
): string[] => [
	answer(evidence),
	...violationLines(evidence.checks),
	'',
	drawnTable(checksTable(evidence.checks)),
	...tourLines(evidence.checks),
	'',
	...(verbose || evidence.checks.length <= TOLD
		? evidence.checks.map(
				({ configuration, covers, bounds }) => `${configuration}: ${covers} ${sayBounds(bounds)}`,
			)
		: [`bounds    what each of the ${evidence.checks.length} covers, and how far: ${SHOW}`]),
	'',
	...(verbose
		? [drawnTable(checkedGuarantees(evidence), evidence.reason ?? ''), '']
		: guaranteeLines(
				evidence.guarantees.map(({ id, verdict, reason, violated_in }) => ({
					id,
					verdict,
					note: verdict === 'violated' ? violated_in.join(', ') : reason,
				})),
			)),
	...halvesLines(evidence.checks, { verbose }),
	...machineLines(evidence.machines, { verbose, seen: SHOW }),
	...(written.length === 0 ? [] : [`evidence  ${written.join('  ')}`]),
	...remedyLines(evidence, 'checks'),
	'',
	lastLine({ ...evidence, answer: evidence }, again),
];

/** How far the reference took the steps of the model; none, where nobody asked. */
export const tourLines = (checks: readonly ConfigurationEvidence[]): string[] =>
	sayTours(checks.flatMap(({ tour }) => tour ?? [])).map((said) => `tour      ${said}`);

function answer({ verdict, reason, checks, guarantees, profile, design }: CheckEvidence): string {
	const of = (wanted: string): string[] =>
		guarantees.filter((one) => one.verdict === wanted).map(({ id }) => id);
	const broken = of('violated');
	const states = checks.reduce((sum, check) => sum + check.states, 0);
	const toured = checks.filter(({ tour }) => tour?.finding != null);
	const sentence =
		verdict === 'violated'
			? broken.length > 0
				? `the model does not keep ${listed(broken)}`
				: `the reference does not take every step as the model does: ${listed(toured.map(({ configuration }) => configuration))}`
			: `${states === 1 ? 'the only state' : `all ${grouped(states)} states`} of the model ${states === 1 ? 'was' : 'were'} gone through, and what was put to the test there holds`;
	const names = checks.map(({ configuration }) => configuration);
	return firstLine(verdict, reason ?? sentence, [
		names.length <= TOLD ? names.join(', ') : plural(names.length, 'configuration'),
		design === 'flag' ? '' : `design ${design}`,
		`profile ${profile}`,
	]);
}
