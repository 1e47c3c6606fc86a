import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { writeTogether } from '../reports/write-together.ts';
import {
	BASELINE_CHARACTERS,
	type BaselineEntry,
	readBaseline,
	writeBaseline,
} from '../scenarios/lint/baseline.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { onDisk } from './on-disk.ts';

/** The entries of a baseline file. @throws BadInput when it cannot be read, or is none. */
export function baselineOf(path: string): readonly BaselineEntry[] {
	let text: string;
	try {
		const stat = statSync(path);
		if (!stat.isFile()) throw new BadInput(`${path}: this is not a file (name a baseline)`);
		if (stat.size > BASELINE_CHARACTERS)
			throw new BadInput(
				`${path}: this is no baseline: it has ${stat.size} bytes (write it again with --write-baseline)`,
			);
		text = readFileSync(path, 'utf8');
	} catch (error) {
		if (error instanceof BadInput) throw error;
		const why = error instanceof Error ? error.message : String(error);
		throw new BadInput(
			`${path}: the baseline cannot be read: ${why} (--write-baseline writes one)`,
		);
	}
	const read = readBaseline(text, path);
	if (read.kind === 'refused') throw new BadInput(describe(read.problem));
	return read.entries;
}

/**
 * Writes a baseline in one step, in the place of another one, if there is one.
 *
 * @throws BadInput when it cannot be written.
 */
export function saveBaseline(path: string, entries: readonly BaselineEntry[]): void {
	onDisk(
		path,
		{ what: 'the baseline', remedy: 'give a file that you may write with --write-baseline' },
		() => writeTogether(dirname(path), [[basename(path), writeBaseline(entries)]]),
	);
}

/** @throws BadInput when there is something that is no baseline, which is known before any work. */
export function refuseOthers(path: string): void {
	if (!existsSync(path)) return;
	try {
		baselineOf(path);
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		throw new BadInput(
			`${path}: there is something that is no baseline, and it stays as it is (move it away, or give another file with --write-baseline)`,
		);
	}
}
