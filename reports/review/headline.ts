import type { Evidence } from '../evidence/evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { sayAllowed } from '../judging/allowed.ts';
import { fateOf } from '../wording/canary.ts';
import { grouped, listed, plural } from '../wording/figures.ts';
import { sayGuarantee } from '../wording/guarantee.ts';
import { takenOf } from '../wording/transitions.ts';
import { nameOf, OPTIONS } from './decision.ts';
import { type Explored, exploredOf, sayExplored } from './explored.ts';
import { makesFor, type ReviewInput } from './input.ts';
import { type Matrix, matrix } from './matrix.ts';
import { subjectOf } from './standing.ts';

export interface Headline {
	readonly verdict: Verdict;
	/** The verdict in one sentence. */
	readonly sentence: string;
	/** How far it reaches. */
	readonly bound: string;
	/** A few numbers to judge its weight by. */
	readonly tallies: readonly { readonly what: string; readonly value: string }[];
}

/** What the headline is made of: whatever it says twice comes from here. */
interface Facts {
	readonly verdict: Verdict;
	/** Ids of the guarantees of the design on trial, by what became of them. */
	readonly kept: readonly string[];
	readonly broken: readonly string[];
	/** The same in words. */
	readonly broken_words: readonly string[];
	readonly all: number;
	/** Designs that were put on trial, here or there. */
	readonly designs: number;
	readonly explored: Explored;
}

/** The first thing that a reader sees. */
export function headline(input: ReviewInput): Headline {
	const sides = matrix(input);
	const facts = factsOf(input, sides);
	return {
		verdict: facts.verdict,
		sentence: sentenceOf(input, facts),
		bound: boundOf(input, facts),
		tallies: talliesOf(input, facts),
	};
}

function factsOf(input: ReviewInput, { columns, rows }: Matrix): Facts {
	const { evidence } = input;
	const subject = subjectOf(input);
	const column = columns.find(({ design }) => design === subject)?.verdict ?? null;
	// A trial may know a guarantee that the verification did not; only that it is broken counts here.
	const isVerified = (id: string): boolean =>
		evidence?.guarantees.some((one) => one.id === id) ?? true;
	const by = (wanted: Verdict): string[] =>
		rows.flatMap(({ id, cells }) =>
			cells.some(({ design, verdict }) => design === subject && verdict === wanted) &&
			(wanted === 'violated' || isVerified(id))
				? [id]
				: [],
		);
	const [kept, broken, open] = [by('holds'), by('violated'), by('unknown')];
	return {
		// Designs that were tried beside each other are not verified thereby.
		verdict: column === 'violated' ? column : evidence === null ? 'unknown' : (column ?? 'unknown'),
		kept,
		broken,
		broken_words: rows.filter(({ id }) => broken.includes(id)).map(sayGuarantee),
		all: kept.length + broken.length + open.length,
		designs: columns.filter(({ verdict }) => verdict !== null).length,
		explored: exploredOf(evidence?.checks ?? []),
	};
}

function sentenceOf(
	input: ReviewInput,
	{ verdict, kept, broken, broken_words, all }: Facts,
): string {
	const { evidence } = input;
	const name = nameOf(subjectOf(input));
	if (verdict === 'unknown') {
		const why =
			evidence !== null
				? (evidence.reason ?? 'it was not put to the test')
				: all === 0
					? `the ${name} was not put on trial`
					: `the ${name} was tried beside the others only, and not verified`;
		const tried =
			kept.length === 0
				? ''
				: ` In what was tried, ${kept.length} of ${plural(all, 'guarantee')} ${kept.length === 1 ? 'was' : 'were'} kept.`;
		const allowed = evidence === null ? null : sayAllowed(evidence);
		return `Nothing is decided: ${ended(why)}${allowed === null ? '' : ` Reasons ${allowed}.`}${tried}`;
	}
	if (verdict === 'violated')
		return broken.length > 0
			? `The ${name} was broken: ${listed(broken_words)} ${broken.length === 1 ? 'does' : 'do'} not hold.`
			: whatElse(evidence, name);
	return `The ${name} keeps ${kept.length === all ? `all ${all}` : `${kept.length} of ${all}`} guarantees${subjectOf(input) === 'flag' ? othersOf(input) : ''}.`;
}

/** What is wrong where no guarantee is broken. */
function whatElse(evidence: Evidence | null, name: string): string {
	const finding = evidence?.findings[0];
	if (finding !== undefined)
		return ended(
			`${finding.kind === 'diverged' ? 'Model and reference do not agree' : 'It broke down'}: ${finding.sentence}`,
		);
	const stuck = evidence?.checks.flatMap(({ violations }) => violations)[0];
	if (stuck !== undefined) return ended(`The ${name} was broken: ${stuck.sentence}`);
	const source = evidence?.sources.find((one) => one.verdict === 'violated');
	if (source === undefined) return `The ${name} was broken.`;
	return ended(`Not all went as it should: ${source.name}, ${source.note ?? 'which failed'}`);
}

const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

/** What became of the other designs, in half a sentence. */
function othersOf({ designs }: ReviewInput): string {
	const broken = (designs?.designs ?? []).flatMap(({ design, cells }) => {
		const count = cells.filter(({ verdict }) => verdict === 'violated').length;
		return design === 'flag' || count === 0 ? [] : [`the ${nameOf(design)} breaks ${count}`];
	});
	return broken.length === 0 ? '' : `; ${listed(broken)}`;
}

function boundOf(input: ReviewInput, { explored }: Facts): string {
	const { evidence } = input;
	if (evidence === null) return `There is no evidence.json; ${makesFor(input).evidence} makes it.`;
	const { bound, stories, systems } = evidence;
	const told =
		stories === 0
			? 'No story was judged'
			: `${plural(stories, 'story')} of at most ${plural(bound.story_events, 'event')}, with up to ${plural(bound.tasks, 'task')} on ${plural(bound.hosts, 'host')}, ${stories === 1 ? 'was' : 'were'} judged on ${listed(systems)}`;
	return `${told}; ${sayExplored(explored)}. Beyond that nothing is said.`;
}

function talliesOf({ evidence }: ReviewInput, facts: Facts): Headline['tallies'] {
	const { verdict, kept, all, designs, explored } = facts;
	if (designs === 0) return [];
	const trial = [
		{
			what: verdict === 'holds' ? 'guarantees kept' : 'guarantees kept in what was tried',
			value: `${kept.length} of ${all}`,
		},
		{ what: 'designs on trial', value: `${designs} of ${OPTIONS.length}` },
	];
	if (evidence === null) return trial;
	const { machines, canary, stories } = evidence;
	const { taken, transitions } = takenOf(machines);
	const fate = fateOf(canary);
	return [
		...trial,
		{ what: 'stories judged', value: grouped(stories) },
		{ what: 'states of configurations gone through', value: grouped(explored.states) },
		...(explored.others.length === 0
			? []
			: [
					{
						what: 'states of configurations not gone through',
						value: grouped(explored.states_of_others),
					},
				]),
		...(transitions === 0
			? []
			: [{ what: 'transitions taken', value: `${grouped(taken)} of ${grouped(transitions)}` }]),
		{ what: 'canary', value: `${fate === 'caught' ? '✓' : '✕'} ${fate}` },
	];
}
