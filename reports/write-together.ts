import {
	accessSync,
	closeSync,
	constants,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** A report: its name and what is in it. */
export type Report = readonly [name: string, content: string];

/** What an interrupted run may leave: `evidence.partial.json`. */
export const partial = (name: string): string => name.replace(/(\.\w+)$/, '.partial$1');

/**
 * Makes the folder for reports, so that what cannot be written later is known before any work. What is in
 * it stays, but for drafts that a run which was killed has left.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function prepareFolder(folder: string, names: readonly string[]): void {
	mkdirSync(folder, { recursive: true });
	accessSync(folder, constants.W_OK | constants.X_OK);
	const drafts = names.flatMap((name) => [draftOf(name), draftOf(partial(name)), asideOf(name)]);
	for (const name of readdirSync(folder))
		if (drafts.includes(name)) rmSync(join(folder, name), { force: true });
}

/**
 * Writes the reports of one run into a folder in place of those of an earlier one: all of them or none. The
 * first is what the others are told of. Whoever is killed in the midst leaves the first one whole, old or
 * new, and none of the others that is told of another one. Returns the paths.
 *
 * @param gone names of reports that are told of the earlier run, and go with it.
 * @throws an error of the file system when a report cannot be written.
 */
export function writeTogether(
	folder: string,
	reports: readonly Report[],
	gone: readonly string[] = [],
): string[] {
	mkdirSync(folder, { recursive: true });
	const at = (name: string): string => join(folder, name);
	const names = reports.map(([name]) => name);
	const aside: string[] = [];
	let isNew = false;
	try {
		for (const [name, content] of reports) writeToDisk(at(draftOf(name)), content);
		for (const name of [...gone, ...names.slice(1)].filter((one) => isFile(at(one)))) {
			renameSync(at(name), at(asideOf(name)));
			aside.push(name);
		}
		for (const name of names) {
			renameSync(at(draftOf(name)), at(name));
			isNew = true;
		}
	} catch (error) {
		if (!isNew) for (const name of aside) renameSync(at(asideOf(name)), at(name));
		throw error;
	} finally {
		for (const name of names) rmSync(at(draftOf(name)), { force: true });
		for (const name of aside) rmSync(at(asideOf(name)), { force: true });
	}
	return names.map(at);
}

const draftOf = (name: string): string => `.${name}.draft`;
const asideOf = (name: string): string => `.${name}.aside`;

const isFile = (path: string): boolean =>
	statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** What is renamed before it is on the disk may be empty after the machine failed. */
function writeToDisk(path: string, content: string): void {
	const file = openSync(path, 'w');
	try {
		writeFileSync(file, content);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
