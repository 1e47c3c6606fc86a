import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { Design } from '../model/vocabulary/design.ts';

/** `--design`: how a mark can reach the app server, in place of what a setup says. */
export const designOption = (what = 'how a mark can reach the app server'): Option =>
	new Option('--design <design>', what).choices(Design.options);

/** `--verbose`: all that is known, where a line or two stand else. */
export const verboseOption = (): Option =>
	new Option('--verbose', 'print all details, not only how many there are').default(false);

/** `--json`: one object on stdout, whatever happens. */
export const jsonOption = (what: string): Option =>
	new Option('--json', `print ${what} as one JSON object and nothing else`).default(false);

/** Seeds are what the generators take: 32-bit integers. */
export const MAX_SEED = 0x7fff_ffff;

export function seed(text: string): number {
	const value = Number(text);
	if (!/^-?\d+$/.test(text) || Math.abs(value) > MAX_SEED)
		throw new InvalidArgumentError(`expected a whole number from -${MAX_SEED} to ${MAX_SEED}`);
	return value;
}

/** A whole number within these bounds. */
export const wholeNumber =
	(least: number, most: number) =>
	(text: string): number => {
		const value = Number(text);
		if (!/^\d+$/.test(text) || value < least || value > most)
			throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
		return value;
	};

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
/** Longest time that can be asked for, in hours. */
const MOST_HOURS = 24 * 7;

/** So many seconds, minutes or hours, and how that was typed, so that it can be said again. */
export interface Span {
	readonly seconds: number;
	readonly typed: string;
}

/** A time such as 90s, 10m or 1.5h. */
export function span(text: string): Span {
	const typed = text.trim();
	const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([smh])$/.exec(typed) ?? [];
	const seconds = Number(number) * (SECONDS[unit] ?? Number.NaN);
	if (number === '' || !(seconds > 0) || seconds > MOST_HOURS * 3600)
		throw new InvalidArgumentError(
			`expected a time such as 90s, 10m or 8h, of at most ${MOST_HOURS} hours`,
		);
	return { seconds, typed };
}

export function portNumber(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port > 65_535)
		throw new InvalidArgumentError('expected a port number from 0 (any) to 65535');
	return port;
}

export function positiveNumber(text: string): number {
	const value = Number(text);
	if (!Number.isFinite(value) || value <= 0)
		throw new InvalidArgumentError('expected a number larger than 0');
	return value;
}

export function webAddress(text: string): string {
	if (!/^https?:/.test(text) || !URL.canParse(text))
		throw new InvalidArgumentError('expected an address such as http://localhost:8080');
	return text;
}

/** Most threads. */
export const MOST_WORKERS = 64;

export const workerCount = wholeNumber(1, MOST_WORKERS);

/** How many threads work unless somebody says so. */
export const usualWorkers = (cores = availableParallelism()): number =>
	Math.min(cores, MOST_WORKERS);

const UNITS: Readonly<Record<string, number>> = {
	'': 1,
	K: 2 ** 10,
	M: 2 ** 20,
	G: 2 ** 30,
	T: 2 ** 40,
};

/** Least memory that a search can begin with. */
const LEAST_BYTES = 2 ** 20;

/** So many bytes, and how that was typed, so that it can be said again. */
export interface Size {
	readonly bytes: number;
	readonly typed: string;
}

/** A number of bytes, or one with K, M, G or T. */
export function byteSize(text: string): Size {
	const typed = text.trim();
	const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)(?:i?B)?$/i.exec(typed) ?? [];
	const bytes = Math.floor(Number(number) * (UNITS[unit.toUpperCase()] ?? Number.NaN));
	if (number === '' || !Number.isSafeInteger(bytes) || bytes < LEAST_BYTES)
		throw new InvalidArgumentError('expected a size of at least 1M, such as 512M or 8G');
	return { bytes, typed };
}
