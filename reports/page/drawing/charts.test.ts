import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
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
