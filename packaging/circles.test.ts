import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { circlesIn } from './testing/circles.ts';

const ROOT = join(import.meta.dirname, '..');

/** Rooms in which no folders import each other, in whatever way round. Any other is added once it is untangled. */
const UNTANGLED = [
	'bench',
	'cli',
	'impl',
	'model',
	'packaging',
	'properties',
	'scenarios',
	'reports',
];

/** Sources but tests: these may use whatever there is. */
const sources = execFileSync('git', ['ls-files', '*.ts', '*.mjs'], { cwd: ROOT, encoding: 'utf8' })
	.split('\n')
	.filter((file) => file !== '' && !/\.(test|suite)\.ts$/.test(file));

/** What a file imports of this project, in the one way in which the formatter leaves it. */
const IMPORTED = /\b(?:from|import)[\s(]*'(\.[^']+)'/g;

/** What the folder of each file imports of other folders, types included. */
function importedFolders(): Map<string, Set<string>> {
	const folders = new Map<string, Set<string>>();
	for (const file of sources) {
		const folder = dirname(file);
		const imported = folders.get(folder) ?? new Set();
		folders.set(folder, imported);
		for (const [, fileName = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORTED)) {
			const other = posix.dirname(posix.join(folder, fileName));
			if (other !== folder) imported.add(other);
		}
	}
	return folders;
}

const folders = importedFolders();

test('folders that import each other are found, and no others', () => {
	const graph = { a: ['b', 'd'], b: ['c'], c: ['b'], d: [], e: ['e/f', 'a'], 'e/f': ['a', 'e'] };
	const small = new Map(Object.entries(graph).map(([from, to]) => [from, new Set(to)]));
	expect(circlesIn(small)).toEqual([
		['b', 'c'],
		['e', 'e/f'],
	]);
});

test.each(UNTANGLED)('no folders of %s import each other in a circle, types included', (room) => {
	const isInRoom = (folder: string) => folder === room || folder.startsWith(`${room}/`);
	expect([...folders.keys()].some(isInRoom)).toBe(true);
	expect(circlesIn(folders).filter((circle) => circle.some(isInRoom))).toEqual([]);
});
