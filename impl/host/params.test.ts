import { expect, test } from 'vitest';
import { expand, withVars } from './expansions.ts';
import { isInBackground, readParams, ShellParams, SubprocessParams } from './params.ts';
import { splitWords } from './words.ts';

const EXPANSIONS = new Map([
	['name', 'x'],
	['empty', ''],
]);

test.each([
	['${name}', 'x'],
	['a ${name} b ${name}', 'a x b x'],
	['${unknown}', ''],
	['${unknown|default}', 'default'],
	['${name|default}', 'x'],
	['${empty}', ''],
	['${empty|default}', 'default'],
	['${unknown|*name}', 'x'],
	['${unknown|*unknown}', ''],
	['$name ${} $(name)', '$name ${} $(name)'],
])('%s becomes "%s"', (text, expanded) => {
	expect(expand(text, EXPANSIONS)).toBe(expanded);
});

test('the vars of a call count more than what is known, are expanded with it, and change nothing', () => {
	const around = withVars(EXPANSIONS, { name: '${name}y', other: '${name|z}', name2: '$x' });
	expect(around).toEqual(
		new Map([
			['name', 'xy'],
			['empty', ''],
			['other', 'x'],
			['name2', '$x'],
		]),
	);
	expect(EXPANSIONS.get('name')).toBe('x');
	expect(withVars(EXPANSIONS, {})).toBe(EXPANSIONS);
});

test.each(['${', 'a ${name', '${name|${other}}'])(
	'vars that hold "%s" cannot be expanded',
	(text) => {
		expect(withVars(EXPANSIONS, { fine: 'x', open: text })).toBe(
			'vars.open: an expansion is left open',
		);
	},
);

test.each([
	['make  -j 2 ', ['make', '-j', '2']],
	[`say 'a  b' "c d" e\\ f`, ['say', 'a  b', 'c d', 'e f']],
	[`"a \\"b\\" \\n" ''`, ['a "b" \\n', '']],
	['', []],
])('%s is split into words', (line, words) => {
	expect(splitWords(line)).toEqual(words);
});

test('an open quote is told', () => {
	expect(splitWords(`say "hello`)).toBeNull();
});

test('texts, truths and numbers may be written as each other, and are expanded', () => {
	const yaml = `
script: echo \${name} $HOME
env: { A: 1, B: true, C: "\${name}" }
background: "true"
silent: no thing
unknown: { a: 1 }
`;
	expect(readParams(ShellParams, yaml, EXPANSIONS)).toMatchObject({ kind: 'wrong' });
	expect(readParams(ShellParams, yaml.replace('no thing', 'false'), EXPANSIONS)).toMatchObject({
		kind: 'read',
		params: {
			script: 'echo x $HOME',
			shell: 'sh',
			env: { A: '1', B: 'true', C: 'x' },
			background: true,
			silent: false,
		},
	});
});

test.each([
	['nothing', undefined],
	['no YAML', 'script: [1'],
	['no mapping', '- script'],
	['no script', 'shell: bash'],
	[
		'a bomb',
		'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
	],
])('params that hold %s are wrong, and say so', (_what, yaml) => {
	expect(readParams(ShellParams, yaml, EXPANSIONS)).toMatchObject({ kind: 'wrong' });
});

test('a keyword that is not set is what is written in the manual', () => {
	expect(readParams(SubprocessParams, 'binary: ls', EXPANSIONS)).toMatchObject({
		kind: 'read',
		params: { binary: 'ls', args: [], command: '', working_dir: '', continue_on_err: false },
	});
});

test('only shells run in the background', () => {
	expect(isInBackground('shell.exec', 'background: true')).toBe(true);
	expect(isInBackground('subprocess.exec', 'background: "true"')).toBe(true);
	expect(isInBackground('s3.put', 'background: true')).toBe(false);
	expect(isInBackground('shell.exec', 'background: ${x}')).toBe(false);
	expect(isInBackground('shell.exec')).toBe(false);
});
