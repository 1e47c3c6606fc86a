import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../scenarios/format/load.ts';
import { folderOf } from '../scenarios/testing/folder.ts';
import { fits } from './testing/shown.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');
const guide = readFileSync(`${root}/docs/guide.md`, 'utf8');

/** The commands shown in blocks of console, each with the lines shown below it. */
function transcripts(page: string): { command: string; lines: string[] }[] {
	return [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(([, command, shown]) => ({
		command: command ?? '',
		lines: (shown ?? '').split('\n').filter((line) => line !== '' && line !== '…'),
	}));
}

describe('what the README shows', () => {
	it.each(transcripts(readme))(
		'is what "$command" prints',
		async ({ command, lines }) => {
			const [program = '', ...args] = command.split(' ');
			const { stdout } = await promisify(execFile)(program, args, { cwd: root });
			const printed = stdout.split('\n');
			let from = 0;
			for (const line of lines) {
				const at = printed.findIndex((one, index) => index >= from && fits(line, one));
				expect(at, `"${line}" is printed, after what is shown before it`).toBeGreaterThanOrEqual(
					from,
				);
				from = at + 1;
			}
		},
		30_000,
	);

	it('names scripts of the package only', () => {
		const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
			scripts: Record<string, string>;
		};
		for (const [, name = ''] of readme.matchAll(/npm run (?:-s )?([\w:-]+)/g))
			expect(Object.keys(scripts)).toContain(name);
	});
});

describe('what the guide shows', () => {
	it('is a scenario that loads', () => {
		const [, text = ''] = guide.match(/```yaml\n(mulligan: 1[\s\S]*?)```/) ?? [];
		const path = folderOf({ 'shown.yml': text });
		expect(loadScenario(`${path}/shown.yml`)).toMatchObject({ kind: 'loaded' });
	});
});
