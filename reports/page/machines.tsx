import { printable } from '../../model/vocabulary/printable.ts';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { Machines } from '../review/document.ts';
import {
	isDrawn,
	sayArrows,
	sayOften,
	sayTaken,
	sayTransition,
	takenOfGraph,
} from '../wording/transitions.ts';
import type { Layout, PlacedEdge } from './drawing/machine-layout.ts';
import { Heads, Scrolls } from './parts.tsx';

/** How often, in five steps of ten: the darker and thicker, the more often. Never is dashed. */
export const heat = (count: number): number =>
	count === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.log10(count)));

/** Pixels around a drawing, for the lines at its edge. */
const MARGIN = 8;

/** Where states and arrows of each machine are drawn. */
export type Layouts = ReadonlyMap<MachineGraph, Layout>;

/** All machines, below what their arrows say. */
export const MachinesPart = ({ of, layouts }: Machines & { layouts: Layouts }) => (
	<>
		<HeatLegend />
		{of.map((graph) => {
			const layout = layouts.get(graph);
			return layout === undefined ? null : <Machine graph={graph} layout={layout} />;
		})}
	</>
);

/** A machine as a state diagram, its arrows by how often they were taken; then every transition as a table. */
const Machine = ({ graph, layout }: { graph: MachineGraph; layout: Layout }) => {
	const { machine, transitions } = graph;
	const taken = sayTaken(takenOfGraph(graph));
	const title = `${machine}: ${taken}`;
	return (
		<article class="machine">
			<h3>
				{printable(machine)} <span class="aside">{taken}</span>
			</h3>
			<Scrolls label={`State diagram of ${machine}`}>
				<svg
					class="states"
					role="img"
					aria-label={`${title}. The table below lists them.`}
					width={layout.width + 2 * MARGIN}
					height={layout.height + 2 * MARGIN}
					viewBox={`${-MARGIN} ${-MARGIN} ${layout.width + 2 * MARGIN} ${layout.height + 2 * MARGIN}`}
				>
					{layout.states.map((state) => (
						<g class={state.parent ? 'state parent' : 'state'}>
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
					{layout.edges.map((edge) => (
						<EdgeDrawing edge={edge} />
					))}
				</svg>
			</Scrolls>
			<Still graph={graph} />
			<details class="folded">
				<summary>{sayArrows(graph)}</summary>
				<Scrolls label={`Transitions of ${machine}`}>
					<table>
						<Heads of={['in', 'on', 'goes to', 'taken']} numbers={['taken']} />
						<tbody>
							{transitions.map((transition) => (
								<tr class={transition.count === 0 ? 'never' : ''}>
									<td>{local(graph, transition.source)}</td>
									<td>
										<code>{printable(sayTransition(transition))}</code>
									</td>
									<td>{transition.target === null ? 'stays' : local(graph, transition.target)}</td>
									<td class="number">{sayOften(transition.count)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</Scrolls>
			</details>
		</article>
	);
};

/** Transitions that have no arrow, by the state that they are in: what is not drawn is listed. */
const Still = ({ graph }: { graph: MachineGraph }) => {
	const still = graph.transitions.filter((transition) => !isDrawn(graph, transition));
	const states = [...new Set(still.map(({ source }) => source))];
	return still.length === 0 ? null : (
		<dl class="still">
			{states.map((state) => (
				<div>
					<dt>in {local(graph, state)}</dt>
					<dd>
						{still
							.filter(({ source }) => source === state)
							.map((transition) => (
								<span class={transition.count === 0 ? 'never' : ''} data-still>
									<code>{printable(sayTransition(transition))}</code>
									{transition.target === null ? '' : ` → ${local(graph, transition.target)}`}{' '}
									{sayOften(transition.count, '×')}
								</span>
							))}
					</dd>
				</div>
			))}
		</dl>
	);
};

/** A state as its machine calls it. */
const local = ({ states }: MachineGraph, id: string): string =>
	states.some((state) => state.id === id) ? printable(id.slice(id.indexOf('.') + 1)) : 'any state';

const EdgeDrawing = ({ edge }: { edge: PlacedEdge }) => (
	<g class={`edge heat-${heat(edge.count)}`}>
		<polyline
			points={edge.points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
			marker-end="url(#head)"
		/>
		{edge.lines.map(({ words, count }, place) => (
			<text
				class={count === 0 ? 'never' : undefined}
				x={edge.label.x.toFixed(1)}
				y={(edge.label.y + 11 + place * 14).toFixed(1)}
			>
				{printable(words)}
			</text>
		))}
	</g>
);

/** What the arrows say. */
const HeatLegend = () => (
	<p class="legend">
		{['never', '1 to 9', '10 to 99', '100 to 999', '1,000 to 9,999', '10,000 and more'].map(
			(words, place) => (
				<span>
					<svg width="34" height="10" aria-hidden="true" class={`edge heat-${place}`}>
						<line x1="1" x2="33" y1="5" y2="5" />
					</svg>{' '}
					{words}
				</span>
			),
		)}
	</p>
);
