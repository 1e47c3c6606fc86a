import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectEvidence } from '../properties/verification/judgement.ts';
import { Results } from '../properties/verification/results.ts';
import { untold } from '../properties/verification/tell-flags.ts';
import { projectSection } from '../reports/review/project.ts';
import { evidenceOf } from '../reports/testing/evidence.ts';
import { reviewOf } from '../reports/testing/review.ts';
import { sayFlagCounts } from '../reports/wording/flag-counts.ts';
import { explainedFlags } from '../scenarios/explain/explained-flags.ts';
import { countFlags } from '../scenarios/lint/flagged.ts';
import { lint } from '../scenarios/lint/lint.ts';
import { folderOf } from '../scenarios/testing/folder.ts';
import { projectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { flagLines } from './explain-lines.ts';
import { verifyLines } from './verify-lines.ts';

/** What each way of looking at a project says of how many flags it has, and what they do. */
function saidOf(file: string): Record<string, string> {
	const linted = lint(file);
	const project = projectOnTrial(file);
	if (linted.kind === 'refused' || project.kind === 'refused') throw new Error(file);
	const counts = countFlags(project.linted.flagged);
	const flags = explainedFlags(project.imported, project.linted);
	const verdicts = (verdict: string): number =>
		flags.filter((one) => one.verdict === verdict).length;
	const given = projectEvidence(project, untold(project), new Results());
	const evidence = evidenceOf({ project: given });
	const around = { written: [], reviewed: '', file, verbose: false };
	const priced = flags.map((flag) => ({ ...flag, price: null }));
	return {
		lint: sayFlagCounts(linted.counts),
		explain: (
			flagLines({ file, limits: [], counts, flags: priced, price: null, simulated: null })[0] ?? ''
		).slice(file.length + 2),
		'explain, one by one': sayFlagCounts({
			...counts,
			flags: flags.length,
			work: verdicts('works'),
			partly: verdicts('partly'),
			idle: verdicts('idle'),
			uncalled: verdicts('uncalled'),
		}),
		trial: sayFlagCounts({ ...counts, flags: project.flagged.length }),
		verify: (verifyLines(evidence, around).find((line) => line.startsWith('flags ')) ?? '').slice(
			10,
		),
		page: (projectSection(reviewOf({ evidence }))?.answer ?? '').split('. Tried')[0] ?? '',
	};
}

const onlyOf = (said: Record<string, string>): string[] => [...new Set(Object.values(said))];

test('a flag that a merge key or an alias brings is one on each command, whoever counts', () => {
	const folder = folderOf({
		'a.yml': `functions:
  f:
    - &login { command: shell.exec, retry_on_failure: true }
    - { <<: *login, display_name: again }
    - *login
post: [*login]
tasks: [{ name: t, commands: [{ func: f }] }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`,
	});
	expect(onlyOf(saidOf(join(folder, 'a.yml')))).toEqual([
		'4 flagged commands: 3 work, 1 is idle in 1 block',
	]);
});

/** A folder of real project files. */
const CORPUS = process.env['MULLIGAN_CORPUS'];
const skip = CORPUS === undefined ? ' (skipped: MULLIGAN_CORPUS names no folder)' : '';

describe.skipIf(CORPUS === undefined)(`of real project files${skip}`, () => {
	const files = readdirSync(CORPUS ?? '.').filter((name) => name.endsWith('.yml'));

	test.each(files)(
		'%s has as many flags for lint, explain, trial, verification and page',
		(name) => {
			expect(onlyOf(saidOf(join(CORPUS ?? '', name)))).toHaveLength(1);
		},
	);
});

test('where flags are idle is said of the kind that it is known of', () => {
	const counts = {
		flags: 4,
		work: 1,
		partly: 1,
		idle: 2,
		uncalled: 0,
		idle_groups: 2,
		idle_blocks: 1,
	};
	expect(sayFlagCounts(counts)).toBe(
		'4 flagged commands: 1 works, 1 works but not everywhere, 2 are idle; idle in 2 groups and 1 block',
	);
	expect(sayFlagCounts({ ...counts, partly: 0, idle: 3 })).toBe(
		'4 flagged commands: 1 works, 3 are idle in 2 groups and 1 block',
	);
});
