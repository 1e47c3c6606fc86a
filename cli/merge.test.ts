import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import { Evidence } from '../reports/evidence/evidence.ts';
import { checkOf, violationOf } from '../reports/testing/evidence.ts';
import { partOf } from '../reports/testing/parts.ts';
import { sourcesOf, wholeEvidenceOf } from '../reports/testing/whole-evidence.ts';
import { writeReports } from '../reports/write.ts';
import { worst } from './exit.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

/** Merges into a folder of its own, and tells with which status it would exit. */
const merge = (...args: string[]): Promise<unknown> =>
	exitStatus(['merge', ...args, '--output', join(folder, 'all')], {});

/** Folders of the parts of a made-up verification, one for each list of what is to be replaced. */
const folders = (...changes: Partial<Evidence>[]): string[] =>
	changes.map((change, place) => {
		const part = join(folder, `part-${place + 1}`);
		const { evidence } = partOf(place + 1, changes.length, change);
		writeReports(evidence, { folder: part, whole: true });
		return part;
	});

const merged = (): Evidence =>
	Evidence.parse(JSON.parse(readFileSync(join(folder, 'all/evidence.json'), 'utf8')));

/** Where S4 was never exercised. */
const idle = {
	guarantees: wholeEvidenceOf().guarantees.map((row) =>
		row.id === 'S4' ? { ...row, stories: 0, exercised: 0 } : row,
	),
};
const broken = {
	checks: [
		checkOf({
			...{ configuration: 'blocks-2', ending: 'broken', holds: [] },
			violations: [violationOf({ token: null })],
		}),
	],
};

test('the parts of a verification are judged together, and the reports of the whole written', async () => {
	const parts = folders({}, {});
	expect(await merge(...parts)).toBe(0);
	expect(merged()).toMatchObject({ verdict: 'holds', shard: null, stories: 2000 });
	expect(readdirSync(join(folder, 'all')).sort()).toEqual([
		'evidence.json',
		'junit.xml',
		'review.html',
		'review.md',
		'summary.md',
	]);
	const lines = stdout.join('\n').split('\n');
	expect(lines[0]).toMatch(/^holds: /);
	expect(lines.at(-1)).toBe(
		`holds; again with: npx mulligan merge ${parts.join(' ')} --output ${join(folder, 'all')}`,
	);
});

test('a run of a single part is merged too', async () => {
	expect(await merge(...folders({}))).toBe(0);
	expect(merged()).toMatchObject({ verdict: 'holds', shard: null, stories: 1000 });
});

describe('it exits by the merged verdict:', () => {
	test.each<[string, Partial<Evidence>, Partial<Evidence>, number, string]>([
		['violated in one part', {}, broken, 1, 'violated; again'],
		[
			'violated, whatever is allowed',
			{ allowed: ['never-exercised'] },
			broken,
			1,
			'violated; again',
		],
		['unknown', idle, idle, 3, 'unknown: S4 never exercised; again'],
		['unknown in one part only', idle, {}, 0, 'holds; again'],
		[
			'unknown for a reason that is allowed',
			{ ...idle, allowed: ['never-exercised'] },
			idle,
			0,
			'unknown: S4 never exercised (allowed: never-exercised); again',
		],
		[
			'unknown for another reason too',
			{ ...idle, allowed: ['never-exercised'], unrested: 1 },
			idle,
			3,
			'unknown: S4 never exercised; 1 story did not come to rest (allowed: never-exercised; not allowed: unrested); again',
		],
	])('%s', async (_, first, second, exit, said) => {
		const { allowed = [] } = first;
		expect(await merge(...folders(first, { ...second, allowed }))).toBe(exit);
		expect(stdout.join('\n')).toContain(`\n${said}`);
		expect(merged().verdict).toBe(said.split(/\W/)[0]);
		const file = (name: string) => readFileSync(join(folder, 'all', name), 'utf8');
		const passes = exit === 0;
		expect(/<(error|failure) /.test(file('junit.xml'))).toBe(!passes);
		const isSaid = said.includes('(allowed: never-exercised');
		for (const name of ['summary.md', 'review.md', 'review.html'])
			expect(file(name).includes('allowed: never-exercised'), name).toBe(isSaid);
	});
});

test('with --json one object has the merged evidence of each kind', async () => {
	expect(await merge(...folders({}, {}), '--json')).toBe(0);
	expect(stdout).toHaveLength(1);
	const said: unknown = JSON.parse(stdout[0] ?? '');
	expect(said).toEqual({ verification: merged(), check: null, designs: null });
});

