import { statfsSync } from 'node:fs';
import { StoreError } from './errors.ts';

const MEGABYTE = 1_048_576;

/**
 * The embedded PostgreSQL must never fail to begin a new file of its log, of 16 MB: it would spin for
 * ever and nothing in this process would run again. Twice as much keeps it from coming to that.
 */
const RESERVE_MB = 32;

/** Throws unless there is room to go on. Takes microseconds. */
export function requireSpace(folder: string, place: string): void {
	const { bavail, bsize } = statfsSync(folder);
	const free_mb = Math.floor((bavail * bsize) / MEGABYTE);
	if (free_mb < RESERVE_MB)
		throw new StoreError(
			'full',
			`the ${place} has no space left: ${free_mb} MB are free, and at least ${RESERVE_MB} MB are needed`,
			'ENOSPC',
		);
}
