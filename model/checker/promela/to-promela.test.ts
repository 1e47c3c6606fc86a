import { expect, test, vi } from 'vitest';
import { machines } from '../../machines/index.ts';
import { createTables } from '../../system/tables.ts';
import { explore } from '../engine/explore/explore.ts';
import { Tables } from '../engine/tables/tables.ts';
import { RetryProduct } from '../retry/retry-product.ts';
import { small } from '../retry/testing/small-configurations.ts';
import { ExportError, toPromela, writingPromela } from './to-promela.ts';

const limits = { memory: 2 ** 28 };
const forgetful = machines.task.provide({ guards: { aborted: () => false } });
const broken = () =>
	new Tables(new RetryProduct(small.aborting, createTables({ task: forgetful })));

test.each([
	[
		'ran out of states',
		() => explore(new Tables(new RetryProduct(small.aborting)), { ...limits, states: 1000 }),
	],
	['ended with a broken promise', () => explore(broken(), limits)],
])('an exploration that %s is not exported', (_, incomplete) => {
	expect(() => toPromela(incomplete())).toThrow(ExportError);
});

test('a model says how large its graph is, and has no block that SPIN cannot take', () => {
	const exploration = explore(broken(), { ...limits, goOn: true });
	const model = toPromela(exploration);
	const { states, generated, breaches } = exploration;
	expect(model).toContain(`${states.count} states, ${generated} transitions`);
	expect(model).toContain(`${breaches.length} broken promises`);
	for (const block of model.split('c_decl')) expect(block.length).toBeLessThan(64 * 1024);
});

test('while it is written others have a turn, many times a second', () => {
	const exploration = explore(broken(), { ...limits, goOn: true });
	let now = 0;
	const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
		now += 1000;
		return now;
	});
	const turns = [...writingPromela(exploration)].length;
	clock.mockRestore();
	expect(turns).toBe(Math.floor(exploration.states.count / 16));
});
