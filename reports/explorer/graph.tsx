import { printable } from '../../model/vocabulary/printable.ts';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import { type Layout, layOut } from '../page/drawing/machine-layout.ts';
import { isDrawn, sayTransition } from '../wording/transitions.ts';

/** Between two lines of an arrow's label. */
const LINE = 14;

/** A whole machine: each transition with an arrow, or in the list below. None is left out. */
export async function drawGraph(graph: MachineGraph) {
	return <Graph graph={graph} layout={await layOut(graph)} />;
}

const Graph = ({ graph, layout }: { graph: MachineGraph; layout: Layout }) => {
	const still = graph.transitions.filter((transition) => !isDrawn(graph, transition));
	return (
		<>
			<svg
				class="x-graph"
				role="img"
				aria-label={`State diagram of ${graph.machine}`}
				viewBox={`-8 -8 ${layout.width + 16} ${layout.height + 16}`}
			>
				{layout.states.map((state) => (
					<g class={state.parent ? 'state parent' : 'state'} data-state={state.id}>
						<rect x={state.x} y={state.y} width={state.width} height={state.height} rx="8" />
						{state.initial ? <circle cx={state.x + 9} cy={state.y + 9} r="3.5" /> : null}
						<text
							x={state.x + state.width / 2}
							y={state.parent ? state.y + 20 : state.y + state.height / 2 + 4}
						>
							{printable(state.name)}
						</text>
					</g>
				))}
				{layout.edges.map(({ source, target, points, label }) => (
					<g class="edge">
						<polyline
							points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
							marker-end="url(#head)"
						/>
						{graph.transitions
							.filter((one) => one.source === source && one.target === target)
							.map((transition, place) => (
								<text x={label.x.toFixed(1)} y={(label.y + 11 + place * LINE).toFixed(1)}>
									{printable(sayTransition(transition))}
								</text>
							))}
					</g>
				))}
			</svg>
			{still.length === 0 ? null : (
				<>
					<p>{`Without an arrow: ${still.length} of ${graph.transitions.length}`}</p>
					<ul class="x-still">
						{still.map((transition) => (
							<li>
								{`in ${nameOf(graph, transition.source)}: `}
								<code>{printable(sayTransition(transition))}</code>
								{transition.target === null ? ' stays' : ` → ${nameOf(graph, transition.target)}`}
							</li>
						))}
					</ul>
				</>
			)}
		</>
	);
};

const nameOf = ({ states }: MachineGraph, id: string): string =>
	states.some((state) => state.id === id) ? printable(id.slice(id.indexOf('.') + 1)) : 'any state';
