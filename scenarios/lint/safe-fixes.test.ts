import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { applyEdits } from './apply-edits.ts';
import { lint } from './lint.ts';

const ON = 'buildvariants: [{ name: v, run_on: [d], tasks: [t] }]\n';
const TASK = `tasks: [{ name: t, commands: [{ command: host.list }] }]\n${ON}`;

function linted(text: string, others: Readonly<Record<string, string>> = {}) {
	const result = lint(join(folderOf({ ...others, 'a.yml': text }), 'a.yml'));
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return result.findings;
}

/** The text when all that can be fixed is. */
function fixed(text: string): string {
	const applied = applyEdits(
		text,
		linted(text).flatMap(({ fix = [] }) => fix),
	);
	if (applied.kind === 'left') throw new Error(applied.why);
	return applied.text;
}

const OFF = ', retry_on_failure: true';

describe('flags are taken off', () => {
	test('calls of functions that have it inside', () => {
		const text = `functions:
  f: [{ command: shell.exec${OFF} }]
tasks:
  - name: t
    commands:
      - { func: f${OFF} }
      - retry_on_failure: true # as inside
        func: f
      - func: f
        retry_on_failure: true
${ON}`;
		expect(fixed(text)).toBe(`functions:
  f: [{ command: shell.exec${OFF} }]
tasks:
  - name: t
    commands:
      - { func: f }
      - # as inside
        func: f
      - func: f
${ON}`);
	});

	test('commands in blocks that can never fail a task, and functions that only they call', () => {
		const text = `functions:
  f: [{ command: shell.exec${OFF} }]
timeout: [{ command: shell.exec${OFF} }, { func: f }]
task_groups: [{ name: g, tasks: [t], teardown_group: [{ func: f }] }]
${TASK.replace('tasks: [t]', 'tasks: [g]')}`;
		expect(fixed(text)).toBe(text.replaceAll(OFF, ''));
		expect(linted(fixed(text))).toEqual([]);
	});

	test('where they are defined, through anchors and merge keys', () => {
		const text = `variables:
  - &one { command: shell.exec${OFF} }
timeout: [*one, { <<: *one, display_name: b }]
${TASK}`;
		expect(fixed(text)).toBe(text.replace(OFF, ''));
	});
});

describe('flags stay', () => {
	test.each([
		['in a block that could fail the task', `pre: [{ command: shell.exec${OFF} }]\n${TASK}`],
		[
			'on a function that works elsewhere',
			`functions: { f: [{ command: shell.exec${OFF} }] }\ntimeout: [{ func: f }]\ntasks: [{ name: t, commands: [{ func: f }] }]\n${ON}`,
		],
		[
			'on a function that pre calls too',
			`functions: { f: [{ command: shell.exec${OFF} }] }\ntimeout: [{ func: f }]\npre: [{ func: f }]\n${TASK}`,
		],
		[
			'that a command elsewhere has by an anchor',
			`timeout: [&one { command: shell.exec${OFF} }]\ntasks: [{ name: t, commands: [*one] }]\n${ON}`,
		],
		[
			'on a call of a function without one inside',
			`functions: { f: [{ command: shell.exec }] }\ntasks: [{ name: t, commands: [{ func: f${OFF} }] }]\n${ON}`,
		],
		[
			'that variables get by a merge key',
			`timeout: [&one { command: shell.exec${OFF} }]\nfunctions: { f: [{ command: shell.exec }] }\ntasks: [{ name: t, commands: [{ func: f, vars: { <<: *one } }] }]\n${ON}`,
		],
		[
			'on calls of two functions, one of them without',
			`functions: { f: [{ command: shell.exec${OFF} }], g: [{ command: shell.exec }] }\ntasks: [{ name: t, commands: [&c { func: f${OFF} }, { <<: *c, func: g }] }]\n${ON}`,
		],
	])('%s', (_, text) => {
		expect(linted(text).length).toBeGreaterThan(0);
		expect(fixed(text)).toBe(text);
	});

	test('with an anchor, of several lines or read by others too, each with why, and those beside are taken off', () => {
		const call = (flag: string): string => `{ func: f, retry_on_failure: ${flag} }`;
		const text = `functions: { f: [{ command: shell.exec${OFF} }] }
tasks:
  - name: t
    commands:
      - ${call('&on true')}
      - ${call('*on')}
      - ${call('\n        true')}
      - &c ${call('true')}
      - { func: f, vars: { <<: *c } }
      - ${call('true')}
${ON}`;
		const [finding] = linted(text);
		expect(finding?.stays?.map(({ line, column, why }) => `${line}:${column} ${why}`)).toEqual([
			'5:20 more than its line would change, or an anchor be lost',
			'7:20 more than its line would change, or an anchor be lost',
			'9:23 an alias or merge key leads to it from elsewhere',
		]);
		expect(fixed(text)).toBe(
			text
				.replace(call('*on'), '{ func: f }')
				.replace(`\n      - ${call('true')}\n`, '\n      - { func: f }\n'),
		);
	});

	test('in functions where a file that may call them was not read', () => {
		const text = (include: string): string =>
			`${include}functions: { f: [{ command: shell.exec${OFF} }] }\ntimeout: [{ func: f }]\n${TASK}`;
		expect(fixed(text(''))).not.toContain(OFF);
		expect(fixed(text('include: [{ filename: b.yml, module: m }]\n'))).toContain(OFF);
	});
});

test('a fix names the file in which it is', () => {
	const findings = linted(`include: [{ filename: b.yml }]\n${TASK}`, {
		'b.yml': `timeout: [{ command: shell.exec${OFF} }]\n`,
	});
	expect(findings).toMatchObject([
		{ rule: 'flag-in-block', fix: [{ file: expect.stringMatching(/b\.yml$/), from: 31, to: 55 }] },
	]);
});
