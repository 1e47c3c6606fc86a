import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fate } from './by-stories.ts';
import { type Mutant, mutate } from './mutants.ts';
import { show } from './shown.ts';
import { NATIVELY } from './switches.ts';
import { told } from './told.ts';

/** Known bugs and what is right, told again before the judges. */
const STORIES = 'packaging/mutants/judges.stories.ts';

/** Most time for all mutants together, and for one that is there from the beginning. */
const MOST_MS = { all: 3_600_000, one: 60_000 };

/**
 * Tries the mutants of sources of a folder by all tests of that folder; what they leave, by the stories of known bugs and of
 * what is right. A time-out is no kill: nothing said what is wrong.
 */
export async function* triedByTests(
	sources: readonly string[],
	onTold: (mutant: Mutant) => void,
): AsyncGenerator<[file: string, Map<Mutant, Fate>]> {
	// What StrykerJS's own command says is not asked for: it makes them, and lists them.
	const { mutants, copy } = mutate(sources, 'true');
	const tests = `${dirname(sources[0] ?? '')}/`;
	const place = `${copy}/`;

	/** Whether tests held; null: they went on and on. */
	const run = (filter: string, most: number, native?: string): boolean | null => {
		const { status } = spawnSync(
			'npx',
			['vitest', 'run', '--config', 'packaging/mutants/vitest.config.ts', '--bail', '1', filter],
			{
				cwd: copy,
				timeout: most,
				stdio: ['ignore', 'ignore', native === undefined ? 'inherit' : 'ignore'],
				env: { ...process.env, NODE_NO_WARNINGS: '1', ...(native && { [NATIVELY]: native }) },
			},
		);
		return status === null ? null : status === 0;
	};
	const runAll = (filter: string): void => {
		if (run(filter, MOST_MS.all) !== true)
			throw new Error(`${filter}: the tests fail with no mutant, or do not end`);
	};

	await show(place);
	runAll(tests);
	const loaded = told('loaded', place);
	const byTests = told('killed', place);
	runAll(STORIES);
	const [reached, killed, hung] = (['reached', 'killed', 'hung'] as const).map((kind) =>
		told(kind, place),
	);

	/** What was made while the module was loaded cannot be switched any more: such a mutant is there from the beginning. */
	const triedNatively = ({ id, file }: Mutant): Fate => {
		const beside = file.replace(/\.ts$/, '.test.ts');
		const filters = [...(existsSync(join(copy, beside)) ? [beside] : []), tests, STORIES];
		for (const filter of filters) {
			const held = run(filter, MOST_MS.one, id);
			if (held === null) return 'hung';
			if (!held) return filter === STORIES ? 'shown' : 'killed';
		}
		return 'survived';
	};
	const fateOf = (mutant: Mutant): Fate => {
		const { id } = mutant;
		if (byTests.has(id)) return 'killed';
		if (killed?.has(id)) return 'shown';
		if (hung?.has(id)) return 'hung';
		if (loaded.has(id)) return triedNatively(mutant);
		return reached?.has(id) ? 'survived' : 'unreached';
	};
	for (const file of new Set(mutants.map((mutant) => mutant.file))) {
		const fates = new Map<Mutant, Fate>();
		for (const mutant of mutants.filter((one) => one.file === file)) {
			onTold(mutant);
			fates.set(mutant, fateOf(mutant));
		}
		yield [file, fates];
	}
}
