import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Redactor } from './redactor.ts';
import { spellingsOf } from './spellings.ts';

const SECRET = 'p4ss w"rd/+é\nand its second line';
const redact = (text: string): string => new Redactor([{ name: 's', value: SECRET }]).redact(text);
const base64 = (text: string, code: 'base64' | 'base64url' = 'base64'): string =>
	Buffer.from(text).toString(code);

test.each([
	['as JSON', JSON.stringify(SECRET)],
	['in a URL', encodeURIComponent(SECRET)],
	['in a form', String(new URLSearchParams({ '': SECRET })).slice(1)],
	['in small letters', encodeURIComponent(SECRET).toLowerCase()],
	['in hexadecimal', Buffer.from(SECRET).toString('hex')],
	['in large letters', Buffer.from(SECRET).toString('hex').toUpperCase()],
])('a secret is known %s', (_, text) => {
	expect(redact(`[${text}]`)).toMatch(/^\["?<REDACTED:s>"?\]$/);
});

test('a line of a secret is known alone', () => {
	expect(redact('  and its second line')).toBe('  <REDACTED:s>');
});

test('a secret is known in base64, whatever stands around it', () => {
	const around = fc.string({ maxLength: 7 });
	fc.assert(
		fc.property(
			around,
			around,
			fc.constantFrom('base64' as const, 'base64url' as const),
			(before, after, code) => {
				const shown = redact(base64(before + SECRET + after, code));
				expect(shown).toContain('<REDACTED:s>');
				const rest = shown.replace('<REDACTED:s>', '');
				// What is left belongs to the neighbours, but for the digits that they share with it.
				expect(rest.length).toBeLessThanOrEqual(base64(before).length + base64(after).length + 4);
			},
		),
	);
});

test('a short value is itself only', () => {
	expect([...spellingsOf('é b')]).toEqual(['é b']);
});
