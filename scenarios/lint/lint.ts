import { type Imported, type ImportOptions, importProject } from '../import/import.ts';
import type { Problem } from '../yaml/problem.ts';
import {
	displayTaskRestartsWhole,
	everyCommandFlagged,
	flagOnRetryingCommand,
	groupRestartsWhole,
} from './costs.ts';
import { type Finding, RULES, type Rule, type Severity } from './finding.ts';
import { flagInBlock } from './flag-in-block.ts';
import { flagOnCall } from './flag-on-call.ts';
import { flagInBackground, flagWithContinueOnErr } from './flag-swallowed.ts';
import { flagUnderParams } from './flag-under-params.ts';
import { countFlags, type FlagCounts } from './flagged.ts';
import { misplacedFlag, misspeltKey } from './keys.ts';
import { type LintedProject, lintedProject } from './linted-project.ts';
import { disabledTask, mergeQueueOnly, onNoVariant } from './never-runs.ts';
import { withFixes } from './safe-fixes.ts';
import { silence } from './silence.ts';
import { told } from './told.ts';
import { unknownCommand } from './unknown-command.ts';
import { variantsNeverMet } from './variants-never-met.ts';

const FINDERS: readonly Rule[] = [
	told,
	unknownCommand,
	flagOnCall,
	flagUnderParams,
	misspeltKey,
	misplacedFlag,
	flagInBlock,
	flagWithContinueOnErr,
	variantsNeverMet,
	mergeQueueOnly,
	flagInBackground,
	onNoVariant,
	disabledTask,
	groupRestartsWhole,
	displayTaskRestartsWhole,
	everyCommandFlagged,
	flagOnRetryingCommand,
];

export type Linted = {
	readonly kind: 'linted';
	readonly file: string;
	/** By worth: errors, warnings, notes; then in the order of the rules, then as they stand. */
	readonly findings: readonly Finding[];
	readonly counts: FlagCounts;
	/** The text of each file that was read, by its name. */
	readonly sources: ReadonlyMap<string, string>;
};

export type LintRefused = { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What the flags of a project file do, from its text alone; `includes` as in an import. */
export function lint(path: string, options: ImportOptions = {}): Linted | LintRefused {
	const imported = importProject(path, options);
	return imported.kind === 'refused'
		? { kind: 'refused', problems: imported.problems }
		: { kind: 'linted', file: path, ...lintImported(imported) };
}

/** What the flags of an imported project do. */
export function lintImported(
	imported: Imported,
	project: LintedProject = lintedProject(imported),
): Omit<Linted, 'kind' | 'file'> {
	const found = FINDERS.flatMap((rule) => rule(project));
	const order = (finding: Finding): number =>
		SEVERITIES.indexOf(finding.severity) * RULES.length + RULES.indexOf(finding.rule);
	const sources = new Map(project.files.map(({ name, root }) => [name, root.fileText]));
	return {
		findings: silence(withFixes(found, project), sources).sort(
			(one, other) => order(one) - order(other),
		),
		counts: countFlags(project.flagged),
		sources,
	};
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];
