import { beyond, reproduce, since, traceability, words } from './appendix.ts';
import { brokenStories } from './broken.ts';
import { capped } from './caps.ts';
import { costs } from './costs.ts';
import { coverage, machines } from './coverage.ts';
import { decision, sideBySide } from './designs.ts';
import type { Review } from './document.ts';
import { headline } from './headline.ts';
import type { ReviewInput } from './input.ts';
import { projectSection } from './project.ts';
import { stories } from './stories.ts';
import { trackRecord } from './track-record.ts';

/**
 * The review of a decision, as every target draws it.
 *
 * @param most stories that the target can draw; without it, as many as a page can.
 */
export function review(input: ReviewInput, most?: number): Review {
	const { drawn, cut } = capped(brokenStories(input), most);
	const project = projectSection(input);
	const record = trackRecord(input);
	return {
		title: { what: 'Design review', of: 'automatic retry of CI tasks' },
		headline: headline(input),
		sections: [
			...(project === null ? [] : [project]),
			decision(input),
			sideBySide(input, new Set(drawn.map(({ anchor }) => anchor))),
			stories(input, drawn, cut),
			machines(input),
			coverage(input),
			...(record === null ? [] : [record]),
			costs(input),
			traceability(input),
			since(input),
			reproduce(input),
			beyond(input),
			words,
		],
	};
}
