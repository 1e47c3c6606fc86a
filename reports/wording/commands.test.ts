import { expect, test } from 'vitest';
import { simulationOf } from '../testing/simulation.ts';
import { hostCommand, makesOf, quoted, runCommand, sayRest, simulateCommand } from './commands.ts';

test('the command simulates the same days again', () => {
	expect(simulateCommand(simulationOf({ days: 28, tasks_per_day: 71, daily_limit: 0 }))).toBe(
		'npx mulligan simulate project.yml --tasks 1988 --days 28 --limit 0 --seed 3',
	);
	expect(sayRest(simulationOf())).toBeNull();
});

test('as many tasks a day as were simulated come out of it, also where the sum was rounded up', () => {
	const command = simulateCommand(simulationOf({ days: 60_000, tasks_per_day: 1667 }));
	const [, tasks] = /--tasks (\d+) /.exec(command) ?? [];
	expect(Number(tasks)).toBeLessThanOrEqual(100_000_000);
	expect(Math.round(Number(tasks) / 60_000)).toBe(1667);
});

test('of an interrupted simulation it prints what it can, and says what it cannot', () => {
	const unfinished = 'interrupted at central values, day 5 of 100';
	const few = simulationOf({ days: 4, tasks_per_day: 50, unfinished });
	expect(simulateCommand(few)).toContain('--tasks 500 --days 10 ');
	expect(sayRest(few)).toContain('not reproducible, as 10 days are the fewest');
	const more = simulationOf({ days: 40, tasks_per_day: 50, unfinished });
	expect(simulateCommand(more)).toContain('--tasks 2000 --days 40 ');
	expect(sayRest(more)).toContain('prints the central values again');
});

test.each([
	['ci/evergreen.yml', 'ci/evergreen.yml'],
	['-x.yml', './-x.yml'],
	['--help', './--help'],
	["-it's.yml", "'./-it'\\''s.yml'"],
	['a b.yml', "'a b.yml'"],
	['~/x', "'~/x'"],
	['', "''"],
])('the file %j is pasted as %s', (file, pasted) => expect(quoted(file)).toBe(pasted));

test('what begins with a dash and is no file stands behind two of them', () => {
	expect(hostCommand('h1')).toBe('npx mulligan host h1');
	expect(hostCommand('-h 1')).toBe("npx mulligan host -- '-h 1'");
	expect(runCommand({ file: '-x.yml', task: '-t', variant: '-v', status_port: 0 })).toBe(
		'npx mulligan run --variant -v --status_port 0 -- ./-x.yml -t',
	);
	expect(runCommand({ file: 'x.yml', task: 't', working_directory: '-w' })).toBe(
		'npx mulligan run --working_directory ./-w x.yml t',
	);
});

test('what makes evidence of a project that is not known makes it of one that comes along', () => {
	expect(makesOf({ project: null })).toMatchObject({
		evidence: 'npx mulligan verify',
		simulation: 'npx mulligan simulate example',
	});
	expect(makesOf({ project: '-x.yml', output: 'out' })).toMatchObject({
		evidence: 'npx mulligan verify ./-x.yml --output out',
		designs: 'npx mulligan designs --output out',
		simulation: 'npx mulligan simulate ./-x.yml --output out',
	});
});
