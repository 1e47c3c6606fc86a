import { randomBytes, timingSafeEqual } from 'node:crypto';
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

/**
 * Compares in constant time. Secrets of another length differ at once, which tells no more than the length:
 * that of all secrets is the same, and known.
 */
export const sameSecretInConstantTime: SameSecret = (shown, kept) => {
	const [one, other] = [Buffer.from(shown), Buffer.from(kept)];
	return one.length === other.length && timingSafeEqual(one, other);
};
