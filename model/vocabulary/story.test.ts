import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from './event.ts';
import { Setup } from './setup.ts';
import {
	fromToken,
	isToken,
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

/** A token of whatever is given, be it a story or not. */
const pack = (text: string): string => `v1.${deflateRawSync(text).toString('base64url')}`;

test('a story comes back from its token as it was', () => {
	fc.assert(
		fc.property(story, (told) => {
			const token = toToken(told);
			expect(isToken(token)).toBe(true);
			expect(token).toMatch(/^v1\.[\w-]+$/);
			expect(fromToken(token)).toEqual(told);
		}),
	);
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
		for (let length = 'v1.'.length; length < token.length - 1; length++)
			expect(refusal(token.slice(0, length))).toContain('the token is damaged');
	});

	test('or still holds some story, when any of its characters is altered', () => {
		fc.assert(
			fc.property(story, fc.nat(), fc.constantFrom(...'AZaz09-_ .\u{0}é'), (told, at, other) => {
				const token = toToken(told);
				const place = at % token.length;
				const altered = `${token.slice(0, place)}${other}${token.slice(place + 1)}`;
				try {
					expect(fromToken(altered).setup.tasks.length).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toBeInstanceOf(TokenError);
				}
			}),
			{ numRuns: 200 },
		);
	});

	test.each([
		['nothing', '', 'begins with "", expected "v1."'],
		['another version', 'v2.abc', 'begins with "v2", expected "v1."'],
		['something long that is no token', 'x'.repeat(100), `begins with "${'x'.repeat(12)}"`],
		['no body', 'v1.', 'damaged'],
		['a version alone', 'v1', 'damaged'],
		['what is not compressed', `v1.${Buffer.from('{}').toString('base64url')}`, 'damaged'],
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
		const said = refusal(`v1.${'A'.repeat(TOKEN_LENGTH)}`);
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
