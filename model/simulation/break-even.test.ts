import { expect, test } from 'vitest';
import { breakEven, saved } from './break-even.ts';

/** Red tasks avoided rise with the share, hours too but less. */
const effects = [0, 0.1, 0.2, 0.4].map((transient_share) => ({
	transient_share,
	avoided: transient_share / 10,
	hours: 0.02 + transient_share / 100,
}));

test('what a red task less saves is in machine hours', () => {
	expect(saved({ avoided: 0.5, hours: 3 }, { triage_minutes: 30, price_ratio: 20 })).toBe(2);
});

test('break-even lies on the line between two shares', () => {
	// 0.1 s x 10 / 60 x 60 - 0.02 - 0.01 s = 0.99 s - 0.02.
	const share = breakEven(effects, { triage_minutes: 10, price_ratio: 60 });
	expect(share).toBeCloseTo(0.02 / 0.99, 12);
});

test('dearer minutes let the flag pay earlier, and cheap ones nowhere', () => {
	const at = (triage_minutes: number) => breakEven(effects, { triage_minutes, price_ratio: 60 });
	expect(at(20)).toBeLessThan(at(10) ?? 0);
	expect(at(0.1)).toBeNull();
});

test('where restarts cost nothing it pays as soon as anything is saved', () => {
	const free = effects.map((effect) => ({ ...effect, hours: 0 }));
	expect(breakEven(free, { triage_minutes: 1, price_ratio: 1 })).toBe(0);
	expect(breakEven([], { triage_minutes: 1, price_ratio: 1 })).toBeNull();
});
