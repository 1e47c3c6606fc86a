import { describe, expect, test } from 'vitest';
import { taskMachine } from '../../machines/task.ts';
import { unitMachine } from '../../machines/unit.ts';
import { createTables } from '../../system/tables.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { configurations } from '../configurations/index.ts';
import { sizedTo } from '../configurations/sized.ts';
import { type Exploration, Exploring, explore, inOneGo } from '../engine/explore/explore.ts';
import type { Exchange, Product } from '../engine/product/product.ts';
import { ProductError } from '../engine/product/product-error.ts';
import { Symmetry } from '../engine/symmetry/symmetry.ts';
import { Tables } from '../engine/tables/tables.ts';
import { countersProduct } from '../engine/testing/graph.ts';
import { check } from './check.ts';
import { RetryProduct } from './retry-product.ts';

const LIMITS = { memory: 2 ** 28 };

function folded<Label>(product: Product<Label>): Exploration<Label> {
	const tables = new Tables(product);
	const exploring = new Exploring(tables, LIMITS, new Symmetry(tables));
	return inOneGo(exploring.run(LIMITS, tables.initial));
}

/** The first two of some counters change places. */
const swap: Exchange<string> = {
	said: (label) =>
		JSON.stringify(label.replace(/^[01]/, (counter) => (counter === '0' ? '1' : '0'))),
	message: (message) => message,
};

describe('counters that are alike', () => {
	test('count as one state, whichever of them is ahead', () => {
		const { ending, states } = folded({ ...countersProduct(10), exchanges: [swap] });
		expect([ending, states.count]).toEqual(['complete', 55]);
		expect(folded(countersProduct(10)).states.count).toBe(100);
	});

	test('are refused if they are not', () => {
		const { rules, ...product } = countersProduct(10);
		const [first, second] = rules;
		if (first === undefined || second === undefined) throw new RangeError('two counters');
		const shorter = {
			...second,
			ask: ([number = 0]: readonly number[]) => [
				{ label: '1 counts on', writes: [(number + 1) % 9] },
			],
		};
		const unlike = { ...product, rules: [first, shorter], exchanges: [swap] };
		expect(() => folded(unlike)).toThrow(ProductError);
	});
});

function quick(name: string): Configuration {
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new RangeError(`no configuration is called "${name}"`);
	return sizedTo(sized, 'quick');
}

/** How many states are left if each counts as one with its twin; found on the whole graph, walking it twice at once. */
function orbits<Label>({ states, expander, tables }: Exploration<Label>): number {
	const said: string[] = [];
	const reads = (key: number): string => {
		said[key] ??= JSON.stringify(tables.labels.value(key));
		return said[key] ?? '';
	};
	const swapped = (text: string): string =>
		text.replace(/host-[12]/g, (host) => (host === 'host-1' ? 'host-2' : 'host-1'));
	const steps = (state: number, name: (text: string) => string): Map<string, number> => {
		const found = expander.expand(states.words, state * states.width);
		const { out, stride } = expander;
		return new Map(
			Array.from({ length: found }, (_, place) => [
				name(reads(out[place * stride + states.width] ?? -1)),
				states.find(out, place * stride),
			]),
		);
	};
	const twins = new Map([[0, 0]]);
	for (const [state, twin] of twins) {
		const others = steps(twin, (text) => text);
		for (const [text, next] of steps(state, swapped)) twins.set(next, others.get(text) ?? -1);
	}
	const alone = [...twins].filter(([state, twin]) => state === twin).length;
	return (states.count + alone) / 2;
}

describe('hosts that are alike', () => {
	test('leave as many states as there are without regard to which of them is which', () => {
		const { bounds, ...agents } = quick('agents');
		const configuration = { ...agents, bounds: { ...bounds, deaths: 0 } };
		const all = explore(new Tables(new RetryProduct(configuration)), LIMITS);
		const { ending, states } = folded(new RetryProduct(configuration));
		expect(ending).toBe('complete');
		expect(states.count).toBe(orbits(all));
		expect(states.count).toBeLessThan(all.states.count * 0.52);
	});

	test('leave what holds at each step as it is; liveness is not judged', async () => {
		const configuration = quick('merge-queue');
		const all = await check(configuration, { limits: LIMITS });
		const half = await check(configuration, { limits: LIMITS, symmetry: true });
		expect(half).toMatchObject({ verdict: 'unknown', ending: 'complete', depth: all.depth });
		expect(half.unjudged).toEqual(['L1', 'L2', 'L4', 'L5', 'L6', 'C5', 'deadlock']);
		for (const { id, verdict } of all.judged) {
			const expected = half.unjudged.includes(id) ? 'unknown' : verdict;
			expect([id, half.judged.find((one) => one.id === id)?.verdict]).toEqual([id, expected]);
		}
	});

	test.each([
		[
			'merge-queue',
			'S6',
			{ task: taskMachine.provide({ guards: { 'merge queue': () => false } }) },
		],
		['handover', 'S1', { unit: unitMachine.provide({ guards: { 'no budget': () => false } }) }],
	] as const)(
		'in %s, a broken machine breaks %s by a story that is as short, and replays',
		async (name, id, overrides) => {
			const found = async (symmetry: boolean) => {
				const machines = createTables(overrides);
				const { judged } = await check(quick(name), { limits: LIMITS, machines, symmetry });
				return judged.find((one) => one.id === id);
			};
			const [all, half] = [await found(false), await found(true)];
			expect([all?.verdict, half?.verdict]).toEqual(['violated', 'violated']);
			expect(half?.counterexample?.story.events).toHaveLength(
				all?.counterexample?.story.events.length ?? -1,
			);
			expect(half?.counterexample?.unavoidable).toBe(all?.counterexample?.unavoidable);
		},
	);

	test('change nothing where there is only one host', async () => {
		const checked = await check(quick('attackers'), { limits: LIMITS, symmetry: true });
		expect(checked).toMatchObject({ verdict: 'holds', unjudged: [] });
	});
});
