import { brokenStories, nothingFound } from '../review/broken.ts';
import { capped } from '../review/caps.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { plural } from '../wording/figures.ts';
import { sayTaken, takenOfGraph } from '../wording/transitions.ts';
import { sequenceDiagram, stateDiagram } from './diagrams.ts';
import { missing } from './marks.ts';
import { plain, replay } from './text.ts';

/** Stories that are drawn; GitHub refuses pages with very many diagrams. */
const STORIES = 20;

/** Each broken promise as a sequence diagram. */
export function storiesPart(input: ReviewInput): string[] {
	const { drawn, cut } = capped(brokenStories(input), STORIES);
	const none = nothingFound(input, drawn);
	return [
		'## Stories of broken promises',
		'',
		...(none === null ? [] : [none, '']),
		...drawn.flatMap(({ guarantee, where, events, sentence, notes, story, token, kind }) => [
			`### ✕ ${plain(guarantee)}, ${plain(where)}${events === null ? '' : `, ${plural(events, 'event')}`}${kind === 'canary' ? ' (had to be caught)' : ''}`,
			'',
			plain(sentence),
			'',
			...notes.flatMap((note) => [plain(note), '']),
			...(story === null ? [] : [...sequenceDiagram(story), '']),
			replay(token),
			'',
		]),
		...(cut === 0
			? []
			: [`${cut} more are not drawn here; review.html and the evidence hold them.`, '']),
	];
}

/** The machines as state diagrams. */
export const machinesPart = (input: ReviewInput): string[] => [
	'## The machines',
	'',
	'How often each transition was taken. Those that stay in their state are in review.html.',
	'',
	...(input.evidence === null || input.evidence.graphs.length === 0
		? missing('the evidence holds no counts of transitions.', makesFor(input).evidence)
		: input.evidence.graphs.flatMap((graph) => {
				return [
					`### ${plain(graph.machine)}: ${sayTaken(takenOfGraph(graph))}`,
					'',
					...stateDiagram(graph),
					'',
				];
			})),
];
