import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { MachineGraph } from '../../evidence/machine-graph.ts';
import { type Edge, edgesOf, sayTransition } from '../../wording/transitions.ts';

/** Pixels: of a letter of a label, of a line, around a state's name; and letters that say how often. */
const LETTER = 6.6;
const OFTEN = 9;
const LINE = 14;
const PAD = 14;

export interface PlacedState {
	readonly id: string;
	readonly name: string;
	readonly initial: boolean;
	readonly parent: boolean;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface PlacedEdge extends Edge {
	/** The bends of the arrow, from source to target. */
	readonly points: readonly { readonly x: number; readonly y: number }[];
	readonly label: { readonly x: number; readonly y: number };
}

export interface Layout {
	readonly width: number;
	readonly height: number;
	readonly states: readonly PlacedState[];
	readonly edges: readonly PlacedEdge[];
}

const OPTIONS = {
	'elk.algorithm': 'layered',
	'elk.direction': 'DOWN',
	'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
	'elk.edgeRouting': 'POLYLINE',
	'elk.json.edgeCoords': 'ROOT',
	'elk.json.shapeCoords': 'ROOT',
	'elk.spacing.nodeNode': '28',
	'elk.layered.spacing.nodeNodeBetweenLayers': '34',
	'elk.layered.spacing.edgeNodeBetweenLayers': '16',
	'elk.spacing.edgeLabel': '6',
};

const known = new Map<string, Promise<Layout>>();
/** Most that are kept. */
const KEPT = 50;

/** Places states and arrows: the same graph alike, however often its transitions were taken. */
export function layOut(graph: MachineGraph): Promise<Layout> {
	const key = JSON.stringify({ ...graph, transitions: graph.transitions.map(uncounted) });
	const found = known.get(key) ?? placed(graph);
	if (known.size >= KEPT) known.clear();
	known.set(key, found);
	return found;
}

const uncounted = ({ count: _, ...transition }: MachineGraph['transitions'][number]) => transition;

async function placed(graph: MachineGraph): Promise<Layout> {
	const edges = edgesOf(graph);
	const nodeOf = (id: string, name: string): ElkNode => {
		const children = childrenOf(graph, id).map((child) => nodeOf(child.id, child.name));
		return children.length === 0
			? { id, width: name.length * 8.3 + 2 * PAD, height: 34 }
			: { id, children, layoutOptions: { 'elk.padding': '[top=34,left=16,bottom=16,right=16]' } };
	};
	const lettersOf = (place: number): number => {
		const transition = graph.transitions[place];
		return transition === undefined ? 0 : sayTransition(transition).length;
	};
	const routed = edges.map(
		({ source, target, transitions }, place): ElkExtendedEdge => ({
			id: `edge ${place}`,
			sources: [source],
			targets: [target],
			labels: [
				{
					text: `edge ${place}`,
					width: (Math.max(...transitions.map(lettersOf)) + OFTEN) * LETTER + 4,
					height: transitions.length * LINE,
				},
			],
		}),
	);
	const whole = await new elk.default().layout({
		...nodeOf(graph.machine, ''),
		layoutOptions: OPTIONS,
		edges: routed,
	});
	return {
		width: Math.ceil(whole.width ?? 0),
		height: Math.ceil(whole.height ?? 0),
		states: statesOf(graph, whole),
		edges: edges.map((edge, place) => ({ ...edge, ...pathOf(whole.edges?.[place]) })),
	};
}

/** The machine itself is around its outermost states, under whatever id it has. */
const childrenOf = ({ machine, states }: MachineGraph, parent: string): MachineGraph['states'] =>
	states.filter((state) => (state.parent ?? machine) === parent);

function statesOf(graph: MachineGraph, placed: ElkNode): PlacedState[] {
	const found: PlacedState[] = [];
	const visit = ({ children = [] }: ElkNode): void => {
		for (const node of children) {
			const state = graph.states.find(({ id }) => id === node.id);
			if (state !== undefined)
				found.push({
					id: state.id,
					name: state.name,
					initial: state.initial,
					parent: (node.children ?? []).length > 0,
					x: node.x ?? 0,
					y: node.y ?? 0,
					width: node.width ?? 0,
					height: node.height ?? 0,
				});
			visit(node);
		}
	};
	visit(placed);
	return found;
}

function pathOf(edge: ElkExtendedEdge | undefined): Pick<PlacedEdge, 'points' | 'label'> {
	const section = edge?.sections?.[0];
	const label = edge?.labels?.[0];
	return {
		points:
			section === undefined
				? []
				: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
		label: { x: label?.x ?? 0, y: label?.y ?? 0 },
	};
}
