import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { simulationOf } from '../../testing/simulation.ts';
import { charts } from './charts.ts';

test('each chart is one drawing with a name, its numbers, and nothing that the policy of the page refuses', () => {
	const drawn = charts(simulationOf());
	expect(drawn.map(({ title }) => title)).toEqual([
		'Red tasks, with and without the flag',
		'Where the flag begins to pay',
		'Red tasks avoided of 100, where two things are uncertain',
		'What the result hangs on',
		'When the quota runs out',
	]);
	for (const { svg, rows, head } of drawn) {
		const { document } = parseHTML(svg);
		expect(document.querySelectorAll('svg[role="img"][aria-label]')).toHaveLength(1);
		expect(document.querySelectorAll('style, [style], g[aria-label]')).toHaveLength(0);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) expect(row).toHaveLength(head.length);
	}
});

test('the numbers of a chart are those of the evidence', () => {
	const [red] = charts(simulationOf());
	expect(red?.rows).toContainEqual(['50 %', '13.0 %', '11.0 %']);
});

test('a chart without numbers is not drawn', () => {
	const bare = simulationOf({ sweep: [], by_hour: [], break_even: [], assumptions: [] });
	expect(charts(bare)).toEqual([]);
	expect(charts(simulationOf({ daily_limit: 0 })).map(({ title }) => title)).not.toContain(
		'When the quota runs out',
	);
});

/** The chart of this title, as a document. */
function drawn(title: string, evidence: SimulationEvidence) {
	const chart = charts(evidence).find((one) => one.title === title);
	if (chart === undefined) return null;
	const { document } = parseHTML(chart.svg);
	const attributes = (selector: string, name: string): number[] =>
		[...document.querySelectorAll(selector)].map((part) => Number(part.getAttribute(name)));
	return { ...chart, document, attributes };
}

const nothing = { mean: 0, low: 0, high: 0 };
const QUOTA = 'When the quota runs out';
const GRID = 'Red tasks avoided of 100, where two things are uncertain';
const HANGS_ON = 'What the result hangs on';
const RED = 'Red tasks, with and without the flag';
const PAYS = 'Where the flag begins to pay';

/** The same evidence, all of whose figures are this estimate. */
function allAlike(estimate: typeof nothing, exhausted: number): SimulationEvidence {
	const usual = simulationOf();
	const alike = (point: SimulationEvidence['central']) => ({
		...point,
		red_without_flag: estimate,
		red_with_flag: estimate,
	});
	return {
		...usual,
		central: alike(usual.central),
		sweep: usual.sweep.map(alike),
		by_hour: usual.by_hour.map((hour) => ({ ...hour, slots_in_use: estimate, exhausted })),
	};
}

describe('values that are all alike', () => {
	test('a bar of nothing has no height, and one of everything has all of it', () => {
		const none = drawn(QUOTA, allAlike(nothing, 0));
		expect(none?.attributes('.bar rect', 'height')).toEqual([0, 0]);
		expect(none?.caption).toContain('It never was so.');
		const all = drawn(QUOTA, allAlike(nothing, 1));
		const [height = 0] = all?.attributes('.bar rect', 'height') ?? [];
		expect(height).toBeGreaterThan(200);
		expect(all?.caption).not.toContain('never');
	});

	test('a bar is as high as its share of the highest', () => {
		const { by_hour } = simulationOf();
		const shares = [0.1, 0.05];
		const half = simulationOf({
			by_hour: by_hour.map((hour, at) => ({ ...hour, exhausted: shares[at] ?? 0 })),
		});
		const [whole = 0, part = 0] = drawn(QUOTA, half)?.attributes('.bar rect', 'height') ?? [];
		expect(part / whole).toBeCloseTo(0.5, 6);
	});

	test('a tile is pale where nothing is avoided, also where nothing is avoided anywhere', () => {
		expect(drawn(GRID, allAlike(nothing, 0))?.attributes('.tile rect', 'fill-opacity')).toEqual([
			0.08, 0.08,
		]);
		expect(drawn(GRID, simulationOf())?.attributes('.tile rect', 'fill-opacity')).toEqual([
			0.5, 0.5,
		]);
	});

	test('nothing stands outside the drawing or is no number, whatever the values', () => {
		const huge = { mean: 1e12, low: -1e12, high: 1e300 };
		for (const estimate of [nothing, { mean: 1, low: 1, high: 1 }, huge])
			for (const { svg, title } of charts(allAlike(estimate, 0)))
				expect(svg, title).not.toMatch(/NaN|Infinity|undefined/);
	});

	test('lines that end at the same place have labels beside each other', () => {
		const labels = drawn(RED, allAlike(nothing, 0))?.document.querySelectorAll('text') ?? [];
		const ends = [...labels].filter(({ textContent }) => /^with/.test(textContent ?? ''));
		expect(ends).toHaveLength(2);
		expect(new Set(ends.map((label) => label.getAttribute('transform'))).size).toBe(1);
		const shifted = ends.map((label) => label.parentElement?.getAttribute('transform'));
		expect(new Set(shifted).size).toBe(2);
	});
});

