import type { Event } from '../../model/vocabulary/events/event.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { Found } from '../trial/campaign.ts';
import type { Finding } from '../trial/trial.ts';

type Of = Pick<Found, 'story' | 'finding'>;

/** What is wrong: the promise, or where systems differ whatever the place in a list. */
function whatOf(finding: Finding): string {
	switch (finding.kind) {
		case 'violated':
			return finding.guarantee;
		case 'diverged':
			return `difference in ${finding.difference.path.replaceAll(/\[\d+\]/g, '')}`;
		case 'broke down':
			return 'broke down';
	}
}

/** Which of the time-outs it was makes no other shape. */
const wordOf = (event: Event): string =>
	event.kind === 'command-ends'
		? `${event.kind} ${event.outcome.replace(/^timed-out.*/, 'timed-out')}`
		: event.kind;

/** What every story is made of. */
const USUAL: ReadonlySet<string> = new Set([
	'host-asks',
	'message-delivered',
	'command-ends succeeded',
]);

/** How a find shows before it is shrunk: what is wrong, and the kind of event at which it shows. */
export function sightOf({ story, finding }: Of): string {
	const event = story.events[finding.index];
	return `${whatOf(finding)} at ${event === undefined ? 'rest' : wordOf(event)}`.slice(0, TEXT);
}

/**
 * What a shrunk find is taken for: what is wrong, and the kinds of event that it takes beside those of every story, in
 * whatever order and however often.
 */
export function shapeOf({ story, finding }: Of): string {
	const words = new Set(story.events.map(wordOf).filter((word) => !USUAL.has(word)));
	return `${whatOf(finding)}: ${[...words].sort().join(', ') || 'nothing unusual'}`.slice(0, TEXT);
}
