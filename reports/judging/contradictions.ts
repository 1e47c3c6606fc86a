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
		...reasonsOf(evidence, judged),
		...countsOf(evidence),
		...repeated(
			named(evidence).map(([name]) => name),
			evidence.machines.map(({ machine }) => `machine ${machine}`),
		),
		...checksOf(evidence.checks),
		...machinesOf(evidence),
	];
}

/** Reasons are those of the verdict that they explain; files of before they had ids give none. */
function reasonsOf(said: Evidence, judged: Evidence): string[] {
	if (said.verdict !== judged.verdict) return [];
	if (said.verdict === 'unknown' && said.reasons.length === 0) return [];
	const ids = (evidence: Evidence): string =>
		evidence.reasons.map(({ id }) => id).join(', ') || 'none';
	return ids(said) === ids(judged)
		? []
		: [`the reasons are said to be ${ids(said)}, but its parts come to ${ids(judged)}`];
}

const repeated = (...lists: readonly (readonly string[])[]): string[] =>
	lists.flatMap((names) =>
		[...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map(
			(name) => `${name} stands there more than once`,
		),
	);

/** A search that is complete has seen a state, and no way is longer than there are states. */
const checksOf = (checks: Evidence['checks']): string[] =>
	checks.flatMap(({ configuration, ending, states, depth, coverage }) => [
		...(ending === 'complete' && states === 0
			? [`configuration ${configuration} is said to be complete, but has no states`]
			: []),
		...(depth > states
			? [`configuration ${configuration} is said to be ${depth} deep, but has ${states} states`]
			: []),
		...(ending === 'complete' && coverage !== null
			? [`configuration ${configuration} is said to be complete, but only part of it was covered`]
			: []),
	]);

const machinesOf = ({ machines }: Pick<Evidence, 'machines'>): string[] =>
	machines.flatMap(({ machine, transitions, taken, missing }) =>
		taken + missing.length === transitions
			? []
			: [
					`machine ${machine} is said to have ${transitions} transitions, but ${taken} were taken and ${missing.length} were not`,
				],
	);

/** As for a verification. */
export function checkContradictionsOf(evidence: CheckEvidence): string[] {
	const judged = judgeChecks(evidence);
	return [
		...differing(
			[...rowsOf('guarantee', evidence.guarantees), ...configurationsOf(evidence)],
			[...rowsOf('guarantee', judged.guarantees), ...configurationsOf(judged)],
		),
		...overall(evidence.verdict, judged),
		...repeated(
			configurationsOf(evidence).map(([name]) => name),
			rowsOf('guarantee', evidence.guarantees).map(([name]) => name),
		),
		...checksOf(evidence.checks),
		...machinesOf(evidence),
		...(evidence.guarantees.length === judged.guarantees.length
			? []
			: [
					`${evidence.guarantees.length} guarantees are said to have been judged, but there are ${judged.guarantees.length}`,
				]),
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
function countsOf({ guarantees, sources, stories, events, steps, canary }: Evidence): string[] {
	const told = sources.reduce((sum, source) => sum + source.stories, 0);
	return [
		...(told === stories
			? []
			: [`${stories} stories are said to have been told, but its sources come to ${told}`]),
		...(steps < events ? [`${steps} steps are said to have been taken for ${events} events`] : []),
		...(canary.caught && canary.stories === 0
			? ['the canary is said to have been caught, but no story of it was told']
			: []),
		...guarantees.flatMap((row) =>
			row.stories > stories || row.stories > row.mattered || (row.mattered > 0 && row.stories === 0)
				? [
						`guarantee ${row.id} is said to have mattered ${row.mattered} times in ${row.stories} of ${stories} stories`,
					]
				: [],
		),
	];
}
