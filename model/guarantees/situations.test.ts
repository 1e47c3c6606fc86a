import { describe, expect, it } from 'vitest';
import { guarantees } from './index.ts';
import { SITUATIONS, WITNESSES } from './situations.ts';

describe('situations', () => {
	it('have names of their own', () => {
		const names = SITUATIONS.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('put to the test a half that its guarantee has', () => {
		const halves = guarantees.flatMap(({ id, witness }) =>
			witness.map(({ name }) => `${id} ${name}`),
		);
		for (const { name, guarantee, half } of SITUATIONS)
			expect(halves, name).toContain(`${guarantee} ${half}`);
	});

	it('are the witnesses of every half of every guarantee, and more', () => {
		expect(WITNESSES.map(({ guarantee }) => guarantee)).toEqual(
			guarantees.flatMap(({ id, witness }) => witness.map(() => id)),
		);
		expect(SITUATIONS.length).toBeGreaterThan(WITNESSES.length);
	});
});
