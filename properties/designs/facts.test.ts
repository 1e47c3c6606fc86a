import { expect, test } from 'vitest';
import { Design } from '../../model/vocabulary/design.ts';
import { linesAdded } from './adoption.ts';
import { restartsByFailure } from './restarts-by-failure.ts';
import { codeLines, linesOf } from './source-lines.ts';

test.each([
	['rest', 1, 0],
	['local-api', 1, 0],
	['auto-retry', 4, 4],
	['flag', 4, 0],
] as const)(
	'under %s, %i of 4 failures of the suspected command are retried, and %i of another',
	async (design, suspected, other) => {
		expect(await restartsByFailure(design)).toEqual({ ways: 4, suspected, other });
	},
);

test('the flag and the command cost a line of YAML each, a script several', () => {
	expect(linesAdded('rest')).toBe(6);
	expect(linesAdded('local-api')).toBe(5);
	expect(linesAdded('auto-retry')).toBe(1);
	expect(linesAdded('flag')).toBe(1);
});

test('lines of code are counted without comments, imports and blanks', () => {
	const text =
		"import { a } from './a.ts';\nimport {\n\tb,\n} from './b.ts';\n\n/** Why. */\nconst c = 1; // so\n\n// no\n/*\n * no\n */\nc;\n";
	expect(codeLines(text)).toBe(2);
});

test('every part of every design has lines', () => {
	for (const design of Design.options)
		for (const part of ['agent', 'server', 'model'] as const)
			expect(linesOf(part, design).lines).toBeGreaterThan(0);
});

test('a design without a server part of its own is served by that of the flag', () => {
	expect(linesOf('server', 'auto-retry').path).toBe('impl/designs/flag-server.ts');
	expect(linesOf('server', 'rest').path).toBe('impl/designs/rest-server.ts');
});
