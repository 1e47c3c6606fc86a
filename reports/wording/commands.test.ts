import { expect, test } from 'vitest';
import { simulationOf } from '../testing/simulation.ts';
import { sayRest, simulateCommand } from './commands.ts';

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
