import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEVIATIONS } from './index.ts';
import { tell } from './kept-story.ts';
import { REPRODUCED } from './reproduced.ts';

// Writes reproduced.ts anew: `npm run -s reproduced`.

const CORPUS = join(import.meta.dirname, '../corpus');
const git = (...args: readonly string[]): string =>
	execFileSync('git', args, { encoding: 'utf8' }).trim();

if (git('status', '--porcelain') !== '')
	throw new Error('what is not committed has no commit at which it was reproduced');
const commit = git('rev-parse', '--short=7', 'HEAD');
const rows: string[] = [];
for (const deviation of DEVIATIONS) {
	const { isShown } = await tell(deviation, CORPUS);
	const at = isShown ? commit : REPRODUCED[deviation.id];
	if (at !== undefined) rows.push(`\t${JSON.stringify(deviation.id)}: '${at}',`);
}
writeFileSync(
	new URL('reproduced.ts', import.meta.url),
	[
		'// Made by `npm run -s reproduced`.',
		'',
		'/** The commit at which the story of each deviation was last seen to break what it must, and nothing else. */',
		'export const REPRODUCED: Readonly<Record<string, string>> = {',
		...rows,
		'};',
		'',
	].join('\n'),
);
