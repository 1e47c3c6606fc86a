import type { Broken } from '../review/broken.ts';
import type { Machines } from '../review/document.ts';
import { saySetup } from '../wording/fate.ts';
import { plural } from '../wording/figures.ts';
import { sayBroken } from '../wording/guarantee.ts';
import { sayArrows, sayTaken, takenOfGraph } from '../wording/transitions.ts';
import { sequenceDiagram, stateDiagram } from './diagrams.ts';
import { plain, replay } from './text.ts';

/** What was found, in a page that draws no diagrams. */
export const findings = (found: readonly Omit<Broken, 'story'>[]): string[] =>
	found.length === 0
		? []
		: ['', '## Findings', '', ...found.flatMap((one) => storyPart({ ...one, story: null }))];

/** A broken promise, with its diagram where its story was told. */
export const storyPart = (broken: Omit<Broken, 'kind'>): string[] => {
	const { guarantee, where, events, sentence, notes, story, token, on } = broken;
	return [
		`#### ✕ ${plain(sayBroken(sentence, guarantee))}`,
		'',
		`${plain(where)}${events === null ? '' : `, ${plural(events, 'event')}`}`,
		'',
		...notes.flatMap((said) => [plain(said), '']),
		...(story === null ? [] : [plain(saySetup(story)), '', ...sequenceDiagram(story), '']),
		replay(token, on),
		'',
	];
};

/** Each machine as a state diagram. */
export const machinesPart = ({ of }: Machines): string[] =>
	of.flatMap((graph) => [
		`### ${plain(graph.machine)}: ${sayTaken(takenOfGraph(graph))}`,
		'',
		...stateDiagram(graph),
		'',
		`${sayArrows(graph)}: review.html lists them.`,
		'',
	]);
