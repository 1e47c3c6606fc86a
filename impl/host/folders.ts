import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';

const LONGEST_NAME = 100;

/** The folders of one execution below those of the agent. */
export const executionFolder = (base: string, { task, execution }: ExecutionRef): string =>
	join(base, folderName(task), String(execution));

/** An id as the name of one folder; never one that leads elsewhere, never too long for a file system. */
export function folderName(id: string): string {
	const name = encodeURIComponent(id).replace(/^\./, '%2E').replaceAll('*', '%2A');
	if (name.length <= LONGEST_NAME) return name;
	const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
	return `${name.slice(0, LONGEST_NAME - 17)}~${digest}`;
}

/** A folder cannot be made, or nothing can be written in it. */
export class UnusableFolder extends Error {
	override name = 'UnusableFolder';
}

/**
 * Makes a folder and those above it, if they are not there; gives its path, absolute and without links.
 *
 * @throws UnusableFolder
 */
export function usableFolder(path: string): string {
	try {
		makeFolder(resolve(path));
		accessSync(path, constants.W_OK | constants.X_OK);
		return realpathSync(path);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		throw new UnusableFolder(`the folder ${path} cannot be used: ${error.message}`);
	}
}

/** Step by step: Node's own recursion never ends where a file system refuses with ENOENT, as /proc does. */
function makeFolder(path: string): void {
	const found = statSync(path, { throwIfNoEntry: false });
	// What is there and is no folder makes `mkdir` fail, which says so.
	if (found?.isDirectory() === true) return;
	if (dirname(path) !== path) makeFolder(dirname(path));
	mkdirSync(path);
}
