import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { Arrow, NarratedStory } from '../evidence/narrated-story.ts';
import { sayLeftOut } from '../wording/fate.ts';
import { edgesOf, sayCounted } from '../wording/transitions.ts';
import { inMermaid } from './text.ts';

const ARROWS: Record<Arrow['fate'], string> = {
	sent: '--)',
	arrives: '->>',
	held: '-)',
	lost: '-x',
	repeated: '-->>',
};

/** Most events in one diagram: GitHub draws no larger one that can be read. */
const EVENTS = 60;

/** Longest line at an arrow of a machine. */
const LINE = 120;

/** A story as a Mermaid sequence diagram in a page of Markdown. */
export function sequenceDiagram(story: NarratedStory): string[] {
	const { lines, undrawn } = sequence(story);
	return ['```mermaid', ...lines, '```', ...(undrawn === 0 ? [] : ['', sayLeftOut(undrawn)])];
}

/** The diagram itself, and how many events are not in it. */
export function sequence({ lanes, events, broken, left_out }: NarratedStory): {
	readonly lines: readonly string[];
	readonly undrawn: number;
} {
	const breaks = broken === null ? -1 : Math.max(broken.index, 0);
	const shown = events.slice(0, Math.max(EVENTS, breaks + 1));
	const undrawn = events.length - shown.length + left_out;
	const always = [...lanes.keys()].filter((place) => lanes[place]?.late !== true);
	const everybody = [...new Set([always[0] ?? 0, always.at(-1) ?? 0])]
		.map((place) => `p${place}`)
		.join();
	const named = (place: number): string => `p${place} as ${inMermaid(lanes[place]?.name ?? '')}`;
	const lifeOf = (arrow: Arrow | null): string[] => {
		switch (arrow?.life) {
			case 'begins':
				return [`\tcreate participant ${named(arrow.to)}`];
			case 'ends':
				return [`\tdestroy p${arrow.to}`];
			default:
				return [];
		}
	};
	const lines = [
		'sequenceDiagram',
		'\tautonumber',
		...always.map((place) => `\tparticipant ${named(place)}`),
		...shown.flatMap(({ sentence, fault, arrow, lane }, place) => {
			const mark = fault ? '⚡ ' : '';
			const line =
				arrow === null
					? `\tNote over ${lane === null ? everybody : `p${lane}`}: ${mark}${inMermaid(sentence)}`
					: `\tp${arrow.from}${ARROWS[arrow.fate]}p${arrow.to}: ${mark}${inMermaid(`${arrow.label}${arrow.fate === 'arrives' ? '' : ` (${arrow.fate})`}`)}`;
			return place === breaks && broken !== null
				? [...lifeOf(arrow), line, `\tNote over ${everybody}: ✕ ${inMermaid(broken.sentence, 160)}`]
				: [...lifeOf(arrow), line];
		}),
	];
	return { lines, undrawn };
}

/** A machine as a Mermaid state diagram, with how often each transition was taken. */
export function stateDiagram(graph: MachineGraph): string[] {
	const { states } = graph;
	const idOf = (id: string): string => `s${states.findIndex((state) => state.id === id)}`;
	const inside = function* (parent: string | null, indent: string): Generator<string> {
		for (const { id, name, initial } of states.filter((state) => state.parent === parent)) {
			if (initial) yield `${indent}[*] --> ${idOf(id)}`;
			if (!states.some((state) => state.parent === id))
				yield `${indent}state "${inMermaid(name)}" as ${idOf(id)}`;
			else {
				yield `${indent}state "${inMermaid(name)}" as ${idOf(id)} {`;
				yield* inside(id, `${indent}\t`);
				yield `${indent}}`;
			}
		}
	};
	return [
		'```mermaid',
		'stateDiagram-v2',
		...inside(
			states.find(({ parent }) => !states.some(({ id }) => id === parent))?.parent ?? null,
			'\t',
		),
		...edgesOf(graph).map(
			({ source, target, transitions }) =>
				`\t${idOf(source)} --> ${idOf(target)} : ${transitions
					.flatMap((place) => graph.transitions[place] ?? [])
					.map((one) => inMermaid(sayCounted(one), LINE))
					.join('<br/>')}`,
		),
		'```',
	];
}
