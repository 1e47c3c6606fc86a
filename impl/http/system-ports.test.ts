import { expect, test } from 'vitest';
import { sameSecretInConstantTime, systemClock, systemRandomness } from './system-ports.ts';

test('secrets are 256 bits each, and never the same', () => {
	const secrets = Array.from({ length: 1000 }, () => systemRandomness.secret());
	expect(new Set(secrets).size).toBe(1000);
	for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
});

test('secrets are the same only if they are equal, whatever their lengths', () => {
	expect(sameSecretInConstantTime('abc', 'abc')).toBe(true);
	for (const shown of ['', 'ab', 'abcd', 'ABC', 'äc', 'xbc', 'abx'])
		expect(sameSecretInConstantTime(shown, 'abc')).toBe(false);
});

test("the clock does not go back when the machine's does", () => {
	const clock = systemClock();
	const { now } = Date;
	const before = clock.now_ms();
	try {
		Date.now = () => before - 5000;
		expect(clock.now_ms()).toBe(before);
		Date.now = () => before + 5000;
		expect(clock.now_ms()).toBe(before + 5000);
	} finally {
		Date.now = now;
	}
});
