import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkOf, evidenceOf, violationOf } from '../reports/testing/evidence.ts';
import { checkNotes, verificationNotes } from './evidence-notes.ts';
import { annotate, annotations, type Note } from './github.ts';
import { surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

const note = (changes: Partial<Note> = {}): Note => ({
	level: 'error',
	title: 'mulligan: S1',
	message: 'One restart too many.',
	...changes,
});

test('an annotation is one line, with what GitHub would take for its end or a part of it escaped', () => {
	expect(annotations([note()])).toEqual(['::error title=mulligan%3A S1::One restart too many.']);
	expect(annotations([note({ message: '100 %\n::warning::x\r\nend' })])).toEqual([
		expect.stringMatching(/^::error title=mulligan%3A S1::100 %25%0A::warning::x[^\n\r]*%0Aend$/),
	]);
	expect(annotations([note({ title: 'a::b,file=c.yml\n::error::d' })])).toEqual([
		'::error title=a%3A%3Ab%2Cfile=c.yml%0A%3A%3Aerror%3A%3Ad::One restart too many.',
	]);
	expect(annotations([note({ message: '\u001b[31mred\u0007' })]).join()).not.toMatch(/\p{Cc}/u);
});

test('what begins with a place is shown there', () => {
	const message = 'ci/a,b.yml:7:3: the flag has no effect: put it on the command';
	expect(annotations([note({ level: 'warning', message })])).toEqual([
		`::warning file=ci/a%2Cb.yml,line=7,col=3,title=mulligan%3A S1::${message}`,
	]);
	for (const no of ['a:b:c: d', 'a.yml:7: the flag', 'it ended: 7:3: so'])
		expect(annotations([note({ message: no })]).join(), no).not.toContain('file=');
});

test('a place that is known is not looked for in the message', () => {
	const message = 'a.yml:1:2: it has no effect';
	const at = (file: string, line: number) =>
		annotations([note({ message, place: { file, line, column: 3 } })]);
	expect(at('ci/b:c.yml', 7)).toEqual([
		`::error file=ci/b%3Ac.yml,line=7,col=3,title=mulligan%3A S1::${message}`,
	]);
	expect(at('b.yml', 0)).toEqual([`::error file=b.yml,title=mulligan%3A S1::${message}`]);
});

test('of each level ten are shown, and the last of more says how many there are', () => {
	const many = (count: number, level: Note['level']): Note[] =>
		Array.from({ length: count }, () => note({ level }));
	expect(annotations(many(10, 'error'))).toHaveLength(10);
	const lines = annotations([...many(3, 'warning'), ...many(25, 'error')]);
	expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
	expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(3);
	expect(lines[9]).toBe('::error title=mulligan::16 more like these; the summary has them');
	expect(annotations([note({ message: 'x'.repeat(100_000) })]).join().length).toBeLessThan(5000);
});

test('notes are what was found, why nothing is decided, and the warnings of the import', () => {
	const finding = { kind: 'violated', guarantee: 'S1', source: 'corpus', events: 3 } as const;
	const evidence = evidenceOf({
		findings: [{ ...finding, sentence: 'Too many.', token: 'v1.x' }],
		checks: [checkOf({ violations: [violationOf({ token: null })] })],
		reasons: [
			{ id: 'never-exercised', says: 'S3 never exercised' },
			{ id: 'part', says: 'this is part 1 of 2' },
		],
	});
	expect(verificationNotes(evidence)).toEqual([
		note({ title: 'mulligan: S1 (corpus)', message: 'Too many.\nnpx mulligan replay v1.x' }),
		note({ title: 'mulligan: S1 (checker, configuration blocks)' }),
		note({
			level: 'warning',
			title: 'mulligan: unknown (never-exercised)',
			message: 'S3 never exercised',
		}),
		note({
			level: 'warning',
			title: 'mulligan: project file',
			message: evidence.project?.warnings[0] ?? '',
		}),
	]);
	expect(checkNotes({ checks: [], reasons: [], design: 'flag' })).toEqual([]);
});

test('elsewhere than in a step of GitHub nothing is said or written', () => {
	const page = join(folder, 'page.md');
	for (const env of [{}, { GITHUB_ACTIONS: 'false' }, { GITHUB_ACTIONS: '' }])
		annotate([note()], '# all', false, { ...env, GITHUB_STEP_SUMMARY: page });
	expect(stdout).toEqual([]);
	expect(() => readFileSync(page)).toThrow('ENOENT');
});

test('the summary is added to that of the step, with --json too, and then nothing is said', () => {
	const page = join(folder, 'page.md');
	const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: page };
	annotate([note()], '# first\n', false, env);
	expect(stdout).toHaveLength(1);
	annotate([note()], '# second\n', true, env);
	expect(stdout).toHaveLength(1);
	expect(readFileSync(page, 'utf8')).toBe('# first\n# second\n');
	annotate([note()], '# third', false, { GITHUB_ACTIONS: 'true' });
	expect(stdout).toHaveLength(2);
});

test('a summary larger than GitHub takes is cut, and a page that cannot be written changes nothing', () => {
	const page = join(folder, 'page.md');
	const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: page };
	annotate([], 'a'.repeat(2_000_000), false, env);
	expect(readFileSync(page)).toHaveLength(1_000_000);
	mkdirSync(join(folder, 'no'));
	annotate([], '# all', false, { ...env, GITHUB_STEP_SUMMARY: join(folder, 'no') });
	expect(stderr).toEqual([expect.stringContaining('the step summary cannot be written')]);
});
