import type { CheckEvidence } from '../check-evidence.ts';
import type { Evidence } from '../evidence.ts';
import type { Verdict } from '../verdict.ts';
import { judgeChecks } from './check.ts';
import { judgeVerification } from './verification.ts';

/** What has a name and a verdict. */
type Judged = readonly (readonly [name: string, verdict: Verdict])[];

/**
 * What a file says of itself against what its parts come to, judged anew by the function that made it: one line for
 * each contradiction, none where it may be believed.
 */
export function contradictionsOf(evidence: Evidence): string[] {
	const judged = judgeVerification(evidence);
	return [
		...differing(named(evidence), named(judged)),
		...overall(evidence.verdict, judged),
		...countsOf(evidence),
	];
}

/** As for a verification. */
export function checkContradictionsOf(evidence: CheckEvidence): string[] {
	const judged = judgeChecks(evidence);
	return [
		...differing(
			[...rowsOf('guarantee', evidence.guarantees), ...configurationsOf(evidence)],
			[...rowsOf('guarantee', judged.guarantees), ...configurationsOf(judged)],
		),
		...overall(evidence.verdict, judged),
	];
}

const rowsOf = (what: string, rows: readonly { id: string; verdict: Verdict }[]): Judged =>
	rows.map(({ id, verdict }) => [`${what} ${id}`, verdict]);

const configurationsOf = ({
	checks,
}: {
	readonly checks: readonly { readonly configuration: string; readonly verdict: Verdict }[];
}): Judged =>
	checks.map(({ configuration, verdict }) => [`configuration ${configuration}`, verdict]);

const named = (evidence: Evidence): Judged => [
	...rowsOf('guarantee', evidence.guarantees),
	...evidence.sources.map(({ name, verdict }) => [`source ${name}`, verdict] as const),
	...configurationsOf(evidence),
];

const differing = (said: Judged, judged: Judged): string[] =>
	said.flatMap(([name, verdict], place) => {
		const [, other] = judged[place] ?? [name, verdict];
		return verdict === other
			? []
			: [`${name} is said to be "${verdict}", but its parts come to "${other}"`];
	});

const overall = (
	said: Verdict,
	{ verdict, reason }: { readonly verdict: Verdict; readonly reason: string | null },
): string[] =>
	said === verdict
		? []
		: [
				`the whole is said to be "${said}", but its parts come to "${verdict}"${reason === null ? '' : `: ${reason}`}`,
			];

/** Counts that cannot be: more stories in which something mattered than were told, or events without a story. */
function countsOf({ guarantees, sources, stories }: Evidence): string[] {
	const told = sources.reduce((sum, source) => sum + source.stories, 0);
	return [
		...(told === stories
			? []
			: [`${stories} stories are said to have been told, but its sources come to ${told}`]),
		...guarantees.flatMap((row) =>
			row.stories > stories || row.stories > row.mattered || (row.mattered > 0 && row.stories === 0)
				? [
						`guarantee ${row.id} is said to have mattered ${row.mattered} times in ${row.stories} of ${stories} stories`,
					]
				: [],
		),
	];
}
