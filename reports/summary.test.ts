import { expect, test } from 'vitest';
import { summary } from './summary.ts';
import { checkOf, evidenceOf, HOSTILE, hostileEvidence, violationOf } from './testing/evidence.ts';

const lines = (page: string): string[] => page.split('\n');

test('tells verdict, numbers, bound, project and what was never taken', () => {
	const page = summary(evidenceOf());
	expect(lines(page)[0]).toBe('# mulligan verify: holds');
	for (const fact of [
		'1,000 stories with 30,000 events on model and reference, seed 42, profile quick, 12.3 s.',
		'up to 120 events with up to 3 tasks on 2 hosts; not exhaustive',
		'Project: project.yml, 3 tasks in the file, 2 of them with a flagged command, and 4 task instances.',
		'**1 warning of the import of project.yml**',
		'- project.yml:7:3: the flag on a call has no effect',
		'| bounded restarts (S1) | ✓ holds | 12 | 34 | A task is not restarted more often than allowed. |',
		'| promised restart (L1) | ✓ holds | 56 | 78 | A promised restart happens.',
		'| generated projects | 999 | ✓ holds |',
		'**✓ Canary caught.** The known breakage “count not checked” was caught after 22 stories: One restart too many.',
		'59 of 60',
		'- never taken: task: task on FORGED &#91;late&#93;',
	])
		expect(page).toContain(fact);
	expect(page).not.toContain('## Findings');
	expect(page.endsWith('\n')).toBe(true);
});

test('says why it is unknown, above the numbers', () => {
	const page = summary(evidenceOf({ verdict: 'unknown', reason: 'it was interrupted' }));
	expect(page).toContain('# mulligan verify: unknown\n\nit was interrupted\n\n1,000 stories with ');
	expect(page).toContain(' seed 42, profile quick, ');
});

test('says that nothing counts when the canary was not caught', () => {
	expect(summary(hostileEvidence())).toContain(
		'**✕ Canary missed.** The known breakage “count not checked” was NOT caught in 22 stories: nothing here counts.',
	);
});

test('names the command that makes it again', () => {
	expect(summary(evidenceOf())).toContain(
		' Again with:\n\n```sh\nnpx mulligan verify project.yml --profile quick --seed 42\n```\n',
	);
	const { project } = evidenceOf();
	const odd = evidenceOf({ project: project && { ...project, file: "it's ```.yml" } });
	expect(summary(odd)).toContain(
		"````sh\nnpx mulligan verify 'it'\\''s ```.yml' --profile quick --seed 42\n````\n",
	);
});

test('says nothing of a project where there is none', () => {
	expect(summary(evidenceOf({ project: null }))).not.toContain('Project:');
});

test('gives each finding with the line that replays it', () => {
	const page = summary(hostileEvidence());
	expect(page).toContain('## Findings');
	expect(page).toMatch(/^#### ✕ .* \(S1\)\n\nscenarios: a-story\.yml, 5 events\n\n/m);
	expect(page).toMatch(/^#### ✕ .* \(diverged\)\n\n/m);
	expect(page).toContain('```sh\nnpx mulligan replay v1.finding\n```');
	expect(page).toContain('```sh\nnpx mulligan replay v1.other\n```');
});

test('says so where a story is too large for a token', () => {
	const [first, ...rest] = hostileEvidence().findings;
	const findings = first === undefined ? [] : [{ ...first, token: null }, ...rest];
	const page = summary({ ...hostileEvidence(), findings });
	expect(page).toContain('The token of this story is too large to show.');
	expect(page).not.toContain('replay null');
});

test('gives each configuration of the checker with its bound, and what it found broken', () => {
	expect(summary(evidenceOf())).toContain(
		'| blocks | 31,227 | 165,082 | 33 | 3.5 | ✓ holds | One task with a flagged command in each block. At most 2 messages in flight, 1 loss; commands end as succeeded or failed. |',
	);
	const page = summary(hostileEvidence());
	expect(page).toContain('| ? unknown: the memory for states was used up |');
	expect(page).toMatch(/^#### ✕ .* \(deadlock\)\n\nchecker, configuration /m);
	expect(page).toContain(', 15 events\n\n');
	expect(page).toContain('It could not be avoided after event 10.\n\nThen for ever: ');
	expect(page).toContain('```sh\nnpx mulligan replay v1.check\n```');
	expect(summary(evidenceOf({ checks: [] }))).not.toContain('| configuration |');
});

test('lists some warnings of many, and says how many it leaves out', () => {
	const { project } = evidenceOf();
	const warnings = Array.from({ length: 60 }, (_, place) => `warning ${place}`);
	const page = summary(evidenceOf({ project: project && { ...project, warnings } }));
	expect(page.match(/^- warning /gm)).toHaveLength(50);
	expect(page).toContain('- … and 10 more; the evidence holds them');
});

test('keeps the rows of its tables whole, and takes no text for markup', () => {
	const page = summary(hostileEvidence());
	const rows = lines(page).filter((line) => line.startsWith('|'));
	const columns = (row: string): number => row.split('|').length - 2;
	expect(rows.map(columns)).toEqual([3, 3, 3, 3, 3, 7, 7, 7, 7, 5, 5, 5, 5]);
	const outside = page.replaceAll(/^(`{3,})(sh)?$[\s\S]*?^\1$/gm, '');
	expect(outside).not.toContain('<script>');
	expect(page).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
	const said = HOSTILE.replaceAll(/[\\`*_[\]<>|&#~$@]/g, (mark) => `&#${mark.charCodeAt(0)};`);
	expect(rows[2]).toContain(said.slice(0, said.indexOf('\n')));
});

test('tells what many configurations break once, with all of them named', () => {
	const page = summary(
		evidenceOf({
			checks: ['blocks', 'quota', 'late'].map((configuration) =>
				checkOf({ configuration, violations: [violationOf({ events: 1 })] }),
			),
		}),
	);
	expect(page.match(/^#### ✕ .* \(S1\)\n\n.*$/gm)).toEqual([
		'#### ✕ One restart too many (S1)\n\nchecker, configuration blocks; also in quota, late, 1 event',
	]);
});

test('does not call a canary missed that was never released', () => {
	const { canary } = evidenceOf();
	expect(summary(evidenceOf({ canary: { ...canary, caught: false, stories: 0 } }))).toContain(
		'**✕ Canary not released.** The known breakage “count not checked” was not released: nothing here counts.',
	);
});
