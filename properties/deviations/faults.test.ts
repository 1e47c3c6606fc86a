import { expect, test } from 'vitest';
import { overrideOf } from '../systems/fault.ts';
import { FAULTS } from './faults.ts';

test('no fault is there twice, by id or by what is wrong', () => {
	const twice = (texts: readonly string[]) =>
		texts.filter((text, place) => texts.indexOf(text) !== place);
	expect(twice(FAULTS.map(({ id }) => id.toLowerCase()))).toEqual([]);
	const wrong = FAULTS.map((fault) =>
		Object.values(overrideOf(fault))
			.flatMap((decisions) => Object.entries(decisions))
			.map(([name, decides]) => `${name}: ${decides}`)
			.join('; '),
	);
	expect(twice(wrong)).toEqual([]);
	expect(wrong).not.toContain('');
});

test('each that breaks no promise is told as a difference, or not at all', () => {
	for (const { id, breaks, told, toured } of FAULTS)
		if (breaks.length === 0)
			expect([id, told ?? toured?.breaks]).toEqual([
				id,
				expect.toSatisfy((how) => [null, 'difference', 'unmet'].includes(how)),
			]);
});
