import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'out', 'mulligan-data']);

/** Every folder that holds something of ours, from the top. */
function foldersIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter(
			(entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_OURS.has(entry.name),
		)
		.flatMap(({ name }) => [
			`${relative(ROOT, join(folder, name))}/`,
			...foldersIn(join(folder, name)),
		]);
}

test('every folder stands in the architecture with one line, and no other does', () => {
	const page = readFileSync(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
	const told = [...page.matchAll(/^\| `([^`]+\/)` \| \S.* \|$/gm)].map(([, folder]) => folder);
	expect(told.toSorted()).toEqual(foldersIn(ROOT).toSorted());
});
