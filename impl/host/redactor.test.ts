import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Redactor } from './redactor.ts';

const secret = (value: string) => ({ name: `n${value.length}`, value });
const redact = (secrets: readonly string[], pieces: readonly string[]): string => {
	const redactor = new Redactor(secrets.map(secret));
	return pieces.map((piece) => redactor.push(piece)).join('') + redactor.flush();
};

test('a secret is replaced by its name', () => {
	expect(redact(['hunter2'], ['the password is hunter2!'])).toBe('the password is <REDACTED:n7>!');
});

test('a secret is found across any number of pieces', () => {
	expect(redact(['hunter2'], ['hu', 'nt', 'er', '2', ' hunter'])).toBe('<REDACTED:n7> hunter');
});

test('of secrets that begin at one place the longest is replaced', () => {
	expect(redact(['abc', 'abcdef'], ['abc', 'def abcd'])).toBe('<REDACTED:n6> <REDACTED:n3>d');
});

test('what cannot become a secret any more is not held back', () => {
	const redactor = new Redactor([secret('hunter2')]);
	expect(redactor.push('hunt')).toBe('');
	expect(redactor.push('ing')).toBe('hunting');
	expect(redactor.flush()).toBe('');
});

test('secrets may hold what is special in patterns, and an empty one is none', () => {
	expect(redact(['a+b(c)[d]\\', ''], ['x a+b(c)[d]\\ y'])).toBe('x <REDACTED:n10> y');
});

test('however a text is cut, the result is the same and holds no secret', () => {
	const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });
	const secrets = fc.uniqueArray(
		fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 }),
		{ maxLength: 4 },
	);
	fc.assert(
		fc.property(fc.array(text), secrets, (pieces, values) => {
			const cut = redact(values, pieces);
			expect(cut).toBe(redact(values, [pieces.join('')]));
			for (const between of cut.split(/<REDACTED:n\d>/))
				for (const value of values) expect(between).not.toContain(value);
		}),
	);
});
