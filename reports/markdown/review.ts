import type { ReviewInput } from '../review/input.ts';
import { review } from '../review/review.ts';
import { sayVerdict } from '../wording/verdicts.ts';
import { block, section } from './section.ts';
import { plain } from './text.ts';

/** Stories that are drawn; GitHub refuses pages with very many diagrams. */
const STORIES = 20;

/** The review as Markdown that GitHub renders, diagrams included. */
export function reviewMarkdown(input: ReviewInput): string {
	const { title, headline, sections } = review(input, STORIES);
	const { verdict, sentence, bound, tallies } = headline;
	return `${[
		`# ${title.what}: ${title.of}`,
		'',
		`**${sayVerdict(verdict)}.** ${plain(sentence)}`,
		'',
		`**The bound.** ${plain(bound)}`,
		...(tallies.length === 0
			? ['']
			: block({ kind: 'figures', label: 'at a glance', of: tallies })),
		...sections.flatMap(section),
	].join('\n')}\n`;
}
