import type { Design } from '../model/vocabulary/design.ts';
import type { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import type { DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import type { Evidence } from '../reports/evidence/evidence.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { readCheck, readDesigns, readVerification } from '../reports/review/evidence-files.ts';
import type { Read } from '../reports/review/read.ts';
import { MAKES } from '../reports/wording/commands.ts';
import { BadInput } from './exit.ts';
import { kindOfFile } from './recognised.ts';

/** The stories that an evidence file records, to be played again. */
export interface RecordedStories {
	readonly stories: readonly { readonly title: string; readonly token: string }[];
	/** What the file itself comes to, where it records none. */
	readonly verdict: Verdict;
	/** Whether each is under a design of its own. */
	readonly ofDesigns: boolean;
}

/**
 * The stories in the evidence that `verify`, `check` or `designs` wrote, which is judged again first.
 *
 * @param design the only one whose stories count.
 * @throws BadInput when it is no such evidence, or contradicts itself.
 */
export function storiesIn(file: string, design: Design | undefined): RecordedStories {
	switch (kindOfFile(file)) {
		case 'designs':
			return ofDesigns(given(file, readDesigns(file, remedyOf(MAKES.designs))), design);
		case 'check':
			return ofChecks(
				underDesign(file, given(file, readCheck(file, remedyOf(MAKES.check))), design),
			);
		default:
			return ofVerification(
				underDesign(file, given(file, readVerification(file, remedyOf(MAKES.evidence))), design),
			);
	}
}

const remedyOf = (command: string): string => `give evidence that mulligan wrote: ${command}`;

function given<Value>(file: string, read: Read<Value>): Value {
	if (read.kind === 'refused') throw new BadInput(...read.problems);
	if (read.kind === 'absent') throw new BadInput(`${file}: there is no such file`);
	return read.value;
}

/** What was found under one design says nothing of another: neither its stories nor that there are none. */
function underDesign<Found extends { readonly design: Design }>(
	file: string,
	found: Found,
	wanted: Design | undefined,
): Found {
	if (wanted !== undefined && wanted !== found.design)
		throw new BadInput(
			`${file}: it is about the design ${found.design}, not ${wanted} (leave --design out, or replay one of its tokens)`,
		);
	return found;
}

/** Those that are not too large for a token. */
const withToken = (
	all: readonly { readonly title: string; readonly token: string | null }[],
): RecordedStories['stories'] =>
	all.flatMap(({ title, token }) => (token === null ? [] : [{ title, token }]));

const ofVerification = ({ findings, checks, verdict, guarantees }: Evidence): RecordedStories => ({
	stories: withToken([
		...findings.map(({ sentence, token }) => ({ title: sentence, token })),
		...ofChecks({ checks, verdict, guarantees }).stories,
	]),
	verdict,
	ofDesigns: false,
});

/** Where no promise is broken, one that was not put to the test leaves open what the file comes to. */
const ofChecks = ({
	checks,
	verdict,
	guarantees,
}: Pick<CheckEvidence, 'checks' | 'verdict'> & {
	readonly guarantees: readonly { readonly verdict: Verdict }[];
}): RecordedStories => ({
	stories: withToken(
		checks.flatMap(({ violations }) =>
			violations.map(({ sentence, token }) => ({ title: sentence, token })),
		),
	),
	verdict:
		verdict === 'holds' && guarantees.some((one) => one.verdict === 'unknown')
			? 'unknown'
			: verdict,
	ofDesigns: false,
});

function ofDesigns({ designs }: DesignsEvidence, wanted: Design | undefined): RecordedStories {
	const cells = designs
		.filter(({ design }) => wanted === undefined || design === wanted)
		.flatMap(({ design, cells: own }) => own.map((cell) => ({ ...cell, design })));
	const is = (verdict: Verdict): boolean => cells.some((cell) => cell.verdict === verdict);
	return {
		stories: withToken(
			cells.map(({ design, guarantee, sentence, token }) => ({
				title: `${design}: ${guarantee}: ${sentence}`,
				token,
			})),
		),
		verdict: is('violated')
			? 'violated'
			: is('unknown') || cells.length === 0
				? 'unknown'
				: 'holds',
		ofDesigns: true,
	};
}
