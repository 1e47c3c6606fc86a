// Starts one of `packaging/entries.ts` in a checkout.
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Imports the source, in place. A run of the tests, which starts hundreds of processes, names a folder
 * in which it built these very sources before: loading that takes a third of the time.
 */
export async function start(source) {
	const built = process.env['MULLIGAN_BUILT'];
	if (built !== undefined) {
		const name = basename(fileURLToPath(source), '.ts');
		return import(pathToFileURL(join(built, `${name}.mjs`)).href);
	}
	await import('./sources.mjs');
	return import(source.href);
}
