import { z } from 'zod';
import { Event } from '../events/event.ts';
import { printable } from '../printable.ts';
import { Setup } from '../setup.ts';
import { jsonExtent } from './json-extent.ts';

/** Most events in one story. */
export const STORY_LENGTH = 500;
/** Most characters of a replay token, and most bytes, values and levels of the story in it. */
export const TOKEN_LENGTH = 200_000;
export const TOKEN_BYTES = 4_000_000;
const TOKEN_VALUES = 100_000;
const TOKEN_DEPTH = 32;

/** A setup and the events that happen in it. An event that is not possible when its turn comes is skipped. */
export const Story = z.strictObject({
	setup: Setup,
	events: z.array(Event).max(STORY_LENGTH),
});
export type Story = z.infer<typeof Story>;

/*
 * A token without what compresses it: that is a port, which Node and a browser each have their own way through
 * (`story.ts`, and the client of the explorer).
 */

/** What a replay token must be, said to the person who gave a wrong one. */
export class TokenError extends Error {
	override name = 'TokenError';
}

export const isToken = (text: string): boolean => /^v\d+\./.test(text);

/** Whether it is of the first version, which has no checksum: an altered one may hold another story. */
export const isUncheckable = (token: string): boolean => token.startsWith('v1.');

export const damaged = (): TokenError =>
	new TokenError('the token is damaged: copy it again, whole, from "v2." to its last character');

/** The token around a compressed story. */
export function tokenAround(bytes: Uint8Array): string {
	const body = toBase64Url(bytes);
	return `v2.${body}.${checksumOf(body)}`;
}

/**
 * The compressed story in a token, once the checksum agrees.
 *
 * @throws TokenError when the token is cut, altered, too long, or of another version.
 */
export function bytesIn(token: string): Uint8Array<ArrayBuffer> {
	if (token.length > TOKEN_LENGTH)
		throw new TokenError(
			`the token has ${token.length} characters, more than the ${TOKEN_LENGTH} allowed`,
		);
	const [version = '', body = '', checksum, ...more] = token.split('.');
	if (version !== 'v1' && version !== 'v2')
		throw new TokenError(
			`the token begins with "${printable(version.slice(0, 12))}", expected "v2." (a later version needs a later mulligan)`,
		);
	const expected = version === 'v1' ? undefined : checksumOf(body);
	if (checksum !== expected || more.length > 0) throw damaged();
	const bytes = fromBase64Url(body);
	// A body is written in one way only.
	if (bytes === null || toBase64Url(bytes) !== body) throw damaged();
	return bytes;
}

/**
 * The story in the text that a token holds.
 *
 * @throws TokenError when it is none.
 */
export function storyIn(bytes: Uint8Array): Story {
	const text = textOf(bytes);
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

function textOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw damaged();
	}
}

/** Six characters. Any change of up to four characters in a row gives another one. */
function checksumOf(body: string): string {
	const sum = crc32(new TextEncoder().encode(body));
	return toBase64Url(Uint8Array.of(sum >>> 24, sum >>> 16, sum >>> 8, sum));
}

const CRC32 = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
	return rest;
});

function crc32(bytes: Uint8Array): number {
	let sum = 0xffffffff;
	for (const byte of bytes) sum = (CRC32[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
	return ~sum >>> 0;
}

function toBase64Url(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null: it is not written so. */
function fromBase64Url(body: string): Uint8Array<ArrayBuffer> | null {
	if (!/^[\w-]*$/.test(body)) return null;
	try {
		const text = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
		return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
	} catch {
		return null;
	}
}
