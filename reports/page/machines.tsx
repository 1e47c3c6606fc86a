import { printable } from '../../model/vocabulary/printable.ts';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { Machines } from '../review/document.ts';
import {
	sayArrows,
	sayOften,
	sayTaken,
	sayTransition,
	takenOfGraph,
} from '../wording/transitions.ts';
import type { Layout } from './drawing/machine-layout.ts';
import { local, MachineDrawing } from './machine-drawing.tsx';
import { Heads, Scrolls } from './parts.tsx';

/** Where states and arrows of each machine are drawn. */
export type Layouts = ReadonlyMap<MachineGraph, Layout>;

/** All machines, below what their arrows say. */
export const MachinesPart = ({ of, design, layouts }: Machines & { layouts: Layouts }) => (
	<>
		<HeatLegend />
		{of.map((graph) => {
			const layout = layouts.get(graph);
			return layout === undefined ? null : (
				<Machine design={design} graph={graph} layout={layout} />
			);
		})}
	</>
);

/** A machine as a state diagram, its arrows by how often they were taken; then every transition as a table. */
const Machine = ({
	design,
	graph,
	layout,
}: {
	design: string;
	graph: MachineGraph;
	layout: Layout;
}) => {
	const { machine, transitions } = graph;
	return (
		<article class="machine">
			<h3>
				{printable(machine)} <span class="aside">{sayTaken(takenOfGraph(graph))}</span>
			</h3>
			<MachineDrawing design={design} graph={graph} layout={layout} counted />
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
