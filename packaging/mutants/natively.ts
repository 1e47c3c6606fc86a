import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';
import { NATIVELY, NONE } from './switches.ts';
import { type Kind, tell } from './told.ts';

/*
 * Tries mutants that are there from the beginning, one after the other, in the folder in which it runs: each is given a thread
 * of its own, which loads all modules anew, but they are read and made ready once for all of them.
 * `natively.ts <tests>[,<stories>] <id of a mutant> <its file>…`
 */

const [filters = '', ...mutants] = process.argv.slice(2);
const [tests = '', stories] = filters.split(',');

const vitest = await createVitest('test', {
	config: 'packaging/mutants/vitest.config.ts',
	watch: false,
	bail: 1,
	reporters: [{}],
});
const all = await vitest.globTestSpecifications([tests]);
const told = stories === undefined ? [] : await vitest.globTestSpecifications([stories]);

/** Those beside the file find most: they come first. */
function inOrder(file: string): readonly (typeof all)[] {
	const beside = resolve(file.replace(/\.ts$/, '.test.ts'));
	const isBeside = ({ moduleId }: { readonly moduleId: string }): boolean => moduleId === beside;
	return [
		...(existsSync(beside) ? [all.filter(isBeside)] : []),
		all.filter((one) => !isBeside(one)),
		told,
	];
}

async function fateOf(file: string): Promise<Kind> {
	for (const some of inOrder(file)) {
		if (some.length === 0) continue;
		const { testModules, unhandledErrors } = await vitest.runTestSpecifications([...some]);
		// What it tells is of all that it ever ran.
		const ran = new Set(some.map(({ moduleId }) => moduleId));
		const failed = testModules.some((module) => ran.has(module.moduleId) && !module.ok());
		if (failed || unhandledErrors.length > 0) return some === told ? 'shown' : 'killed';
	}
	return 'survived';
}

process.env[NATIVELY] = NONE;
if ((await fateOf('')) !== 'survived') throw new Error('the tests fail with no mutant');

for (let at = 0; at + 1 < mutants.length; at += 2) {
	const [id = '', file = ''] = mutants.slice(at, at + 2);
	process.env[NATIVELY] = id;
	tell(await fateOf(file), [id]);
}
await vitest.close();
process.exit(0);
