import { describe, expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { SETUP } from '../testing/stories.ts';
import { tampered, withoutHistory } from '../testing/tampered.ts';
import { casesOf, commonSuite, type Skip } from './common.suite.ts';
import { model } from './model.ts';
import { reference, referenceOverStandardWire } from './reference.ts';
import type { System } from './system.ts';

/** Nothing is skipped now; a skip names the case and the reason. */
const SKIPS: Readonly<Record<'model' | 'reference' | 'standard wire', readonly Skip[]>> = {
	model: [],
	reference: [],
	'standard wire': [],
};

const tables = createTables();
commonSuite(() => model(tables), SKIPS.model);
commonSuite(() => reference(), SKIPS.reference);
commonSuite(referenceOverStandardWire, SKIPS['standard wire']);

describe('the common suite itself', () => {
	const play = async (id: string, system: System): Promise<void> => {
		const found = casesOf([]).find((one) => one.id === id);
		if (found === undefined) throw new RangeError(`there is no case "${id}"`);
		await found.play(system);
	};

	test('skips a case with its reason in the name, and no other', () => {
		const cases = casesOf([{ id: 'kept', reason: 'not yet' }]);
		expect(cases.filter(({ skipped }) => skipped !== null)).toMatchObject([
			{
				id: 'kept',
				skipped: 'not yet',
				name: 'never changes an observation once it was shown (not yet)',
			},
		]);
	});

	test('refuses to skip what it does not hold', () => {
		expect(() => casesOf([{ id: 'nothing', reason: 'none' }])).toThrow('no case "nothing"');
	});

	test('fails a system that is not deterministic', async () => {
		let count = 0;
		const moody = tampered('moody', (seen) => ({ ...seen, minute: count++ }));
		await expect(play('deterministic', moody)).rejects.toThrow();
	});

	test('fails a system that shows what no observation is', async () => {
		const odd = tampered('odd', (seen) => ({ ...seen, minute: -1 }));
		await expect(play('valid', odd)).rejects.toThrow();
	});

	test('fails a system that changes what it has shown', async () => {
		let first: Observation | null = null;
		const fickle = tampered('fickle', (seen, _, step) => {
			if (step === 0) first = { ...seen };
			if (first !== null && step === 2) first.minute = 99;
			return step === 0 && first !== null ? first : seen;
		});
		await expect(play('kept', fickle)).rejects.toThrow();
	});

	test('fails a system whose runs share something', async () => {
		let hours = 0;
		const shared = tampered('shared', (seen, event, step) => {
			if (step === 0) hours = 0;
			if (event !== null) hours++;
			return { ...seen, minute: hours };
		});
		await expect(play('fresh', shared)).rejects.toThrow();
	});

	test('fails a system that breaks a guarantee, or a scenario', async () => {
		const forgetful = withoutHistory('forgetful');
		await expect(play('guarantees', forgetful)).rejects.toThrow();
		const story = 'scenario: a-transient-clone-failure-is-retried-once.yml';
		await expect(play(story, forgetful)).rejects.toThrow();
	});
});

test('the model starts its tables again when they are full, and shows the same', async () => {
	const seen = await model(tables).start(SETUP);
	let restarts = 0;
	const full = createTables();
	for (const table of Object.values(full)) {
		Object.defineProperty(table, 'full', { value: true });
		const startAgain = table.startAgain.bind(table);
		table.startAgain = () => {
			restarts++;
			startAgain();
		};
	}
	const small = model(full);
	await small.start(SETUP);
	const run = await small.start(SETUP);
	expect(restarts).toBe(2 * Object.keys(full).length);
	expect(run.seen).toEqual(seen.seen);
});
