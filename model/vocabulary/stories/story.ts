import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { Event } from '../events/event.ts';
import { printable } from '../printable.ts';
import { Setup } from '../setup.ts';
import { jsonExtent } from './json-extent.ts';

/** Most events in one story. */
export const STORY_LENGTH = 500;
/** Most characters of a replay token, and most bytes, values and levels of the story in it. */
export const TOKEN_LENGTH = 200_000;
const TOKEN_BYTES = 4_000_000;
const TOKEN_VALUES = 100_000;
const TOKEN_DEPTH = 32;

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

/**
 * The whole story in one word: `v2.`, its compressed JSON, and a checksum of that. The checksum is there
 * for what happens to a word that is copied about: it is cut, a character changes, something is joined to
 * it. It is no proof of who made the token.
 */
export function toToken(story: Story): string {
	const body = deflateRawSync(JSON.stringify(story), { level: 9 }).toString('base64url');
	return `v2.${body}.${checksumOf(body)}`;
}

/** Six characters. Any change of up to four characters in a row gives another one. */
function checksumOf(body: string): string {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(crc32(body));
	return bytes.toString('base64url');
}

export const isToken = (text: string): boolean => /^v\d+\./.test(text);

/** Whether it is of the first version, which has no checksum: an altered one may hold another story. */
export const isUncheckable = (token: string): boolean => token.startsWith('v1.');

/** @throws TokenError when the token is cut, altered, too long, of another version, or holds no story. */
export function fromToken(token: string): Story {
	if (token.length > TOKEN_LENGTH)
		throw new TokenError(
			`the token has ${token.length} characters, more than the ${TOKEN_LENGTH} allowed`,
		);
	const text = unpacked(bodyOf(token));
	const { depth, values } = jsonExtent(text);
	if (depth > TOKEN_DEPTH || values > TOKEN_VALUES)
		throw new TokenError(
			`the token holds no story: ${values} values, ${depth} deep, where a story has at most ${TOKEN_VALUES}, ${TOKEN_DEPTH} deep`,
		);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw damaged();
	}
	const story = Story.safeParse(value);
	if (story.success) return story.data;
	const issue = story.error.issues[0];
	const said = printable(`${issue?.path.join('.')}: ${issue?.message}`);
	throw new TokenError(`the token holds no story: ${said.slice(0, MOST_SAID)}`);
}

/** Most characters of a fault that are told. */
const MOST_SAID = 300;

const damaged = (): TokenError =>
	new TokenError('the token is damaged: copy it again, whole, from "v2." to its last character');

/** What stands between version and checksum, once the checksum agrees. */
function bodyOf(token: string): string {
	const [version = '', body = '', checksum, ...more] = token.split('.');
	if (version !== 'v1' && version !== 'v2')
		throw new TokenError(
			`the token begins with "${printable(version.slice(0, 12))}", expected "v2." (a later version needs a later mulligan)`,
		);
	const expected = version === 'v1' ? undefined : checksumOf(body);
	if (checksum !== expected || more.length > 0) throw damaged();
	return body;
}

/** The text in a body, which is written in one way only and has nothing behind its end. */
function unpacked(body: string): string {
	const bytes = Buffer.from(body, 'base64url');
	if (bytes.toString('base64url') !== body) throw damaged();
	try {
		const { buffer, engine } = inflate(bytes);
		if (engine.bytesWritten !== bytes.length) throw damaged();
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer);
	} catch {
		throw damaged();
	}
}

/** With `info`, which the types of Node do not know, it tells how many bytes it took. */
const inflate = (bytes: Buffer) =>
	inflateRawSync(bytes, {
		maxOutputLength: TOKEN_BYTES,
		info: true,
	}) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
