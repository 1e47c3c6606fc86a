import { expect, test } from 'vitest';
import { SEEDED } from '../properties/deviations/seeded/index.ts';
import { overrideOf } from '../properties/systems/fault.ts';
import type { ReferenceOptions } from '../properties/systems/reference.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { stdout, stderr } = surroundEachTest();

const call = (args: readonly string[], toured?: ReferenceOptions): Promise<unknown> =>
	exitStatus(args, toured === undefined ? {} : { toured });

/** The monitor never makes up for a crash. */
const forgetful = SEEDED.find(({ id }) => id === 'the monitor keeps none of a group');

test('a tour says how many steps of how many the reference took', async () => {
	expect(await call(['tour', 'unanswered'])).toBe(0);
	expect(stdout.join('\n').split('\n')).toEqual([
		'holds: the reference takes every step as the model does (unanswered, profile quick)',
		'',
		'tour      7,211 of 7,211 steps taken by the reference',
		'anew      7 of them told from the beginning, and they show the same',
		'',
		'holds; again with: npx mulligan tour unanswered --profile quick',
	]);
});

test('in a larger size steps that are alike but for budgets and messages are taken once', async () => {
	expect(await call(['tour', 'unanswered', '--profile', 'standard', '--json'])).toBe(0);
	const said = JSON.parse(stdout.join('\n'));
	expect(said).toMatchObject({
		format: 'mulligan tour',
		verdict: 'holds',
		tours: [{ configuration: 'unanswered', extent: 'core steps', ending: 'complete' }],
	});
	const [{ taken, of }] = said.tours;
	expect(taken).toBe(of);
	expect(stderr).toEqual([]);
});

test('a part takes its share, decides nothing, and exits with 0', async () => {
	expect(await call(['tour', 'unanswered', '--shard', '2/3'])).toBe(0);
	const said = stdout.join('\n');
	expect(said).toMatch(/^unknown: this is part 2 of 3; the others take the other steps \(/);
	expect(said).toContain('2,404 of 2,404 steps taken by the reference');
	expect(said).toContain('again with: npx mulligan tour unanswered --profile quick --shard 2/3');
});

test('a step that is not taken as the model takes it is told with a line that replays it', async () => {
	expect(await call(['tour', 'group-crash'], forgetful && overrideOf(forgetful))).toBe(1);
	const said = stdout.join('\n');
	expect(said).toMatch(
		/^violated: the reference does not take every step as the model does \(group-crash, /,
	);
	expect(said).toMatch(
		/\nL1 in \d+ events \(tour of group-crash\): .*\nnpx mulligan replay v2\.\S+\n/,
	);
});

test('nothing is held on PGlite: that is told before anything is explored', async () => {
	expect(await call(['tour', 'overlap-next', '--on', 'live'])).toBe(2);
	expect(stderr.join('\n')).toBe(
		'mulligan: overlap-next: PGlite has one connection, so that nothing can be held on it (say --on live-postgres, or leave --on out)',
	);
});

test('check --tour tours what it has gone through, and its verdict is of both', async () => {
	expect(await call(['check', 'group-crash', '--tour'])).toBe(0);
	const said = stdout.join('\n');
	expect(said).toContain('\ntour      12,464 of 12,464 steps taken by the reference\n');
	expect(said).toContain('again with: npx mulligan check group-crash --profile quick --tour');
});

test('check --tour is violated where the reference does not take a step as the model does', async () => {
	expect(await call(['check', 'group-crash', '--tour'], forgetful && overrideOf(forgetful))).toBe(
		1,
	);
	expect(stdout.join('\n')).toMatch(
		/^violated: the reference does not take every step as the model does: group-crash \(/,
	);
});

test('check --tour needs every state', async () => {
	expect(await call(['check', 'group-crash', '--tour', '--bitstate'])).toBe(2);
	expect(stderr.join('\n')).toContain('leave --symmetry and --bitstate out');
});

test('a configuration that there is not is bad input', async () => {
	expect(await call(['tour', 'nowhere'])).toBe(2);
	expect(stderr.join('\n')).toContain('there is no configuration "nowhere"');
});
