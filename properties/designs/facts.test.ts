import { expect, test } from 'vitest';
import { DESIGNS } from '../../model/catalogue/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { linesAdded } from './adoption.ts';
import { restartsByFailure } from './restarts-by-failure.ts';
import { codeLines, linesOf } from './source-lines.ts';

test.each(Design.options)(
	'the failures that are retried under %s, and the lines of YAML that it costs, are those that are known',
	async (design) => {
		const { retried, yaml_lines } = DESIGNS[design].known;
		expect(await restartsByFailure(design)).toEqual({ ways: 4, ...retried });
		expect(linesAdded(design)).toBe(yaml_lines);
	},
);

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
