import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../events/event.ts';
import { Setup } from '../setup.ts';
import {
	fromToken,
	isToken,
	isUncheckable,
	STORY_LENGTH,
	type Story,
	TOKEN_LENGTH,
	TokenError,
	toToken,
} from './story.ts';

const NAMES = ['h1', 'ĥ ü/%', '👩‍🔧', 'constructor', '"\\\'`'];
const name = fc.constantFrom(...NAMES);
const command = fc.record(
	{
		command: name,
		type: fc.constantFrom('test' as const, 'system' as const),
		variants: fc.array(name, { maxLength: 2 }),
		retry_on_failure: fc.boolean(),
	},
	{ requiredKeys: ['command'] },
);
const setup: fc.Arbitrary<Setup> = fc
	.record({
		commands: fc.array(command, { maxLength: 4 }),
		functions: fc.dictionary(name, fc.array(command, { maxLength: 2 })),
		hosts: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
		daily_limit: fc.nat(10_000),
	})
	.map(({ commands, functions, hosts, daily_limit }) =>
		Setup.parse({
			project: { id: 'p', tasks: [{ name: 'a', commands }], functions },
			tasks: [{ id: 't1', task: 'a', variant: 'v' }],
			hosts,
			policy: { daily_limit },
		}),
	);
const event: fc.Arbitrary<Event> = fc.oneof(
	name.map((host): Event => ({ kind: 'host-asks', host })),
	fc.integer({ min: 1, max: 48 }).map((hours): Event => ({ kind: 'hours-pass', hours })),
	fc.constantFrom<Event>(
		{ kind: 'message-lost', message: { leg: 'reply', route: 'mark', task: null, awaited: false } },
		{ kind: 'server-crashes', commit: 'after', message: { leg: 'request', route: 'end' } },
		{ kind: 'status-posted', host: 'h1', posted: { status: '💥', should_continue: true } },
		{ kind: 'request-forged', route: 'end', task: 't1', host: 'h1', credentials: 'none' },
	),
);
const story: fc.Arbitrary<Story> = fc.record({ setup, events: fc.array(event, { maxLength: 60 }) });

const STORY: Story = {
	setup: Setup.parse({
		project: { id: 'p', tasks: [{ name: 'a', commands: [] }] },
		tasks: [{ id: 't1', task: 'a', variant: 'v' }],
		hosts: ['h1'],
	}),
	events: [{ kind: 'host-asks', host: 'h1' }],
};

/** What a character of a token may become: what tokens are made of, and what they are not. */
const EDITS = [...'AZaz09-_+/=. \u{0}é', '👩'];

/** A token of whatever is given, be it a story or not. */
const pack = (text: string): string => signed(deflateRawSync(text).toString('base64url'));

/** A token whose checksum is right, whatever is in it. */
function signed(body: string): string {
	const sum = Buffer.from(crc32(body).toString(16).padStart(8, '0'), 'hex').toString('base64url');
	return `v2.${body}.${sum}`;
}

/** As tokens were written before they had a checksum. */
const packOld = (text: string): string => `v1.${deflateRawSync(text).toString('base64url')}`;

test('a story comes back from its token as it was', () => {
	fc.assert(
		fc.property(story, (told) => {
			const token = toToken(told);
			expect(isToken(token)).toBe(true);
			expect(token).toMatch(/^v2\.[\w-]+\.[\w-]{6}$/);
			expect(fromToken(token)).toEqual(told);
		}),
	);
});

test('a token of the first version is read, and is known for one that cannot be checked', () => {
	const old = packOld(JSON.stringify(STORY));
	expect(fromToken(old)).toEqual(STORY);
	expect([isUncheckable(old), isUncheckable(toToken(STORY))]).toEqual([true, false]);
});

test('the longest story has a token that is accepted', () => {
	const events = Array.from(
		{ length: STORY_LENGTH },
		(): Event => ({ kind: 'hours-pass', hours: 1 }),
	);
	expect(fromToken(toToken({ ...STORY, events })).events).toHaveLength(STORY_LENGTH);
});

