import { cell, text } from '@observablehq/plot';
import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { percent } from '../../wording/figures.ts';
import { avoided, type Chart, varied } from './chart.ts';
import { draw } from './plot.ts';

/** How dark a tile is for nothing avoided, and for the most. */
const PALE = 0.08;
const DARK = 0.5;

const inOrder = (values: readonly number[]): string[] =>
	[...new Set([...values].sort((a, b) => a - b))].map((value) => percent(value, 0));

/** Red tasks avoided, by transient share and by how well a restart clears. */
export function grid(evidence: SimulationEvidence): Chart | null {
	const points = varied(evidence, 'transient_share', 'clearing').map(
		({ values: [share = 0, clearing = 0], point }) => ({
			share,
			clearing,
			avoided: avoided(point),
		}),
	);
	if (points.length === 0) return null;
	const most = Math.max(...points.map((one) => one.avoided));
	const cells = points.map((one) => ({
		share: percent(one.share, 0),
		clearing: percent(one.clearing, 0),
		said: one.avoided.toFixed(1),
		dark: PALE + (DARK - PALE) * (most > 0 ? Math.max(0, one.avoided / most) : 0),
	}));
	return {
		title: 'Red tasks avoided of 100, where two things are uncertain',
		caption: 'How many failures are transient, and how often one restart clears such a failure.',
		svg: draw('Grid: red tasks avoided of 100 by transient share and by clearing', {
			x: {
				label: 'one restart clears a transient failure',
				padding: 0.04,
				domain: inOrder(points.map(({ clearing }) => clearing)),
			},
			y: {
				label: 'share of failures that are transient',
				padding: 0.04,
				reverse: true,
				domain: inOrder(points.map(({ share }) => share)),
			},
			// As they are, and not scaled to those that happen to be drawn.
			opacity: { type: 'identity' },
			marginLeft: 64,
			marks: [
				cell(cells, { x: 'clearing', y: 'share', fillOpacity: 'dark', className: 'tile' }),
				text(cells, { x: 'clearing', y: 'share', text: 'said', className: 'figure' }),
			],
		}),
		head: ['transient share', 'clearing', 'avoided of 100'],
		rows: cells.map(({ share, clearing, said }) => [share, clearing, said]),
	};
}
