import type { Evidence } from '../evidence/evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { idContradictions, promiseContradictions } from './guarantee-rows.ts';
import { differing, differs, repeated } from './said.ts';
import {
	graphContradictions,
	machineContradictions,
	searchContradictions,
	shownOf,
	violationsShown,
} from './searches.ts';
import { situationContradictions } from './situation-rows.ts';
import { storyContradictions } from './stories.ts';
import { type Shown, tokenContradictions } from './tokens.ts';
import { judgeVerification } from './verification.ts';

/** What has a name and a verdict. */
type Judged = readonly (readonly [name: string, verdict: Verdict])[];

/**
 * What a file says of itself against what its parts come to, judged anew by the function that made it, and against
 * what must hold of every run: one line for each contradiction, none where it may be believed. What nothing constrains
 * is listed in docs/evidence.md.
 */
export function contradictionsOf(evidence: Evidence): string[] {
	const judged = judgeVerification(evidence);
	const isOfBefore = evidence.mulligan === null;
	return [
		...verdictContradictions(named(evidence), named(judged)),
		...wholeContradictions(evidence, judged),
		...reasonContradictions(evidence, judged),
		...(isOfBefore ? [] : wordContradictions(evidence, judged)),
		...idContradictions(
			evidence.guarantees.map(({ id }) => id),
			isOfBefore,
		),
		...(isOfBefore ? [] : promiseContradictions(evidence.guarantees)),
		...situationContradictions(evidence.situations),
		...repeated(evidence.sources.map(({ name }) => `source ${name}`)),
		...searchContradictions(evidence),
		...machineContradictions(evidence.machines),
		...(isOfBefore && evidence.graphs.length === 0
			? []
			: graphContradictions(evidence.graphs, evidence.machines)),
		...repeated(evidence.systems.map((name) => `system ${name}`)),
		...storyContradictions(evidence),
		...tokenContradictions(shown(evidence)),
	];
}

/** All that is shown by a story. A scenario may be of another design than the one on trial, where none was named. */
const shown = ({ findings, checks, canary, design, design_named }: Evidence): Shown[] => [
	...findings.flatMap(({ events, token, seen_first }, place) => {
		const name = `finding ${place + 1}`;
		const own = { design: design_named ? design : null };
		return [
			{ ...own, name, events, token },
			...(seen_first === undefined
				? []
				: [{ ...own, ...shownOf(seen_first), name: `what was seen before ${name}` }]),
		];
	}),
	...violationsShown(checks, design),
	{ name: 'the canary', events: canary.events, token: canary.token, design: 'flag' },
];

/** Reasons are those of the verdict that they explain; files of before they had ids give none. */
function reasonContradictions(said: Evidence, judged: Evidence): string[] {
	if (said.verdict !== judged.verdict) return [];
	if (said.mulligan === null && said.reasons.length === 0) return [];
	const ids = (evidence: Evidence): string =>
		evidence.reasons.map(({ id }) => id).join(', ') || 'none';
	return ids(said) === ids(judged)
		? []
		: [`the reasons are said to be ${ids(said)}, but its parts come to ${ids(judged)}`];
}

/** The words for it, too. */
const wordContradictions = (said: Evidence, judged: Evidence): string[] => [
	...differing('the whole', said, judged, ['reason', 'reasons']),
	...said.guarantees.flatMap((row, place) =>
		differing(`guarantee ${row.id}`, row, judged.guarantees[place] ?? row, ['reason']),
	),
	...said.sources.flatMap((source, place) =>
		differing(`source ${source.name}`, source, judged.sources[place] ?? source, ['note']),
	),
];

const named = (evidence: Evidence): Judged => [
	...evidence.guarantees.map(({ id, verdict }) => [`guarantee ${id}`, verdict] as const),
	...evidence.sources.map(({ name, verdict }) => [`source ${name}`, verdict] as const),
	...evidence.checks.map(
		({ configuration, verdict }) => [`configuration ${configuration}`, verdict] as const,
	),
];

const verdictContradictions = (said: Judged, judged: Judged): string[] =>
	said.flatMap(([name, verdict], place) => differs(name, verdict, judged[place]?.[1]));

/** What is said of all of it, with why it is otherwise. */
export const wholeContradictions = (
	{ verdict: said }: { readonly verdict: Verdict },
	{ verdict, reason }: { readonly verdict: Verdict; readonly reason: string | null },
): string[] =>
	differs('the whole', said, verdict).map((line) =>
		reason === null ? line : `${line}: ${reason}`,
	);
