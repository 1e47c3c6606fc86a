import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { IGNORE_RULES } from './finding.ts';
import { lint } from './lint.ts';

function linted(text: string, others: Readonly<Record<string, string>> = {}) {
	const result = lint(join(folderOf({ 'a.yml': text + REST, ...others }), 'a.yml'));
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return result.findings;
}

const told = (text: string, others: Readonly<Record<string, string>> = {}): string[] =>
	linted(text, others).map(
		({ line, rule, silenced }) => `${line} ${rule}${silenced === undefined ? '' : `: ${silenced}`}`,
	);

/** What makes a project of it. */
const REST = 'tasks: [{ name: t }]\nbuildvariants: [{ name: v, run_on: [d], tasks: [t] }]\n';
const IDLE = 'pre: [{ command: shell.exec, retry_on_failure: true }]';
const WHY = 'mulligan-ignore flag-in-block: kept for June';

describe('a finding is silenced by a comment with a reason', () => {
	test.each([
		['behind it', `${IDLE} # ${WHY}\n`],
		['in the line before it', `# ${WHY}\n${IDLE}\n`],
		[
			'in several lines before it',
			`# ${WHY}\n#${WHY.replace('block', 'background')}\n# and so on\n${IDLE}\n`,
		],
		['with carriage returns', `# ${WHY}\r\n${IDLE}\r\n`],
	])('%s', (_, text) => {
		expect(told(text)).toContainEqual(expect.stringMatching(/^\d flag-in-block: kept for June$/));
	});

	test.each([
		['two lines before it', `# ${WHY}\n\n${IDLE}\n`],
		['behind the line before it', `owner: a # ${WHY}\n${IDLE}\n`],
		['behind the line after it', `${IDLE}\nowner: a # ${WHY}\n`],
		['of another rule', `${IDLE} # ${WHY.replace('block', 'background')}\n`],
	])('but not %s', (_, text) => {
		const said = told(text);
		expect(said).toHaveLength(2);
		expect(said[0]).toMatch(/^\d flag-in-block$/);
		expect(said[1]).toMatch(/^\d unused-ignore$/);
	});

	test('and not by what only looks like one', () => {
		expect(
			told(
				`pre:\n  - { command: shell.exec, retry_on_failure: true, params: { script: "# ${WHY}" } }\n`,
			),
		).toEqual(['2 flag-in-block']);
	});

	test('in the file where it is, also an included one', () => {
		const text = `include: [{ filename: b.yml }]\n# ${WHY}\n`;
		expect(told(text, { 'b.yml': `\n\n\n${IDLE} # ${WHY}\n` })).toEqual([
			'4 flag-in-block: kept for June',
			'2 unused-ignore',
		]);
	});

	test('which may hold colons', () => {
		expect(told(`${IDLE} # mulligan-ignore flag-in-block: see: X-1\n`)).toEqual([
			'1 flag-in-block: see: X-1',
		]);
	});
});

test.each(['flag-in-block', 'flag-in-block:', 'flag-in-block:  ', 'flag-in-block kept until 3:00'])(
	'without a reason it silences nothing, and is a warning itself: %s',
	(written) => {
		expect(linted(`${IDLE} # mulligan-ignore ${written}\n`)).toMatchObject([
			{ rule: 'flag-in-block', severity: 'warning' },
			{
				rule: 'ignore-without-reason',
				severity: 'warning',
				line: 1,
				column: 56,
				remedy: 'write # mulligan-ignore flag-in-block: <reason>',
			},
		]);
		expect(linted(`${IDLE} # mulligan-ignore ${written}\n`)[0]).not.toHaveProperty('silenced');
	},
);

test.each([
	['flag-in-blok: b', 'there is no rule "flag-in-blok"', 'write flag-in-block'],
	[
		'S7: b',
		'there is no rule "S7"',
		'write # mulligan-ignore <rule>: <reason>, with the rule that stands behind the finding',
	],
	[
		': b',
		'this comment names no rule',
		'write # mulligan-ignore <rule>: <reason>, with the rule that stands behind the finding',
	],
	[
		'',
		'this comment names no rule',
		'write # mulligan-ignore <rule>: <reason>, with the rule that stands behind the finding',
	],
])('an unknown rule is a warning, with names that are near: %s', (written, message, remedy) => {
	expect(linted(`# mulligan-ignore ${written}\n`)).toEqual([
		expect.objectContaining({ rule: 'ignore-unknown-rule', severity: 'warning', message, remedy }),
	]);
});

test('of one that stands by another line, the line that has such a finding is told', () => {
	const text =
		'# mulligan-ignore flag-in-block: kept\npre:\n  - { command: shell.exec, retry_on_failure: true }\n';
	expect(linted(text).map(({ rule, remedy }) => `${rule}: ${remedy}`)).toContain(
		'unused-ignore: take it out, or move it to line 3, which has one',
	);
});

test('one that silences nothing is a note, and stands last', () => {
	const text = `# ${WHY}\nowner: a\n${IDLE}\n`;
	expect(linted(text)).toMatchObject([
		{ rule: 'flag-in-block', severity: 'warning' },
		{ rule: 'unused-ignore', severity: 'note', line: 1, column: 1 },
	]);
});

test('a word that begins alike is none', () => {
	expect(told('# mulligan-ignored: a\n# mulligan-ignore-next b: c\n')).toEqual([]);
});

test.each(IGNORE_RULES)('the page shows %s, and how it is mended', (rule) => {
	const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8');
	const [, section = ''] = page.split(`## ${rule}\n`);
	const [bad = '', good = ''] = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
		([, text]) => text ?? '',
	);
	const open = (text: string): string[] =>
		linted(text.replace(/\ntasks:[\s\S]*/, '\n'))
			.filter(({ silenced }) => silenced === undefined)
			.map((finding) => finding.rule);
	expect(bad).toMatch(/^# bad/);
	expect(open(bad)).toContain(rule);
	expect(good).toMatch(/^# good/);
	expect(open(good)).toEqual([]);
});
