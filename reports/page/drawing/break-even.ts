import { axisY, dot, gridY, lineY, ruleX, text } from '@observablehq/plot';
import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { percent } from '../../wording/figures.ts';
import { type Chart, fromZero, PERCENT } from './chart.ts';
import { draw } from './plot.ts';

/** Percentages to be read off a scale of powers. */
const ROUND = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
/** Room above and below the values, so that one alone has an axis too. */
const ROOM = 1.25;

const sayShare = (share: number | null): string => (share === null ? 'nowhere' : percent(share));

interface End {
	readonly minutes: number;
	readonly share: number | null;
	readonly ratio: string;
}

/** Where each line ends, with the prices whose lines end there. */
function endsOf(known: readonly End[]): End[] {
	const ends = new Map(known.map((one) => [one.ratio, one] as const));
	const by = new Map<string, End>();
	for (const end of ends.values()) {
		const place = `${end.minutes} ${end.share}`;
		const there = by.get(place);
		by.set(place, there === undefined ? end : { ...end, ratio: `${there.ratio}, ${end.ratio}` });
	}
	return [...by.values()];
}

/** From which share of transient failures on the flag pays. */
export function breakEven({ break_even, assumptions }: SimulationEvidence): Chart | null {
	const lines = break_even
		.flatMap(({ triage_minutes, transient_share, by_price_ratio }) =>
			(by_price_ratio ?? [{ price_ratio: Number.NaN, transient_share }]).map((one) => ({
				minutes: triage_minutes,
				ratio: Number.isNaN(one.price_ratio) ? '' : `${one.price_ratio}×`,
				said: one.transient_share,
				// No number where there is no point: the line is broken there.
				share: (one.transient_share ?? 0) > 0 ? one.transient_share : Number.NaN,
			})),
		)
		.sort((a, b) => a.minutes - b.minutes);
	const known = lines.filter(({ share }) => !Number.isNaN(share));
	if (known.length === 0) return null;
	const ends = endsOf(known);
	const shares = known.map(({ share }) => 100 * (share ?? 0));
	const [least, most] = [Math.min(...shares) / ROOM, Math.min(100, Math.max(...shares) * ROOM)];
	const ticks = ROUND.filter((tick) => tick >= least && tick <= most);
	const central = assumptions.find(({ id }) => id === 'triage_minutes')?.central;
	const rule = central === undefined ? [] : [central];
	return {
		title: 'Where the flag begins to pay',
		caption: `By the minutes that a red task costs a person; one line for each price of a person's hour in machine hours. Above a line the flag pays. The scale upwards is logarithmic: each step is so many times the one below.${
			lines.some(({ said }) => said === null) ? ' Where it pays nowhere, there is no line.' : ''
		}${lines.some(({ said }) => said === 0) ? ' Where it pays from 0 % on, there is none either.' : ''}`,
		svg: draw(
			'Lines: least share of transient failures at which the flag pays, by minutes of triage',
			{
				x: {
					label: 'minutes of a person for a red task',
					grid: true,
					domain: fromZero([...lines.map(({ minutes }) => minutes), ...rule], 1),
				},
				// By powers of ten: at the dearest hours the lines lie close above nothing.
				y: {
					...PERCENT,
					type: 'log',
					domain: [least, most],
					// Drawn below: by itself Plot labels not all ticks of such a scale.
					axis: null,
					grid: false,
				},
				marginRight: 48,
				marks: [
					gridY(ticks),
					axisY(ticks, {
						label: 'transient share of failures, % (logarithmic scale)',
						text: (tick: number) => String(tick),
					}),
					ruleX(rule, { className: 'limit' }),
					lineY(lines, { x: 'minutes', y: 'share', z: 'ratio', className: 'with' }),
					dot(known, { x: 'minutes', y: 'share', r: 2, className: 'with' }),
					text(ends, { x: 'minutes', y: 'share', text: 'ratio', dx: 6, textAnchor: 'start' }),
				],
			},
		),
		head: ['minutes', 'price of an hour', 'pays from'],
		rows: lines.map(({ minutes, ratio, said }) => [
			String(minutes),
			ratio === '' ? 'central' : ratio,
			sayShare(said),
		]),
	};
}
