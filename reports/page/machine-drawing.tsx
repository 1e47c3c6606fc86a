import { html, raw } from 'hono/html';
import { printable } from '../../model/vocabulary/printable.ts';
import type { DesignGraph, MachineGraph } from '../evidence/machine-graph.ts';
import { isDrawn, sayCounted, sayOften, sayTransition } from '../wording/transitions.ts';
import { type Layout, layOut } from './drawing/machine-layout.ts';

/** Pixels around a drawing, for the lines at its edge; and between two lines of a label. */
const MARGIN = 8;
const LINE = 14;

/** How often, in five steps of ten: the darker and thicker, the more often. Never is dashed. */
export const heat = (count: number): number =>
	count === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.log10(count)));

/** What machines are found by in a page: whoever shows one of them elsewhere takes its drawing from there. */
const keyOf = ({ design, graph }: DesignGraph): string => `${design}-${graph.machine}`;

interface Drawn extends DesignGraph {
	readonly layout: Layout;
	/** Whether it says how often each transition was taken. */
	readonly counted: boolean;
}

/**
 * A whole machine, to be zoomed and moved: each transition stands at its arrow, or in the list below. None is left out.
 */
export const MachineDrawing = ({ design, graph, layout, counted }: Drawn) => {
	const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
	return (
		<div class="drawn" data-drawn={keyOf({ design, graph })}>
			<div class="zoom" data-zoom hidden role="group" aria-label={`Zoom of ${graph.machine}`}>
				<button type="button" data-zooms="-">
					<span aria-hidden="true">−</span> Smaller
				</button>
				<button type="button" data-zooms="+">
					<span aria-hidden="true">+</span> Larger
				</button>
				<button type="button" data-zooms="0">
					As drawn
				</button>
				<button type="button" data-zooms="a">
					All of it
				</button>
				<span data-zoomed aria-live="polite">
					100 %
				</span>
				<span>
					Drag to move; <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> <kbd>a</kbd> and arrows in the
					drawing
				</span>
			</div>
			<div
				class="frame"
				data-frame
				role="region"
				aria-label={`State diagram of ${graph.machine}`}
				tabindex={0}
			>
				<svg
					class="states"
					role="img"
					aria-label={`States and arrows of ${graph.machine}`}
					width={width}
					height={height}
					viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
				>
					{layout.states.map(({ id, name, initial, parent, x, y, width, height }) => (
						<g class={parent ? 'state parent' : 'state'} data-state={id}>
							<rect x={x} y={y} width={width} height={height} rx="8" />
							{initial ? <circle cx={x + 9} cy={y + 9} r="3.5" /> : null}
							<text x={x + width / 2} y={parent ? y + 20 : y + height / 2 + 4}>
								{printable(name)}
							</text>
						</g>
					))}
					{layout.edges.map(({ points, label, transitions }) => {
						const of = transitions.flatMap((place) => graph.transitions[place] ?? []);
						const often = of.reduce((sum, { count }) => sum + count, 0);
						return (
							<g class={counted ? `edge heat-${heat(often)}` : 'edge'}>
								<polyline
									points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
									marker-end="url(#head)"
								/>
								{of.map((transition, place) => (
									<text
										class={counted && transition.count === 0 ? 'never' : undefined}
										x={label.x.toFixed(1)}
										y={(label.y + 11 + place * LINE).toFixed(1)}
									>
										{printable((counted ? sayCounted : sayTransition)(transition))}
									</text>
								))}
							</g>
						);
					})}
				</svg>
			</div>
			<Still graph={graph} counted={counted} />
		</div>
	);
};

/** Transitions that have no arrow, by the state that they are in: what is not drawn is listed. */
const Still = ({ graph, counted }: { graph: MachineGraph; counted: boolean }) => {
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
								<span class={counted && transition.count === 0 ? 'never' : ''} data-still>
									<code>{printable(sayTransition(transition))}</code>
									{transition.target === null ? '' : ` → ${local(graph, transition.target)}`}
									{counted ? ` ${sayOften(transition.count, '×')}` : ''}
								</span>
							))}
					</dd>
				</div>
			))}
		</dl>
	);
};

/** A state as its machine calls it. */
export const local = ({ states }: MachineGraph, id: string): string =>
	states.some((state) => state.id === id) ? printable(id.slice(id.indexOf('.') + 1)) : 'any state';

/**
 * Drawings that are there to be taken, and seen nowhere else.
 *
 * @param there what the page has already: it is not drawn again.
 * @param turn waited for before each.
 */
export async function drawingsAside(
	machines: readonly DesignGraph[],
	there: readonly DesignGraph[] = [],
	turn: () => Promise<void> = async () => {},
) {
	const known = new Set(there.map(keyOf));
	const texts: string[] = [];
	for (const { design, graph } of machines.filter((one) => !known.has(keyOf(one)))) {
		await turn();
		const layout = await layOut(graph);
		texts.push(
			String(
				await html`${<MachineDrawing design={design} graph={graph} layout={layout} counted={false} />}`,
			),
		);
	}
	return raw(`<template data-machines>${texts.join('')}</template>`);
}
