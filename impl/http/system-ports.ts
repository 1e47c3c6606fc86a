import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SameSecret } from '../ports/same-secret.ts';

/** The machine's clock, in milliseconds since 1970; held still while the machine's is set back. */
export function systemClock(): Clock {
	let last = 0;
	return {
		now_ms: () => {
			last = Math.max(last, Date.now());
			return last;
		},
	};
}

const SECRET_BYTES = 32;
/** Random bytes that no secret was made of yet; asking for many at once is cheaper. */
let unused = Buffer.alloc(0);

/** 256 bits a secret, from the machine's source of randomness. */
export const systemRandomness: Randomness = {
	secret: () => {
		if (unused.length < SECRET_BYTES) unused = randomBytes(64 * SECRET_BYTES);
		const secret = unused.toString('base64url', 0, SECRET_BYTES);
		unused = unused.subarray(SECRET_BYTES);
		return secret;
	},
};

/** Most hashes of kept secrets that are remembered: those of the agents at work. */
const MOST_HASHES = 10_000;

const digest = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** Compares hashes, which are of one length, in constant time; each server has one of its own. */
export function sameSecretInConstantTime(): SameSecret {
	const hashes = new Map<string, Buffer>();
	const digestOfKept = (kept: string): Buffer => {
		const known = hashes.get(kept);
		if (known !== undefined) return known;
		if (hashes.size >= MOST_HASHES) hashes.clear();
		const made = digest(kept);
		hashes.set(kept, made);
		return made;
	};
	return (shown, kept) => timingSafeEqual(digest(shown), digestOfKept(kept));
}
