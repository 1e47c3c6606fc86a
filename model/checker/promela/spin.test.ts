import { afterEach, describe, expect, test } from 'vitest';
import { machines } from '../../machines/index.ts';
import { createTables } from '../../system/tables.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { type Exploration, explore } from '../engine/explore/explore.ts';
import { Tables } from '../engine/tables/tables.ts';
import { RetryProduct } from '../retry/retry-product.ts';
import { small } from '../retry/testing/small-configurations.ts';
import { spinIsMissing, Verifier } from './testing/spin.ts';
import { toPromela } from './to-promela.ts';

const limits = { memory: 2 ** 30 };

const tablesOf = (configuration: Configuration, machineTables = createTables()) =>
	new Tables(new RetryProduct(configuration, machineTables));

/** A task that forgets its abort when its execution ends. */
const forgetful = machines.task.provide({ guards: { aborted: () => false } });

describe.skipIf(spinIsMissing !== null)(
	`SPIN on an exported model${spinIsMissing === null ? '' : ` (${spinIsMissing})`}`,
	{ timeout: 180_000 },
	() => {
		let verifier: Verifier | null = null;
		afterEach(() => verifier?.remove());

		const search = (exploration: Exploration<unknown>, goOn: boolean) => {
			verifier?.remove();
			verifier = new Verifier(toPromela(exploration));
			return verifier.verify({ states: exploration.states.count, depth: 20_000, goOn });
		};

		test.each([
			['aborting', 10_000],
			['lossy', 100_000],
			['crashing', 100_000],
		] as const)('explores the very graph of %s, of at least %i states', (name, least) => {
			const exploration = explore(tablesOf(small[name]), limits);
			expect(exploration.ending).toBe('complete');
			expect(exploration.states.count).toBeGreaterThanOrEqual(least);
			expect(search(exploration, false)).toMatchObject({
				states: exploration.states.count,
				transitions: exploration.generated,
				errors: 0,
				complete: true,
			});
		});

		test('finds each promise that a broken machine breaks', () => {
			const tables = tablesOf(small.aborting, createTables({ task: forgetful }));
			const exploration = explore(tables, { ...limits, goOn: true });
			expect(exploration.ending).toBe('broken');
			expect(search(exploration, false)).toMatchObject({ errors: 1, complete: false });
			expect(search(exploration, true)).toMatchObject({
				states: exploration.states.count,
				transitions: exploration.generated,
				errors: exploration.breaches.length,
			});
		});
	},
);
