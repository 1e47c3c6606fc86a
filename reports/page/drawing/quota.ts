import { barY, ruleY } from '@observablehq/plot';
import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { percent, plural } from '../../wording/figures.ts';
import { type Chart, fromZero, PERCENT } from './chart.ts';
import { draw } from './plot.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** How often the quota runs out, by hour. */
export function quota({ by_hour, daily_limit }: SimulationEvidence): Chart | null {
	if (by_hour.length === 0 || daily_limit === 0) return null;
	const hours = by_hour.map(({ hour, slots_in_use, exhausted, refused }) => ({
		hour,
		slots: slots_in_use.mean,
		exhausted,
		refused,
	}));
	const most = Math.max(...hours.map(({ slots }) => slots));
	const never = hours.every(({ exhausted }) => exhausted === 0);
	return {
		title: 'When the quota runs out',
		caption: `Share of days on which all ${plural(daily_limit, 'slot')} of the last 24 hours are in use, by hour of the day.${never ? ' It never was so.' : ''} On average at most ${most.toFixed(0)} are.`,
		svg: draw('Bars: share of days on which the quota runs out, by hour of the day', {
			x: { label: 'hour of the day', ticks: [0, 6, 12, 18, 23], type: 'band', domain: HOURS },
			y: {
				...PERCENT,
				label: 'days on which it ran out, %',
				domain: fromZero(
					hours.map(({ exhausted }) => 100 * exhausted),
					1,
				),
				nice: true,
			},
			marks: [barY(hours, { x: 'hour', y: 'exhausted', className: 'bar' }), ruleY([0])],
		}),
		head: ['hour', 'slots in use', 'marks refused', 'days exhausted'],
		rows: hours.map(({ hour, slots, refused, exhausted }) => [
			String(hour),
			slots.toFixed(1),
			refused.mean.toFixed(2),
			percent(exhausted),
		]),
	};
}
