/** Why a store could not do its work. */
export type StoreFault =
	/** Not a place where a store can be. */
	| 'wrong-place'
	| 'unreachable'
	/** The connection broke. Unless the message says otherwise nothing was committed. */
	| 'lost'
	/** Too many transactions stood in each other's way, for too long. */
	| 'busy'
	| 'full'
	/** Somebody else's process has the folder open. */
	| 'in-use'
	/** What was read is not what this version writes. */
	| 'unreadable'
	| 'other';

/**
 * An error of the store, in words for an operator. It has no cause: what drivers throw may hold secrets,
 * in the URL or in the parameters of a query.
 */
export class StoreError extends Error {
	override name = 'StoreError';
	readonly fault: StoreFault;
	/** SQLSTATE, or a code of the operating system; empty if there is none. */
	readonly code: string;

	constructor(fault: StoreFault, message: string, code = '') {
		super(message);
		this.fault = fault;
		this.code = code;
	}
}

/** The code of an error: an SQLSTATE, or one of the operating system. */
export function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	if (error instanceof AggregateError) return codeOf(error.errors[0]);
	return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A serialisation failure or a deadlock: the same transaction may well succeed if it is run again. */
export const isConflict = (error: unknown): boolean =>
	error instanceof Error && ['40001', '40P01'].includes(codeOf(error));

const messageOf = (error: unknown): string => {
	if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
	return error instanceof Error ? error.message : String(error);
};

/** SQLSTATE, its class, or a code of the operating system. */
const FAULTS: readonly (readonly [prefix: string, fault: StoreFault, saying: string])[] = [
	['28', 'unreachable', 'refuses the user'],
	['3D000', 'unreachable', 'does not exist'],
	['53100', 'full', 'has no space left'],
	['ENOSPC', 'full', 'has no space left'],
	['EFBIG', 'full', 'has no space left'],
	['53300', 'unreachable', 'has no connection to spare'],
	['55P03', 'busy', 'holds a record locked for too long'],
	['57014', 'busy', 'took too long'],
	['57P', 'lost', 'closed the connection'],
	['25P03', 'lost', 'closed the connection'],
	['08', 'lost', 'lost the connection'],
	['ECONNRESET', 'lost', 'lost the connection'],
	['EPIPE', 'lost', 'lost the connection'],
	['ECONNREFUSED', 'unreachable', 'cannot be reached'],
	['ENOTFOUND', 'unreachable', 'cannot be reached'],
	['EAI_AGAIN', 'unreachable', 'cannot be reached'],
	['ETIMEDOUT', 'unreachable', 'cannot be reached'],
	['EHOSTUNREACH', 'unreachable', 'cannot be reached'],
	['ENETUNREACH', 'unreachable', 'cannot be reached'],
];

/** Errors without a code, by their message. */
const UNCODED: readonly (readonly [pattern: RegExp, fault: StoreFault, saying: string])[] = [
	[/no space left|file too large/i, 'full', 'has no space left'],
	[/connection terminated|connection ended|connection error/i, 'lost', 'lost the connection'],
];

const OTHER = [null, 'other', 'failed'] as const;

/** What a driver threw, in words. */
export function explain(error: unknown, place: string): StoreError {
	if (error instanceof StoreError) return error;
	const said = messageOf(error);
	const code = codeOf(error);
	const [, fault, saying] =
		FAULTS.find(([prefix]) => code.startsWith(prefix)) ??
		UNCODED.find(([pattern]) => pattern.test(said)) ??
		OTHER;
	return new StoreError(fault, `the ${place} ${saying}: ${said}`, code);
}
