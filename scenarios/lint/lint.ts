import { type Imported, type ImportOptions, importProject } from '../import/import.ts';
import type { WrittenStep } from '../import/written.ts';
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
import { flaggedCommands, keyOf } from './flags.ts';
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

/** Flagged commands as defined, each once. */
export type FlagCounts = {
	readonly flags: number;
	/** Wherever they stand. */
	readonly work: number;
	/** They work in one place and are idle in another. */
	readonly partly: number;
	/** Wherever they stand. */
	readonly idle: number;
	/** Nothing in these files runs them. */
	readonly uncalled: number;
	/** Groups and blocks in which flags are idle. */
	readonly idle_groups: number;
	readonly idle_blocks: number;
};

/** The counts of several projects, each by itself. */
export function sumOf(counts: readonly FlagCounts[]): FlagCounts {
	const sum = (key: keyof FlagCounts): number => counts.reduce((total, one) => total + one[key], 0);
	return {
		flags: sum('flags'),
		work: sum('work'),
		partly: sum('partly'),
		idle: sum('idle'),
		uncalled: sum('uncalled'),
		idle_groups: sum('idle_groups'),
		idle_blocks: sum('idle_blocks'),
	};
}

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
export function lintImported(imported: Imported): Omit<Linted, 'kind' | 'file'> {
	const project = lintedProject(imported);
	const found = FINDERS.flatMap((rule) => rule(project));
	const order = (finding: Finding): number =>
		SEVERITIES.indexOf(finding.severity) * RULES.length + RULES.indexOf(finding.rule);
	const sources = new Map(project.files.map(({ name, root }) => [name, root.fileText]));
	return {
		findings: silence(withFixes(found, project), sources).sort(
			(one, other) => order(one) - order(other),
		),
		counts: countFlags(project),
		sources,
	};
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

function countFlags({ whole, uses }: LintedProject): FlagCounts {
	const commands = (those: readonly WrittenStep[]) =>
		new Set(those.map(({ place }) => keyOf(place)));
	const flags = commands(flaggedCommands(whole));
	const used = commands(uses.map(({ command }) => command));
	const working = commands(uses.filter(({ idle }) => idle === null).map(({ command }) => command));
	// Where nothing ever runs, nothing is lost either.
	const idling = commands(
		uses.filter(({ idle }) => idle !== null && idle !== 'never runs').map(({ command }) => command),
	);
	const partly = [...working].filter((key) => idling.has(key)).length;
	const idle = uses.filter(({ idle: why }) => why === 'block').map(({ spot }) => spot);
	return {
		flags: flags.size,
		work: working.size - partly,
		partly,
		idle: used.size - working.size,
		uncalled: flags.size - used.size,
		idle_groups: new Set(idle.flatMap(({ group }) => group ?? [])).size,
		idle_blocks: new Set(idle.filter(({ group }) => group === null)).size,
	};
}
