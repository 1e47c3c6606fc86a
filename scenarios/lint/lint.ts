import { collect } from '../import/collect.ts';
import { merge } from '../import/merge.ts';
import type { Findings } from '../import/written.ts';
import { insideOf, type Resolve, repositoryTop } from '../yaml/inside.ts';
import { type Problem, withoutRepeats } from '../yaml/problem.ts';
import { type Finding, RULES, type Rule, type RuleId } from './finding.ts';
import { blocksOf, flagInBlock, workingFlags } from './flag-in-block.ts';
import { flagOnCall } from './flag-on-call.ts';
import { flagInBackground, flagWithContinueOnErr } from './flag-swallowed.ts';
import { flagUnderParams } from './flag-under-params.ts';
import { misplacedFlag, misspeltKey } from './keys.ts';
import { eachOnce, flaggedCommands, flagPlace, keyOf } from './linted-project.ts';

const RULE: Readonly<Record<RuleId, Rule>> = {
	'flag-on-call': flagOnCall,
	'flag-under-params': flagUnderParams,
	'misspelt-key': misspeltKey,
	'misplaced-flag': misplacedFlag,
	'flag-in-block': flagInBlock,
	'flag-with-continue-on-err': flagWithContinueOnErr,
	'flag-in-background': flagInBackground,
};

/** Flagged commands as defined, each once: every one works somewhere, is idle wherever it runs, or is not run by these files. */
export type FlagCounts = {
	readonly flags: number;
	readonly work: number;
	readonly idle: number;
	readonly uncalled: number;
};

export type Linted = {
	readonly kind: 'linted';
	readonly file: string;
	/** By worth: warnings before notes, then in the order of the rules, then as they stand. */
	readonly findings: readonly Finding[];
	readonly counts: FlagCounts;
};

export type LintRefused = { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What the flags of a project file do, from its text alone; `includes` as in an import. */
export function lint(
	path: string,
	includes: Resolve = insideOf(repositoryTop(path)),
): Linted | LintRefused {
	const found: Findings = { errors: [], warnings: [] };
	const files = collect(path, includes, found);
	const whole = merge(files, found);
	if (found.errors.length > 0) return { kind: 'refused', problems: withoutRepeats(found.errors) };
	const findings = RULES.flatMap((rule) => RULE[rule]({ files, whole }));
	const swallowed = findings.filter(
		({ rule }) => rule === 'flag-with-continue-on-err' || rule === 'flag-in-background',
	);
	const ineffective = new Set(swallowed.map(keyOf));
	const working = new Set(
		workingFlags(whole)
			.map(keyOf)
			.filter((key) => !ineffective.has(key)),
	);
	const inBlocks = blocksOf(whole).flatMap(({ flagged }) => flagged.map(flagPlace));
	const run = new Set([...workingFlags(whole), ...inBlocks].map(keyOf));
	const flags = eachOnce(flaggedCommands(whole).map(flagPlace)).map(keyOf);
	const work = flags.filter((key) => working.has(key)).length;
	const uncalled = flags.filter((key) => !run.has(key)).length;
	return {
		kind: 'linted',
		file: path,
		findings: [
			...findings.filter(({ severity }) => severity === 'warning'),
			...findings.filter(({ severity }) => severity === 'note'),
		],
		counts: { flags: flags.length, work, idle: flags.length - work - uncalled, uncalled },
	};
}
