import {
	constants,
	copyFileSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readlinkSync,
	rmSync,
	type Stats,
	symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { plural } from '../../model/vocabulary/plural.ts';
import { printable } from '../../model/vocabulary/printable.ts';
import { leadsOut } from './inside.ts';

/** What a source may come to at the most. */
export interface Limits {
	/** Files, folders and links. */
	readonly entries: number;
	readonly bytes: number;
}

export const LIMITS: Limits = { entries: 200_000, bytes: 4 * 2 ** 30 };

/** How many of those left out are named. */
const NAMED = 3;

/** A source has more than it may have. */
export class TooMuch extends Error {
	override name = 'TooMuch';
}

/** What a folder comes to, counted up to its limits. */
export class Tally {
	files = 0;
	bytes = 0;
	/** Links that lead out of it. */
	readonly leaving: string[] = [];
	/** What is no file, folder or link. */
	readonly others: string[] = [];
	#entries = 0;
	readonly #limits: Limits;

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	/** @throws TooMuch */
	add({ path, kind, stats }: Entry): void {
		if (kind === 'leaving') this.leaving.push(path);
		if (kind === 'other') this.others.push(path);
		if (kind === 'file') this.count(stats.size);
		else this.#enter();
	}

	/** One file of this size. @throws TooMuch */
	count(bytes: number): void {
		this.#enter();
		this.files++;
		this.bytes += bytes;
		if (this.bytes > this.#limits.bytes)
			throw new TooMuch(`it is larger than ${sayBytes(this.#limits.bytes)}`);
	}

	#enter(): void {
		if (++this.#entries > this.#limits.entries)
			throw new TooMuch(`it has more than ${plural(this.#limits.entries, 'file')} and folders`);
	}

	toString(): string {
		return `${plural(this.files, 'file')}, ${sayBytes(this.bytes)}${this.#leftOut()}`;
	}

	#leftOut(): string {
		const said = [
			...sayNamed(this.leaving, 'link that leads out of it', 'links that lead out of it'),
			...sayNamed(this.others, 'that is no file', 'that are no files'),
		];
		return said.length === 0 ? '' : `; left out: ${said.join(', ')}`;
	}
}

function sayNamed(paths: readonly string[], one: string, several: string): string[] {
	if (paths.length === 0) return [];
	const more = paths.length > NAMED ? ', …' : '';
	const named = paths.slice(0, NAMED).map(printable).join(', ');
	return [`${plural(paths.length, one, several)} (${named}${more})`];
}

function sayBytes(bytes: number): string {
	if (bytes < 1000) return plural(bytes, 'byte');
	const [size, unit] = bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : [2 ** 30, 'GiB'];
	return `${(bytes / size).toFixed(bytes % size === 0 ? 0 : 1)} ${unit}`;
}

/** Something in a folder; `path` from its root. A folder comes before what is in it, and no link is followed. */
export interface Entry {
	readonly path: string;
	readonly kind: 'folder' | 'file' | 'link' | 'leaving' | 'other';
	readonly stats: Stats;
}

/** All that is in a folder, but for these names at its top. */
export function* entriesIn(root: string, without: readonly string[] = []): Generator<Entry> {
	const waiting = readdirSync(root)
		.filter((name) => !without.includes(name))
		.reverse();
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		const stats = lstatSync(join(root, path));
		const kind = kindOf(root, path, stats);
		yield { path, kind, stats };
		if (kind !== 'folder') continue;
		for (const name of readdirSync(join(root, path)).reverse()) waiting.push(join(path, name));
	}
}

function kindOf(root: string, path: string, stats: Stats): Entry['kind'] {
	if (stats.isFile()) return 'file';
	if (stats.isDirectory()) return 'folder';
	if (!stats.isSymbolicLink()) return 'other';
	return leadsOut(root, join(root, path)) ? 'leaving' : 'link';
}

/** Copies a folder to where nothing is; of links, those that stay in it. @throws TooMuch, or an error of the file system. */
export function copyTree(source: string, target: string, limits: Limits = LIMITS): Tally {
	const tally = new Tally(limits);
	mkdirSync(target);
	for (const entry of entriesIn(source)) {
		tally.add(entry);
		const [from, to] = [join(source, entry.path), join(target, entry.path)];
		if (entry.kind === 'folder') mkdirSync(to, entry.stats.mode | 0o700);
		else if (entry.kind === 'link') symlinkSync(readlinkSync(from), to);
		else if (entry.kind === 'file')
			copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
	}
	return tally;
}

/** Takes links that lead out of a clone away; names them. */
export function removeLeavingLinks(clone: string): string[] {
	const leaving = [...entriesIn(clone, ['.git'])].filter(({ kind }) => kind === 'leaving');
	for (const { path } of leaving) rmSync(join(clone, path));
	return leaving.map(({ path }) => path);
}
