import { areaY, barY, cell, dot, lineY, link, ruleX, ruleY, text } from '@observablehq/plot';
import type { SimulationEvidence, SimulationPoint } from '../../simulation-evidence.ts';
import { percent } from '../../wording/figures.ts';
import { draw } from './plot.ts';

/** A chart, what it shows, and its numbers as a table. */
export interface Chart {
	readonly title: string;
	readonly caption: string;
	/** One `<svg>`. */
	readonly svg: string;
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** Points of the sweep in which this and nothing else is varied. */
function varied(
	{ sweep }: SimulationEvidence,
	...ids: readonly string[]
): { readonly values: readonly number[]; readonly point: SimulationPoint }[] {
	return sweep.flatMap((point) => {
		const by = new Map((point.varied ?? []).map(({ id, value }) => [id, value] as const));
		const values = ids.flatMap((id) => by.get(id) ?? []);
		return by.size === ids.length && values.length === ids.length ? [{ values, point }] : [];
	});
}

const avoided = ({ red_without_flag, red_with_flag }: SimulationPoint): number =>
	(red_without_flag.mean - red_with_flag.mean) * 100;

const PERCENT = { percent: true, grid: true } as const;

/** Red tasks with and without the flag, by how many failures pass by themselves. */
function redTasks(evidence: SimulationEvidence): Chart | null {
	const points = varied(evidence, 'transient_share').map(({ values: [share = 0], point }) => ({
		share,
		point,
	}));
	if (points.length < 2) return null;
	const series = points.flatMap(({ share, point }) => [
		{ share, flag: 'without', ...point.red_without_flag },
		{ share, flag: 'with', ...point.red_with_flag },
	]);
	const last = series.slice(-2);
	return {
		title: 'Red tasks, with and without the flag',
		caption:
			'The more failures pass by themselves, the more the flag turns green. Bands are 95 % intervals.',
		svg: draw(
			'Lines: share of red tasks by share of transient failures, with and without the flag',
			{
				x: { ...PERCENT, label: 'share of failures that are transient, %' },
				y: { ...PERCENT, label: 'tasks that end red, %', zero: true },
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
					lineY(
						series.filter(({ flag }) => flag === 'without'),
						{ x: 'share', y: 'mean', className: 'without' },
					),
					lineY(
						series.filter(({ flag }) => flag === 'with'),
						{ x: 'share', y: 'mean', className: 'with' },
					),
					text(last, { x: 'share', y: 'mean', text: 'flag', dx: 6, textAnchor: 'start' }),
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

/** Red tasks avoided, by transient share and by how well a restart clears. */
function grid(evidence: SimulationEvidence): Chart | null {
	const cells = varied(evidence, 'transient_share', 'clearing').map(
		({ values: [share = 0, clearing = 0], point }) => ({
			share: percent(share, 0),
			clearing: percent(clearing, 0),
			avoided: avoided(point),
			said: avoided(point).toFixed(1),
		}),
	);
	if (cells.length === 0) return null;
	const most = Math.max(...cells.map((one) => one.avoided));
	return {
		title: 'Red tasks avoided of 100, where two things are uncertain',
		caption: 'How many failures are transient, and how often one restart clears such a failure.',
		svg: draw('Grid: red tasks avoided of 100 by transient share and by clearing', {
			x: { label: 'one restart clears a transient failure', padding: 0.04 },
			y: { label: 'share of failures that are transient', padding: 0.04, reverse: true },
			marginLeft: 64,
			marks: [
				cell(cells, {
					x: 'clearing',
					y: 'share',
					fillOpacity: (one: { avoided: number }) => 0.08 + 0.42 * (one.avoided / (most || 1)),
					className: 'tile',
				}),
				text(cells, { x: 'clearing', y: 'share', text: 'said', className: 'figure' }),
			],
		}),
		head: ['transient share', 'clearing', 'avoided of 100'],
		rows: cells.map(({ share, clearing, said }) => [share, clearing, said]),
	};
}

/** How often the quota runs out, by hour. */
function quota({ by_hour, daily_limit }: SimulationEvidence): Chart | null {
	if (by_hour.length === 0 || daily_limit === 0) return null;
	const hours = by_hour.map(({ hour, slots_in_use, exhausted, refused }) => ({
		hour,
		slots: slots_in_use.mean,
		exhausted,
		refused,
	}));
	const most = Math.max(...hours.map(({ slots }) => slots));
	return {
		title: 'When the quota runs out',
		caption: `Share of days on which all ${daily_limit} slots of the last 24 hours are in use, by hour of the day. On average at most ${most.toFixed(0)} are.`,
		svg: draw('Bars: share of days on which the quota runs out, by hour of the day', {
			x: { label: 'hour of the day', ticks: [0, 6, 12, 18, 23], type: 'band' },
			y: { ...PERCENT, label: 'days on which it ran out, %' },
			marks: [barY(hours, { x: 'hour', y: 'exhausted', className: 'bar' }), ruleY([0])],
		}),
		head: ['hour', 'slots in use', 'marks refused', 'days exhausted'],
		rows: hours.map(({ hour, slots, refused, exhausted }) => [
			String(hour),
			slots.toFixed(1),
			refused.mean.toFixed(2),
			percent(exhausted, 0),
		]),
	};
}

/** Percentages to be read off a scale of powers. */
const ROUND = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** From which share of transient failures on the flag pays. */
function breakEven({ break_even, assumptions }: SimulationEvidence): Chart | null {
	const lines = break_even.flatMap(({ triage_minutes, transient_share, by_price_ratio }) =>
		(by_price_ratio ?? [{ price_ratio: Number.NaN, transient_share }]).map((one) => ({
			minutes: triage_minutes,
			ratio: Number.isNaN(one.price_ratio) ? '' : `${one.price_ratio}×`,
			share: one.transient_share,
		})),
	);
	const known = lines.filter(({ share }) => share !== null && share > 0);
	if (known.length === 0) return null;
	const ends = [...new Map(known.map((one) => [one.ratio, one] as const)).values()];
	const shares = known.map(({ share }) => 100 * (share ?? 0));
	const [least, most] = [Math.min(...shares), Math.max(...shares)];
	const central = assumptions.find(({ id }) => id === 'triage_minutes')?.central;
	return {
		title: 'Where the flag begins to pay',
		caption:
			"By the minutes that a red task costs a person; one line for each price of a person's hour in machine hours. Above a line the flag pays.",
		svg: draw(
			'Lines: least share of transient failures at which the flag pays, by minutes of triage',
			{
				x: { label: 'minutes of a person for a red task', grid: true },
				// By powers of ten: at the dearest hours the lines lie close above nothing.
				y: {
					...PERCENT,
					type: 'log',
					label: 'transient share of failures, %',
					ticks: ROUND.filter((tick) => tick >= least && tick <= most),
					tickFormat: String,
				},
				marginRight: 48,
				marks: [
					...(central === undefined ? [] : [ruleX([central], { className: 'limit' })]),
					lineY(known, { x: 'minutes', y: 'share', z: 'ratio', className: 'with' }),
					text(ends, { x: 'minutes', y: 'share', text: 'ratio', dx: 6, textAnchor: 'start' }),
				],
			},
		),
		head: ['minutes', 'price of an hour', 'pays from'],
		rows: lines.map(({ minutes, ratio, share }) => [
			String(minutes),
			ratio === '' ? 'central' : ratio,
			share === null ? 'nowhere' : percent(share),
		]),
	};
}

/** Which assumption moves the result most, one at a time. */
function sensitivity(evidence: SimulationEvidence): Chart | null {
	const centre = avoided(evidence.central);
	const rows = evidence.assumptions.flatMap(({ id, label }) => {
		const points = varied(evidence, id).map(({ values: [value = 0], point }) => ({
			value,
			avoided: avoided(point),
		}));
		if (points.length === 0 || id === 'transient_share') return [];
		const all = [...points.map((one) => one.avoided), centre];
		return [{ id: id.replaceAll('_', ' '), label, low: Math.min(...all), high: Math.max(...all) }];
	});
	if (rows.length === 0) return null;
	rows.sort((a, b) => b.high - b.low - (a.high - a.low));
	return {
		title: 'What the result hangs on',
		caption:
			'Red tasks avoided of 100 when one assumption goes to its low and its high value and the others stay.',
		svg: draw('Ranges: red tasks avoided of 100 as each assumption goes from low to high', {
			marginLeft: 120,
			x: { label: 'red tasks avoided of 100', grid: true, zero: true },
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

/** All charts that the evidence has numbers for. */
export const charts = (evidence: SimulationEvidence): Chart[] =>
	[redTasks, breakEven, grid, sensitivity, quota].flatMap((chart) => chart(evidence) ?? []);