describe('a token is refused with a TokenError', () => {
	const refusal = (token: string): string => {
		try {
			fromToken(token);
		} catch (error) {
			expect(error).toBeInstanceOf(TokenError);
			return error instanceof Error ? error.message : '';
		}
		throw new Error('it was accepted');
	};

	test('when it is cut, wherever', () => {
		const token = toToken(STORY);
		for (let length = 'v2.'.length; length < token.length; length++)
			expect(refusal(token.slice(0, length))).toContain('the token is damaged');
	});

	test('when any of its characters is another one, is missing, or is there twice', () => {
		const tokens = [...fc.sample(story, { seed: 1, numRuns: 4 }), STORY].map(toToken);
		let tried = 0;
		for (const token of tokens)
			for (let place = 0; place < token.length; place++) {
				const [before, after] = [token.slice(0, place), token.slice(place + 1)];
				for (const other of ['', token.slice(place, place + 1).repeat(2), ...EDITS]) {
					const altered = `${before}${other}${after}`;
					if (altered === token) continue;
					refusal(altered);
					tried++;
				}
			}
		expect(tried).toBeGreaterThan(40_000);
	});

	test('when two neighbours are swapped', () => {
		const token = toToken(STORY);
		for (let place = 0; place + 1 < token.length; place++) {
			const [one = '', two = ''] = token.slice(place, place + 2);
			if (one !== two) refusal(`${token.slice(0, place)}${two}${one}${token.slice(place + 2)}`);
		}
	});

	test('when anything is before or behind it', () => {
		const token = toToken(STORY);
		for (const more of [' ', '\n', '.', '=', 'A', '.A', ' and so on', token]) {
			refusal(`${token}${more}`);
			refusal(`${more}${token}`);
		}
	});

	test('when its body ends before the body does, or is written in another way', () => {
		const body = deflateRawSync(JSON.stringify(STORY));
		const more = Buffer.concat([body, Buffer.from('more')]).toString('base64url');
		expect(refusal(signed(more))).toContain('damaged');
		expect(refusal(`v1.${more}`)).toContain('damaged');
		const standard = [...fc.sample(story, { seed: 1, numRuns: 20 })]
			.map((told) => deflateRawSync(JSON.stringify(told)).toString('base64'))
			.find((text) => /[+/=]/.test(text));
		expect(refusal(signed(standard ?? ''))).toContain('damaged');
		expect(refusal(`v1.${standard}`)).toContain('damaged');
	});

	test.each([
		['many characters that mean nothing', `v2.${'A'.repeat(TOKEN_LENGTH - 10)}.AAAAAA`],
		['a great many dots', '.'.repeat(TOKEN_LENGTH)],
		['two million lists in one another', pack('['.repeat(2_000_000) + ']'.repeat(2_000_000))],
		[
			'a name that is two million lists',
			pack(`{"setup":${'{"project":'.repeat(300_000)}1${'}'.repeat(300_000)},"events":[]}`),
		],
		[
			'tens of thousands of unknown keys',
			pack(
				JSON.stringify({
					...STORY,
					...Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, 1])),
				}),
			),
		],
		['two million numbers', pack(`{"setup":1,"events":[${'1,'.repeat(1_900_000)}1]}`)],
		['a bomb', pack(' '.repeat(40_000_000))],
	])('in less than a fifth of a second, when it holds %s', (_, token) => {
		// The fastest of a few tries: what else the machine does is no fault of the reader.
		const tries = Array.from({ length: 8 }, () => {
			const began = performance.now();
			expect(refusal(token).length).toBeLessThan(500);
			return performance.now() - began;
		});
		expect(Math.min(...tries)).toBeLessThan(200);
	});

	test.each([
		['nothing', '', 'begins with "", expected "v2."'],
		['another version', 'v3.abc', 'begins with "v3", expected "v2."'],
		['something long that is no token', 'x'.repeat(100), `begins with "${'x'.repeat(12)}"`],
		['no body', 'v2.', 'damaged'],
		['no checksum', 'v2.abc', 'damaged'],
		['an empty checksum', 'v2.abc.', 'damaged'],
		['a version alone', 'v2', 'damaged'],
		['an old version without a body', 'v1.', 'damaged'],
		['what is not compressed', signed(Buffer.from('{}').toString('base64url')), 'damaged'],
		[
			'what is not text',
			signed(deflateRawSync(Buffer.of(0x22, 0xff, 0x22)).toString('base64url')),
			'damaged',
		],
		['what is not JSON', pack('{'), 'damaged'],
		['a number', pack('1'), 'holds no story'],
		['an empty object', pack('{}'), 'holds no story: setup:'],
		['a list of lists, very deep', pack('['.repeat(50_000) + ']'.repeat(50_000)), 'holds no story'],
		[
			'an unknown event',
			pack(JSON.stringify({ ...STORY, events: [{ kind: 'boom' }] })),
			'events.0.kind',
		],
		[
			'one event too many',
			pack(
				JSON.stringify({
					...STORY,
					events: Array.from({ length: STORY_LENGTH + 1 }, () => STORY.events[0]),
				}),
			),
			'holds no story: events',
		],
		[
			'a setup that is none',
			pack(JSON.stringify({ ...STORY, setup: { ...STORY.setup, hosts: ['h1', 'h1'] } })),
			'setup.hosts: a host is named twice',
		],
	])('when it holds %s', (_, token, said) => {
		expect(refusal(token)).toContain(said);
	});

	test('when it is too long, and then it is not even read', () => {
		const said = refusal(`v2.${'A'.repeat(TOKEN_LENGTH)}`);
		expect(said).toContain(`more than the ${TOKEN_LENGTH} allowed`);
		expect(said.length).toBeLessThan(200);
	});

	test('when a few characters would unpack to a great many', () => {
		const bomb = pack(' '.repeat(5_000_000) + JSON.stringify(STORY));
		expect(bomb.length).toBeLessThan(TOKEN_LENGTH);
		expect(refusal(bomb)).toContain('the token is damaged');
		expect(fromToken(pack(' '.repeat(1_000_000) + JSON.stringify(STORY)))).toEqual(STORY);
	});
});

test.each([
	['v1.abc', true],
	['v23.', true],
	['v1', false],
	['V1.abc', false],
	[' v1.abc', false],
	['story.yml', false],
])('whether "%s" looks like a token: %s', (text, is) => {
	expect(isToken(text)).toBe(is);
});
