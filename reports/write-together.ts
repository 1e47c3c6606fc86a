import {
	accessSync,
	closeSync,
	constants,
	copyFileSync,
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

/*
 * The reports of a run are written aside, into a folder `.X.draft` named after the first of them, which becomes
 * `.X.ready` in one step once all of them are on the disk. Whoever is killed before that has changed nothing; whoever
 * is killed after it has the reports put in their places by the next one that prepares the folder.
 */

/** A report: its name and what is in it. */
export type Report = readonly [name: string, content: string];

/** What an interrupted run may leave: `evidence.partial.json`. */
export const partial = (name: string): string => name.replace(/(\.\w+)$/, '.partial$1');

/**
 * Makes the folder for reports, so that what cannot be written later is known before any work. What is in it stays,
 * but a run that was killed is brought to one of two ends: its reports are put in place, or what it began goes.
 *
 * @param names reports that nobody else writes there now.
 * @throws an error of the file system when the folder cannot be written.
 */
export function prepareFolder(folder: string, names: readonly string[]): void {
	mkdirSync(folder, { recursive: true });
	accessSync(folder, constants.W_OK | constants.X_OK);
	const mine = withPartials(names);
	for (const entry of readdirSync(folder)) {
		const [, first] = /^\.(.+)\.ready$/.exec(entry) ?? [];
		if (first === undefined) continue;
		const held = readdirSync(join(folder, entry)).map((name) => nameOf(name));
		if (mine.includes(first) || held.some((name) => mine.includes(name)))
			putInPlace(folder, first, []);
	}
	for (const aside of mine.flatMap((name) => [draftOf(name), oldOf(name)]))
		remove(join(folder, aside));
}

/** What would keep these reports from being put in their places: paths at which there is something that is no file. */
export const inTheWay = (folder: string, names: readonly string[]): string[] =>
	withPartials(names)
		.map((name) => join(folder, name))
		.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === false);

/**
 * Writes the reports of one run into a folder in place of those of an earlier one: all of them or none, also where
 * one cannot be put in its place. At no moment do reports of two runs stand beside each other there, and the first,
 * which the others are told of, goes from old to new in one step. Returns the paths.
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
	const [[first] = ['']] = reports;
	const draft = join(folder, draftOf(first));
	const ready = join(folder, readyOf(first));
	try {
		remove(draft);
		mkdirSync(draft);
		for (const [name, content] of reports) writeToDisk(join(draft, name), content);
		for (const name of gone) writeToDisk(join(draft, goneOf(name)), '');
		renameSync(draft, ready);
		const undo: (() => void)[] = [];
		try {
			putInPlace(folder, first, undo);
		} catch (error) {
			for (const step of undo.reverse()) step();
			// In one step: half of it would be taken for the rest of a run that was killed.
			renameSync(ready, draft);
			throw error;
		}
	} finally {
		remove(draft);
	}
	return reports.map(([name]) => join(folder, name));
}

/** Puts what is ready in place, as far as that is not done yet. `undo` gets what takes each step back. */
function putInPlace(folder: string, first: string, undo: (() => void)[]): void {
	const ready = join(folder, readyOf(first));
	const old = join(folder, oldOf(first));
	const move = (name: string, from: string, to: string): void => {
		renameSync(join(from, name), join(to, name));
		undo.push(() => renameSync(join(to, name), join(from, name)));
	};
	const entries = readdirSync(ready);
	const names = entries.filter((entry) => nameOf(entry) === entry);
	const isThere = (name: string): boolean => isFile(join(folder, name));
	mkdirSync(old, { recursive: true });
	undo.push(() => remove(old));
	for (const name of entries.map(nameOf).filter((each) => each !== first && isThere(each)))
		move(name, folder, old);
	if (names.includes(first)) {
		if (isThere(first)) {
			copyFileSync(join(folder, first), join(old, first));
			undo.push(() => renameSync(join(old, first), join(folder, first)));
		}
		move(first, ready, folder);
	}
	for (const name of names) if (name !== first) move(name, ready, folder);
	remove(ready);
	remove(old);
}

const draftOf = (name: string): string => `.${name}.draft`;
const readyOf = (name: string): string => `.${name}.ready`;
const oldOf = (name: string): string => `.${name}.old`;

const goneOf = (name: string): string => `${name}.gone`;
/** Of an entry of a folder that is ready: the report that it is, or that goes. */
const nameOf = (entry: string): string => entry.replace(/\.gone$/, '');

const withPartials = (names: readonly string[]): string[] =>
	names.flatMap((name) => [name, partial(name)]);

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });

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