describe('bad input, by which nothing is written:', () => {
	const refused = async (said: string | RegExp, ...args: string[]): Promise<void> => {
		expect(await merge(...args)).toBe(2);
		expect(stderr.join('\n')).toMatch(said);
		expect(stdout).toEqual([]);
		expect(existsSync(join(folder, 'all/evidence.json'))).toBe(false);
	};

	test('a folder that is empty, or not there, beside all parts', async () => {
		const parts = folders({}, {});
		mkdirSync(join(folder, 'empty'));
		await refused(/empty: there is no evidence of a part/, ...parts, join(folder, 'empty'));
		await refused(/nowhere: there is no evidence of a part/, ...parts, join(folder, 'nowhere'));
	});

	test('a part that was interrupted', async () => {
		const [first = ''] = folders({}, {});
		const { evidence } = partOf(2, 2, { interrupted: true });
		writeReports(evidence, { folder: join(folder, 'late'), whole: false });
		await refused(/late: this part was interrupted/, first, join(folder, 'late'));
	});

	test('a part that is missing, with the command that needs it', async () => {
		const [first = ''] = folders({}, {});
		await refused(/of 2 parts these are missing: 2\n.*npx mulligan merge .*part-1 needs/s, first);
	});

	test('parts that contradict themselves', async () => {
		const [first = '', second = ''] = folders({}, broken);
		const file = join(second, 'evidence.json');
		writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"violated"', '"unknown"'));
		await refused(
			/part-2.*: .*its parts come to "violated".*let that part run again/s,
			first,
			second,
		);
	});

	test('a file that is no evidence', async () => {
		const [first = '', second = ''] = folders({}, {});
		writeFileSync(join(second, 'evidence.json'), '{}');
		await refused(/part-2\/evidence\.json: not what it should be/, first, second);
	});

	test('a folder for the reports that is that of a part', async () => {
		const [first = '', second = ''] = folders({}, {});
		const before = readFileSync(join(first, 'evidence.json'), 'utf8');
		expect(await exitStatus(['merge', first, second, '--output', `${first}/`], {})).toBe(2);
		expect(stderr.join('\n')).toContain('would replace those of this part');
		expect(readFileSync(join(first, 'evidence.json'), 'utf8')).toBe(before);
	});

	test('no folder', async () => {
		await refused(/missing required argument 'folders'/);
	});
});

test('of several kinds the worst counts: violated, then unknown, then holds', () => {
	expect([worst([0, 3, 1]), worst([3, 0]), worst([0, 0])]).toEqual([1, 3, 0]);
});

describe('what check did in parts', () => {
	const names = ['merge-queue', 'dependents', 'agents'];
	const asked = ['check', ...names, '--memory', '512M'];
	const timeless = (file: string) => {
		const {
			created_at: _,
			seconds: __,
			...rest
		} = CheckEvidence.parse(JSON.parse(readFileSync(file, 'utf8')));
		return { ...rest, checks: rest.checks.map((check) => ({ ...check, seconds: 0 })) };
	};

	test('is together what the whole check is, with more parts than configurations; beside a verification the worse counts', async () => {
		expect(await exitStatus([...asked, '--output', join(folder, 'whole')])).toBe(0);
		const whole = timeless(join(folder, 'whole/check.json'));
		const parts = [1, 2, 3, 4].map((index) => join(folder, String(index)));
		for (const [place, output] of parts.entries())
			expect(await exitStatus([...asked, '--shard', `${place + 1}/4`, '--output', output])).toBe(0);
		expect(await merge(...parts)).toBe(0);
		expect(timeless(join(folder, 'all/check.json'))).toEqual(whole);
		// One kind in some of the folders only.
		const wrong = {
			sources: sourcesOf([1, 1, 500, 498]).map((source) =>
				source.name === 'scenarios' ? { ...source, broken: 1 } : source,
			),
		};
		const [first, ...others] = parts.map((output, place) => {
			const { evidence } = partOf(place + 1, 4, wrong);
			return () => writeReports(evidence, { folder: output, whole: true });
		});
		first?.();
		expect(await merge(...parts)).toBe(2);
		expect(stderr.join('\n')).toContain('of 4 parts these are missing: 2, 3, 4');
		// Two kinds in all of them.
		for (const write of others) write();
		const before = stdout.length;
		expect(await merge(...parts)).toBe(1);
		expect(stdout.slice(before).join('\n')).toMatch(
			/^holds: all [\s\S]*\n\nviolated: [\s\S]*\nviolated; again/,
		);
	}, 60_000);
});
