import { beyond, reproduce, since, traceability } from '../review/appendix.ts';
import { costs } from '../review/costs.ts';
import { coverage } from '../review/coverage.ts';
import { headline } from '../review/headline.ts';
import type { ReviewInput } from '../review/input.ts';
import { projectSection } from '../review/project.ts';
import { decisionPart, matrixPart } from './designs.ts';
import { MARKS } from './marks.ts';
import { section } from './section.ts';
import { machinesPart, storiesPart } from './stories.ts';
import { plain } from './text.ts';

/** The review as Markdown that GitHub renders, diagrams included. */
export function reviewMarkdown(input: ReviewInput): string {
	const project = projectSection(input);
	return `${[
		...verdictPart(input),
		...(project === null ? [] : section(project)),
		...decisionPart(input),
		...matrixPart(input),
		...storiesPart(input),
		...machinesPart(input),
		...section(coverage(input)),
		...section(costs(input)),
		...[traceability(input), since(input), reproduce(input), beyond(input)].flatMap(section),
	].join('\n')}\n`;
}

function verdictPart(input: ReviewInput): string[] {
	const { verdict, sentence, bound } = headline(input);
	return [
		'# Design review: automatic retry of CI tasks',
		'',
		`**${MARKS[verdict]}.** ${plain(sentence)}`,
		'',
		`**The bound.** ${plain(bound)}`,
		'',
	];
}