test('prices that pay alike share a label', () => {
	const alike = simulationOf({
		break_even: [1, 20].map((triage_minutes) => ({
			triage_minutes,
			transient_share: 0.1,
			by_price_ratio: [30, 100].map((price_ratio) => ({ price_ratio, transient_share: 0.1 })),
		})),
	});
	expect(drawn(PAYS, alike)?.svg).toContain('30×, 100×');
});

test('each step of the logarithmic scale says what it is, and the scale that it is one', () => {
	const { svg, caption } = drawn(PAYS, simulationOf()) ?? { svg: '', caption: '' };
	const said = [...parseHTML(svg).document.querySelectorAll('text')].map((one) => one.textContent);
	for (const tick of ['5', '10', '20']) expect(said).toContain(tick);
	expect(said).toContainEqual(expect.stringContaining('(logarithmic scale)'));
	expect(caption).toContain('logarithmic');
});

describe('few points', () => {
	test('the axis of shares goes from none to all, however many were simulated', () => {
		const { sweep } = simulationOf();
		const few = simulationOf({ sweep: sweep.slice(0, 2) });
		const ticks = [...(drawn(RED, few)?.document.querySelectorAll('text') ?? [])].map(
			({ textContent }) => textContent,
		);
		for (const tick of ['0', '20', '100']) expect(ticks).toContain(tick);
		expect(drawn(RED, few)?.document.querySelectorAll('circle')).toHaveLength(2);
	});

	test('one price that pays is a point, and a line does not go where it pays nowhere', () => {
		const at = (minutes: number, share: number | null) => ({
			triage_minutes: minutes,
			transient_share: share,
			by_price_ratio: [{ price_ratio: 100, transient_share: share }],
		});
		const one = drawn(PAYS, simulationOf({ break_even: [at(1, null), at(5, 0.2)] }));
		expect(one?.document.querySelectorAll('circle')).toHaveLength(1);
		expect(one?.caption).toContain('Where it pays nowhere, there is no line.');
		expect(one?.rows).toEqual([
			['1', '100×', 'nowhere'],
			['5', '100×', '20.0 %'],
		]);
		const gap = drawn(PAYS, simulationOf({ break_even: [at(1, 0.4), at(2, null), at(5, 0.2)] }));
		expect(gap?.document.querySelector('.with path')?.getAttribute('d')?.match(/M/g)).toHaveLength(
			2,
		);
	});
});

describe('what the result hangs on', () => {
	test('is held against the central values on as many days, not against those of more', () => {
		expect(drawn(HANGS_ON, simulationOf())?.rows).toEqual([
			['one restart clears it', '1.00', '2.00'],
		]);
		expect(drawn(HANGS_ON, simulationOf())?.caption).toContain(
			'100,000 tasks, 1.50 avoided of 100',
		);
		const { sweep } = simulationOf();
		expect(drawn(HANGS_ON, simulationOf({ sweep: sweep.slice(1) }))).toBeNull();
	});

	test('leaves out what was simulated at one end only', () => {
		const { sweep } = simulationOf();
		const cut = sweep.filter(({ varied }) => varied?.[0]?.value !== 0.95);
		expect(drawn(HANGS_ON, simulationOf({ sweep: cut }))).toBeNull();
	});
});
