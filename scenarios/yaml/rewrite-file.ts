import { randomUUID } from 'node:crypto';
import {
	accessSync,
	closeSync,
	constants,
	fchmodSync,
	fsyncSync,
	openSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isInside } from './inside.ts';

export type Rewritten =
	| { readonly kind: 'written' }
	| { readonly kind: 'left'; readonly why: string };

const left = (why: string): Rewritten => ({ kind: 'left', why });
const MARK = Buffer.from('\u{feff}');

/**
 * Puts another text in the place of that of a file, in one step, if it is still as it was read. A symbolic link stays one: what
 * it leads to is written, if that is inside the folder.
 *
 * @param before what was read, without a byte order mark, which stays.
 */
export function rewriteFile(
	path: string,
	before: string,
	after: string,
	folder: string,
): Rewritten {
	let draft: string | undefined;
	try {
		const real = realpathSync(path);
		if (!isInside(realpathSync(folder), real)) return left('it leads out of the project');
		const bytes = readFileSync(real);
		const mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
		// What was read, byte for byte.
		const was = Buffer.concat([mark, Buffer.from(before)]);
		accessSync(real, constants.W_OK);
		draft = join(dirname(real), `.${basename(real)}.${randomUUID()}.draft`);
		write(draft, Buffer.concat([mark, Buffer.from(after)]), statSync(real).mode);
		if (!readFileSync(real).equals(was)) return left('it was changed meanwhile');
		renameSync(draft, real);
		draft = undefined;
		return { kind: 'written' };
	} catch (error) {
		if (!(error instanceof Error && 'syscall' in error)) throw error;
		return left(`it cannot be written: ${error.message}`);
	} finally {
		if (draft !== undefined) rmSync(draft, { force: true });
	}
}

/** What is renamed before it is on the disk may be empty after the machine failed. */
function write(path: string, content: Buffer, mode: number): void {
	const file = openSync(path, 'wx', mode);
	try {
		fchmodSync(file, mode);
		writeFileSync(file, content);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
