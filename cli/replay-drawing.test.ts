import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toToken } from '../model/vocabulary/stories/story.ts';
import { CANARIES } from '../properties/deviations/canaries.ts';
import { BEGIN, SETUP } from '../properties/testing/stories.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { FORGED, scenario } from './testing/stories.ts';
import { widthOf } from './width.ts';

const { folder, stdout, stderr } = surroundEachTest();
const replay = (...args: readonly string[]): Promise<unknown> => exitStatus(['replay', ...args]);
const lines = (): string[] => stdout.join('\n').split('\n');
const NAME = 'a-transient-clone-failure-is-retried-once';
const AGAIN = `holds; again with: npx mulligan replay ${NAME}`;

test('a scenario is drawn in text that fits a terminal, between its verdict and its verdict', async () => {
	expect(await replay(NAME, '--diagram')).toBe(0);
	expect(lines()[0]).toMatch(/^holds: a transient clone failure is retried once /);
	expect(lines()[2]).toMatch(/^ +h1 +app server$/);
	expect(lines()).toContainEqual(expect.stringMatching(/^ {3}6 +o +\| +the command on h1 failed$/));
	expect(lines().at(-1)).toBe(AGAIN);
	expect(Math.max(...lines().slice(1, -1).map(widthOf))).toBeLessThanOrEqual(80);
});

test('a token that breaks a promise is drawn with it, and exits as it does untold', async () => {
	const against = CANARIES.find(({ name }) => name === 'mark accepted without secret')?.system;
	const token = toToken({ setup: SETUP, events: [...BEGIN, ...FORGED.events.slice(0, 1)] });
	if (against === undefined) throw new Error('there is no such canary');
	expect(await exitStatus(['replay', token, '--diagram'], { against })).toBe(1);
	expect(lines()).toContainEqual(expect.stringMatching(/^ {3}6 .* ! \S/));
	expect(lines()).toContainEqual(expect.stringMatching(/^ +\|.* X S8: /));
	expect(lines()).toContainEqual(expect.stringMatching(/^X {2}S8 on reference, mark accepted without secret: /));
	expect(lines().at(-1)).toMatch(/^violated; again with: npx mulligan replay v2\./);
});

test('as Mermaid no name says what Mermaid obeys, and what stands around the drawing is a comment', async () => {
	const file = join(folder, 'odd.yml');
	const odd = '%%{init: {}}%%; <b>#';
	writeFileSync(
		file,
		scenario()
			.replace('a plain failure', `"${odd}"`)
			.replace('tasks: [compile]', 'tasks: [compile]\nhosts: ["a;b<i>:#"]'),
	);
	expect(await replay(file, '--mermaid')).toBe(0);
	const [first, second, third, fourth] = lines();
	expect(first).toBe('%% holds: ...init: .....; <b># (C1), on model and reference');
	expect([second, third]).toEqual(['sequenceDiagram', '\tautonumber']);
	expect(fourth).toBe('\tparticipant p0 as a#59;b#60;i#62;#58;#35;');
	const drawn = lines().slice(3, -1).join('\n');
	expect(drawn.replaceAll(/#\d+;|--?>>|--\)/g, '')).not.toMatch(/[%{};<>#`]/);
	expect(lines().at(-1)).toBe(`%% holds; again with: npx mulligan replay ${file}`);
});

test('one story is drawn, and of several none', async () => {
	expect(await replay(NAME, NAME, '--diagram')).toBe(2);
	expect(stderr.join('\n')).toContain('--diagram draws one story (give one scenario or token)');
	expect(await replay('docs/example-evidence/designs.json', '--design', 'rest', '--mermaid')).toBe(
		2,
	);
	expect(stderr.join('\n')).toMatch(/there are \d+ stories in it, and one is drawn/);
	expect(stdout).toEqual([]);
});
