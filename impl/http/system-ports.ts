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

/** 256 bits a secret, from the machine's source of randomness. */
export const systemRandomness: Randomness = {
	secret: () => randomBytes(32).toString('base64url'),
};

/** Compares hashes, which are of one length, in constant time. */
export const sameSecretInConstantTime: SameSecret = (shown, kept) =>
	timingSafeEqual(hash('sha256', shown, 'buffer'), hash('sha256', kept, 'buffer'));
