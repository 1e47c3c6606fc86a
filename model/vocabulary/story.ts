import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { Event } from './event.ts';
import { Setup } from './setup.ts';

/** Most events in one story. */
export const STORY_LENGTH = 500;
/** Most characters of a replay token, and most bytes of the story in it. */
export const TOKEN_LENGTH = 200_000;
const TOKEN_BYTES = 4_000_000;

/** A setup and the events that happen in it. An event that is not possible when its turn comes is skipped. */
export const Story = z.strictObject({
	setup: Setup,
	events: z.array(Event).max(STORY_LENGTH),
});
export type Story = z.infer<typeof Story>;

/** What a replay token must be, said to the person who gave a wrong one. */
export class TokenError extends Error {
	override name = 'TokenError';
}

/** The whole story in one word: `v1.` and its compressed JSON. */
export function toToken(story: Story): string {
	return `v1.${deflateRawSync(JSON.stringify(story), { level: 9 }).toString('base64url')}`;
}

export const isToken = (text: string): boolean => /^v\d+\./.test(text);

/** @throws TokenError when the token is cut, altered, too long, of another version, or holds no story. */
export function fromToken(token: string): Story {
	if (token.length > TOKEN_LENGTH)
		throw new TokenError(
			`the token has ${token.length} characters, more than the ${TOKEN_LENGTH} allowed`,
		);
	const [version, body] = token.split('.', 2);
	if (version !== 'v1')
		throw new TokenError(
			`the token begins with "${version?.slice(0, 12)}", expected "v1." (a later version needs a later mulligan)`,
		);
	let value: unknown;
	try {
		value = JSON.parse(
			inflateRawSync(Buffer.from(body ?? '', 'base64url'), {
				maxOutputLength: TOKEN_BYTES,
			}).toString('utf8'),
		);
	} catch {
		throw new TokenError(
			'the token is damaged: copy it again, whole, from "v1." to its last character',
		);
	}
	const story = Story.safeParse(value);
	if (story.success) return story.data;
	const issue = story.error.issues[0];
	throw new TokenError(`the token holds no story: ${issue?.path.join('.')}: ${issue?.message}`);
}
