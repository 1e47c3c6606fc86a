import { doubtOf, sayAdvice } from '../wording/advice.ts';
import { sayCanary } from '../wording/canary.ts';
import { grouped, listed, plural } from '../wording/figures.ts';
import { sayGuarantee } from '../wording/guarantee.ts';
import { sayTaken, takenOf } from '../wording/transitions.ts';
import type { Broken } from './broken.ts';
import type { ChangesSince } from './changes-since.ts';
import { sayLeftOut } from './costs-of.ts';
import type { ReviewInput } from './input.ts';
import type { Matrix } from './matrix.ts';
import type { Trace } from './traceability.ts';

/*
 * What each section comes to, in one sentence: all that is read of a section that is not opened.
 */

/** What is said of a section whose evidence is not there. */
const missing = (what: string): string => `Not known: ${what}.`;

/** What was decided, and what became of what is claimed of the options. */
export function answerOfDecision({ designs }: ReviewInput): string {
	if (designs === null)
		return 'The flag on the command was chosen; what is claimed of the options was not put on trial.';
	const by = ['confirmed', 'refuted', 'not shown'].flatMap((verdict) => {
		const count = designs.claims.filter((claim) => claim.verdict === verdict).length;
		if (count === designs.claims.length) return [`all are ${verdict}`];
		return count === 0 ? [] : [`${count} ${count === 1 ? 'is' : 'are'} ${verdict}`];
	});
	return `The flag on the command was chosen; of the claims about the ${plural(designs.claims.length, 'option')}, ${listed(by)}.`;
}

/** How many promises each design breaks. */
export function answerOfMatrix({ columns, rows }: Matrix): string {
	const tried = columns.filter(({ verdict }) => verdict !== null);
	if (tried.length === 0) return missing('no design was put on trial');
	const said = tried.map(({ design, name }) => {
		const verdicts = rows.flatMap(({ cells }) =>
			cells.flatMap((cell) => (cell.design === design ? [cell.verdict] : [])),
		);
		const broken = verdicts.filter((verdict) => verdict === 'violated').length;
		const kept = verdicts.filter((verdict) => verdict === 'holds').length;
		return broken > 0
			? `the ${name} breaks ${plural(broken, 'promise')}`
			: `the ${name} keeps ${kept} of ${plural(rows.length, 'promise')}`;
	});
	return sentence(said.join('; '));
}

/** How many stories there are, and of what. */
export function answerOfStories(drawn: readonly Broken[]): string {
	if (drawn.length === 0) return 'No story of a broken promise was found.';
	const of = (kind: Broken['kind']): number => drawn.filter((one) => one.kind === kind).length;
	const [finding, design, canary] = [of('finding'), of('design'), of('canary')];
	return `${plural(drawn.length, 'story')}: ${listed([
		`${finding === 0 ? 'none' : finding} of what was put on trial`,
		...(design === 0 ? [] : [`${design} of the other designs`]),
		...(canary === 0 ? [] : ['the canary, which had to be caught']),
	])}.`;
}

/** How much of the machines was gone through. */
export function answerOfMachines({ evidence }: ReviewInput): string {
	if (evidence === null || evidence.graphs.length === 0)
		return missing('the evidence holds no counts of transitions');
	return `${plural(evidence.graphs.length, 'machine')}, ${sayTaken(takenOf(evidence.machines))}.`;
}

/** What was exercised least, and what became of the canary. */
export function answerOfCoverage({ evidence }: ReviewInput): string {
	if (evidence === null) return missing('there is no evidence of a verification');
	const exercised = evidence.guarantees.filter((one) => one.exercised > 0);
	const least = exercised.toSorted((one, other) => one.stories - other.stories)[0];
	return `The canary was ${sayCanary(evidence.canary, evidence.shard)}; ${exercised.length} of ${plural(evidence.guarantees.length, 'guarantee')} were exercised${least === undefined ? '' : `, least of all “${sayGuarantee(least)}” in ${plural(least.stories, 'story')}`}.`;
}

/** Whether the flag pays. */
export function answerOfCosts(input: ReviewInput): string {
	const { simulation } = input;
	if (simulation === null)
		return missing((sayLeftOut(input) ?? 'cost and benefit were not simulated').replace(/\.$/, ''));
	const doubt = doubtOf(simulation);
	return doubt === null ? sayAdvice(simulation) : missing(doubt);
}

/** How many statements there are, and how many guarantees and claims they come to. */
export const answerOfTraceability = (statements: number, all: readonly Trace[]): string =>
	`${plural(statements, 'statement')} of the decision record${all.length === 0 ? '; there is no evidence to trace them to' : ` come to ${plural(all.length, 'guarantee or claim', 'guarantees and claims')}, each with its judge`}.`;

/** How much changed. */
export const answerOfSince = ({ added, resolved, open, verdicts }: ChangesSince): string =>
	`${grouped(added.length)} new, ${grouped(resolved.length)} resolved, ${grouped(open.length)} still open; ${verdicts.length === 0 ? 'no guarantee has' : `${plural(verdicts.length, 'guarantee')} ${verdicts.length === 1 ? 'has' : 'have'}`} another verdict.`;

const sentence = (said: string): string => `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
