import type { Verdict } from '../verdict.ts';
import { MAKES } from '../wording/commands.ts';
import { grouped, listed, plural } from '../wording/figures.ts';
import { nameOf } from './decision.ts';
import type { ReviewInput } from './input.ts';

export interface Headline {
	readonly verdict: Verdict;
	/** The verdict in one sentence. */
	readonly sentence: string;
	/** How far it reaches. */
	readonly bound: string;
}

/** The first thing that a reader sees. */
export function headline(input: ReviewInput): Headline {
	const { evidence } = input;
	if (evidence === null)
		return {
			verdict: 'unknown',
			sentence: 'Nothing is known of the chosen design: it was not put on trial.',
			bound: `There is no evidence.json; ${MAKES.evidence} makes it.`,
		};
	return {
		verdict: evidence.verdict,
		sentence: sentenceOf(input, evidence),
		bound: boundOf(evidence),
	};
}

function sentenceOf(
	input: ReviewInput,
	{ verdict, reason, guarantees, findings, design }: NonNullable<ReviewInput['evidence']>,
): string {
	if (verdict === 'unknown')
		return `Nothing is decided: ${reason ?? 'it was not put to the test'}.`;
	const broken = guarantees.filter((one) => one.verdict === 'violated').map(({ id }) => id);
	if (verdict === 'violated')
		return broken.length > 0
			? `The ${nameOf(design)} was broken: ${listed(broken)} ${broken.length === 1 ? 'does' : 'do'} not hold.`
			: `Model and reference do not agree: ${findings[0]?.sentence ?? 'a source failed'}`;
	const kept = guarantees.filter((one) => one.verdict === 'holds').length;
	return `The ${nameOf(design)} keeps ${kept === guarantees.length ? `all ${kept}` : `${kept} of ${guarantees.length}`} guarantees${design === 'flag' ? othersOf(input) : ''}.`;
}

/** What became of the other designs, in half a sentence. */
function othersOf({ designs }: ReviewInput): string {
	const broken = (designs?.designs ?? []).flatMap(({ design, cells }) => {
		const count = cells.filter(({ verdict }) => verdict === 'violated').length;
		return design === 'flag' || count === 0 ? [] : [`the ${nameOf(design)} breaks ${count}`];
	});
	return broken.length === 0 ? '' : `; ${listed(broken)}`;
}

function boundOf(evidence: NonNullable<ReviewInput['evidence']>): string {
	const { bound, checks, stories, systems } = evidence;
	const whole = checks.filter(({ ending }) => ending === 'complete');
	const states = whole.reduce((sum, check) => sum + check.states, 0);
	const checked =
		whole.length === 0
			? 'nothing was gone through exhaustively'
			: `all ${grouped(states)} states of ${plural(whole.length, 'small configuration')} of the model were gone through`;
	return `${plural(stories, 'story', 'stories')} of at most ${bound.story_events} events, with up to ${plural(bound.tasks, 'task')} on ${plural(bound.hosts, 'host')}, were judged on ${listed(systems)}; ${checked}. Beyond that nothing is said.`;
}
