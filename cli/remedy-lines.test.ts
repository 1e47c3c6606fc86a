import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DoubtId } from '../reports/evidence/doubt.ts';
import { COMMANDS } from './commands.ts';
import { remedyLines } from './remedy-lines.ts';

const unknown = (...ids: DoubtId[]) => ({
	verdict: 'unknown' as const,
	reasons: ids.map((id) => ({ id, says: 'why' })),
	allowed: [] as DoubtId[],
});

test('what is unknown for want of stories says how to tell more', () => {
	expect(remedyLines(unknown('no-flagged-failure', 'no-flagged-failure', 'part'))).toEqual([
		'remedy    no-flagged-failure: tell more stories with --stories, or take a longer --profile',
	]);
	expect(remedyLines(unknown('never-exercised'), 'checks')).toEqual([
		'remedy    never-exercised: check configurations that cover it (check --help lists them)',
	]);
});

test('nothing is said of what is decided, or lived with', () => {
	expect(remedyLines({ ...unknown('unrested'), verdict: 'holds' })).toEqual([]);
	expect(remedyLines({ ...unknown('unrested'), allowed: ['unrested'] })).toEqual([]);
});

test('each reason has a row in docs/unknown.md, and options of remedies are those of a command', () => {
	const page = readFileSync('docs/unknown.md', 'utf8');
	const said = remedyLines(unknown(...DoubtId.options)).join('\n');
	for (const id of DoubtId.options) expect(page).toContain(`| \`${id}\` |`);
	const sources = Object.keys(COMMANDS)
		.filter((name) => ['verify', 'check'].includes(name))
		.map((name) => readFileSync(`cli/${name}.ts`, 'utf8'))
		.concat(readFileSync('cli/parts.ts', 'utf8'), readFileSync('cli/seeds.ts', 'utf8'))
		.join('\n');
	for (const [option] of said.matchAll(/--\w+/g)) expect(sources).toContain(`'${option}`);
});
