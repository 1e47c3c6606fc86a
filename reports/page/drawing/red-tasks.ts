import { areaY, dot, lineY, ruleY, text } from '@observablehq/plot';
import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { percent } from '../../wording/figures.ts';
import { type Chart, fromZero, PERCENT, varied } from './chart.ts';
import { draw } from './plot.ts';

/** Labels that are closer than this part of the height would lie on each other. */
const CLOSE = 0.06;

/** Red tasks with and without the flag, by how many failures pass by themselves. */
export function redTasks(evidence: SimulationEvidence): Chart | null {
	const points = varied(evidence, 'transient_share').map(({ values: [share = 0], point }) => ({
		share,
		point,
	}));
	if (points.length === 0) return null;
	const series = points.flatMap(({ share, point }) => [
		{ share, flag: 'without', ...point.red_without_flag },
		{ share, flag: 'with', ...point.red_with_flag },
	]);
	const [bottom, top] = fromZero(
		series.flatMap(({ mean, high }) => [100 * mean, 100 * high]),
		1,
	);
	const last = series.slice(-2);
	const [upper = 0, lower = 0] = last.map(({ mean }) => 100 * mean);
	const close = Math.abs(upper - lower) < CLOSE * (top - bottom);
	return {
		title: 'Red tasks, with and without the flag',
		caption:
			'The more failures pass by themselves, the more the flag turns green. Bands are 95 % intervals.',
		svg: draw(
			'Lines: share of red tasks by share of transient failures, with and without the flag',
			{
				x: { ...PERCENT, label: 'share of failures that are transient, %', domain: [0, 100] },
				y: { ...PERCENT, label: 'tasks that end red, %', domain: [bottom, top], nice: true },
				marginRight: 64,
				marks: [
					ruleY([0]),
					areaY(series, {
						x: 'share',
						y1: 'low',
						y2: 'high',
						z: 'flag',
						className: 'band',
					}),
					...['without', 'with'].flatMap((flag) => {
						const own = series.filter((one) => one.flag === flag);
						const options = { x: 'share', y: 'mean', className: flag };
						return [lineY(own, options), ...(own.length === 1 ? [dot(own, options)] : [])];
					}),
					...last.map((one) =>
						text([one], {
							x: 'share',
							y: 'mean',
							text: 'flag',
							dx: 6,
							dy: close ? (one.flag === 'without' ? -7 : 7) : 0,
							textAnchor: 'start',
						}),
					),
				],
			},
		),
		head: ['transient share', 'red without', 'red with'],
		rows: points.map(({ share, point }) => [
			percent(share, 0),
			percent(point.red_without_flag.mean),
			percent(point.red_with_flag.mean),
		]),
	};
}
