import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { fits } from './testing/shown.ts';

const { folder, stdout, stderr } = surroundEachTest();
const page = readFileSync(join(import.meta.dirname, '../docs/lint.md'), 'utf8');

/** A YAML file of the page, by the comment in its first line. */
const example = (name: string): string =>
	[...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
		.map(([, text]) => text ?? '')
		.find((text) => text.startsWith(`# ${name}\n`)) ?? '';

/** The commands of each block of console, with the lines shown below each. */
const transcripts = [...page.matchAll(/```console\n([\s\S]*?)```/g)].map(([, shown = '']) =>
	shown
		.split(/^\$ /m)
		.slice(1)
		.map((part) => {
			const [command = '', ...lines] = part.trimEnd().split('\n');
			return { command, lines };
		}),
);

beforeEach(() => writeFileSync(join(folder, 'evergreen.yml'), example('evergreen.yml')));

/** What a command of the page prints, in the folder of the example. */
async function printed(command: string): Promise<string> {
	const before = stdout.length;
	const [program, called, ...args] = command.split(' ');
	expect([program, called]).toEqual(['npx', 'mulligan']);
	const here = args.map((arg) => (/^\w+\.(?:yml|json)$/.test(arg) ? join(folder, arg) : arg));
	await exitStatus(here, {});
	expect(stderr).toEqual([]);
	return stdout.slice(before).join('\n').replaceAll(`${folder}/`, '');
}

describe('what the page shows of commands', () => {
	test('is all of them', () => {
		expect(transcripts.flat().length).toBeGreaterThan(3);
	});

	test.each(transcripts.map((those) => [those[0]?.command, those]))(
		'is what they print: %s',
		async (_, those) => {
			for (const { command, lines } of those) {
				const said = (await printed(command)).split('\n').filter((line) => line !== '');
				let from = 0;
				for (const [at, line] of lines.entries()) {
					if (line === '…') continue;
					const found = said.findIndex((one, index) => index >= from && fits(line, one));
					expect(found, `"${line}" is printed by ${command}:\n${said.join('\n')}`).not.toBe(-1);
					if (lines[at - 1] !== '…') expect(found, `"${line}" follows at once`).toBe(from);
					from = found + 1;
				}
			}
		},
	);
});

test('what the page silences is silenced', async () => {
	writeFileSync(join(folder, 'a.yml'), example('silenced'));
	expect(await printed('npx mulligan lint a.yml')).toMatch(/; 0 warnings; 1 silenced$/);
});

test('the page names each format and option that there is', async () => {
	await exitStatus(['lint', '--help'], {});
	const help = stdout.join('\n');
	const [, formats = ''] = /choices:([^)]*?)(?:, default|\))/s.exec(help) ?? [];
	for (const [, format = ''] of formats.matchAll(/"(\w+)"/g))
		if (format !== 'text') expect(page).toContain(`\n- \`${format}\`: `);
	for (const [, option = ''] of help.matchAll(/^ {2}(--[\w-]+)/gm)) expect(page).toContain(option);
});
