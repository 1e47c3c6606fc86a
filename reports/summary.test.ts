import { expect, test } from 'vitest';
import { summary } from './summary.ts';
import { evidenceOf, HOSTILE, hostileEvidence } from './testing/evidence.ts';

const lines = (page: string): string[] => page.split('\n');

test('tells verdict, numbers, bound, project and what was never taken', () => {
	const page = summary(evidenceOf());
	expect(lines(page)[0]).toBe('# mulligan verify: holds');
	for (const fact of [
		'1000 stories with 30000 events on model and reference, seed 42, profile quick, 12.3 s.',
		'up to 120 events with up to 3 tasks on 2 hosts; not exhaustive',
		'`project.yml`, 3 tasks, 2 of them with a flagged command',
		'- project.yml:7:3: the flag on a call has no effect',
		'| S1 | bounded-restarts | holds | 12 | 34 |',
		'| L1 | promised-restart | holds | 56 | 78 |',
		'| generated projects | 999 | holds |',
		'Canary "count not checked" was caught after 22 stories: One restart too many.',
		'59 of 60',
		'- never taken: task: task on FORGED [late]',
	])
		expect(page).toContain(fact);
	expect(page).not.toContain('## Findings');
	expect(page.endsWith('\n')).toBe(true);
});

test('says why it is unknown in place of numbers', () => {
	const page = summary(evidenceOf({ verdict: 'unknown', reason: 'it was interrupted' }));
	expect(page).toContain('# mulligan verify: unknown\n\nit was interrupted\n');
});

test('says that nothing counts when the canary was not caught', () => {
	expect(summary(hostileEvidence())).toContain(
		'Canary "count not checked" was NOT caught in 22 stories: nothing above counts.',
	);
});

test('says nothing of a project where there is none', () => {
	expect(summary(evidenceOf({ project: null }))).not.toContain('Project:');
});

test('gives each finding with the line that replays it', () => {
	const page = summary(hostileEvidence());
	expect(page).toContain('## Findings');
	expect(page).toContain('**S1** (scenarios: a-story.yml, 5 events): ');
	expect(page).toContain('**diverged** (');
	expect(page).toContain('```\nnpx mulligan replay v1.finding\n```');
	expect(page).toContain('```\nnpx mulligan replay v1.other\n```');
});

test('keeps the rows of its tables whole, whatever stands in them', () => {
	const rows = lines(summary(hostileEvidence())).filter((line) => line.startsWith('|'));
	const columns = (row: string): number => row.replaceAll('\\|', '').split('|').length - 2;
	expect(rows.map(columns)).toEqual([5, 5, 5, 5, 4, 4, 4, 4, 4]);
	expect(rows.at(-3)).toContain(HOSTILE.replace('|', '\\|').replace('\n', ' '));
});
