import { dot, link, ruleX } from '@observablehq/plot';
import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { grouped } from '../../wording/figures.ts';
import { avoided, type Chart, fromZero, varied } from './chart.ts';
import { draw } from './plot.ts';

/**
 * Which assumption moves the result most, one at a time. The points of the sweep are compared with the central
 * values on as many days, which are one of them: the figures at the head of the section are of more days. An
 * assumption of which only one end was simulated is left out, as it would look like one that matters less.
 */
export function sensitivity(evidence: SimulationEvidence): Chart | null {
	const central = evidence.sweep.find((point) => (point.varied ?? []).length === 0);
	if (central === undefined) return null;
	const centre = avoided(central);
	const rows = evidence.assumptions.flatMap(
		({ id, label, low: least, central: middle, high: most }) => {
			const points = varied(evidence, id);
			const ends = [least, most].filter((end) => end !== middle);
			const whole = ends.every((end) => points.some(({ values }) => values[0] === end));
			if (id === 'transient_share' || points.length === 0 || !whole) return [];
			const all = [...points.map(({ point }) => avoided(point)), centre];
			return [
				{ id: id.replaceAll('_', ' '), label, low: Math.min(...all), high: Math.max(...all) },
			];
		},
	);
	if (rows.length === 0) return null;
	rows.sort((a, b) => b.high - b.low - (a.high - a.low));
	return {
		title: 'What the result hangs on',
		caption: `Red tasks avoided of 100 when one assumption goes to its low and its high value and the others stay. The dashed line is the central values on as many days as these points have: ${grouped(central.tasks)} tasks, ${centre.toFixed(2)} avoided of 100.`,
		svg: draw('Ranges: red tasks avoided of 100 as each assumption goes from low to high', {
			marginLeft: 120,
			x: {
				label: 'red tasks avoided of 100',
				grid: true,
				domain: fromZero(
					rows.flatMap(({ low, high }) => [low, high]),
					1,
				),
				nice: true,
			},
			y: { label: null, type: 'band', domain: rows.map(({ id }) => id) },
			marks: [
				ruleX([centre], { className: 'limit' }),
				link(rows, { x1: 'low', x2: 'high', y1: 'id', y2: 'id', className: 'range' }),
				dot(rows, { x: 'low', y: 'id', className: 'knob' }),
				dot(rows, { x: 'high', y: 'id', className: 'knob' }),
			],
		}),
		head: ['assumption', 'least', 'most'],
		rows: rows.map(({ label, low, high }) => [label, low.toFixed(2), high.toFixed(2)]),
	};
}
