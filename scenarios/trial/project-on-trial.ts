import { createHash } from 'node:crypto';
import type { Project } from '../../model/vocabulary/project.ts';
import { isFunctionCall } from '../../model/vocabulary/project.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import {
	type Imported,
	type ImportOptions,
	type ImportRefused,
	importProject,
} from '../import/import.ts';
import type { Version } from '../import/version.ts';
import type { RuleId } from '../lint/finding.ts';
import { lintImported } from '../lint/lint.ts';
import { type LintedProject, lintedProject } from '../lint/linted-project.ts';
import type { Problem } from '../yaml/problem.ts';
import { type FlaggedCommand, flaggedIn, ownFlags } from './flagged-commands.ts';
import { type Portion, portionsOf } from './portions.ts';

/** A project file whose own tasks are put on trial. */
export interface ProjectOnTrial {
	readonly kind: 'project';
	readonly file: string;
	readonly project: Project;
	readonly instances: readonly TaskInstance[];
	/** Those instances, with what restarts together and what waits for what. */
	readonly version: Version;
	/** What one story may be told of. */
	readonly portions: readonly Portion[];
	/** Every command with the flag, and where it runs. */
	readonly flagged: readonly FlaggedCommand[];
	/** Tasks whose main block has a flagged command, functions expanded. */
	readonly flaggedTasks: number;
	/** Of the project and its version as they were imported (sha-256, its first 16 hex digits): the same wherever the file lies. */
	readonly digest: string;
	readonly warnings: readonly Problem[];
	readonly imported: Imported;
	readonly linted: LintedProject;
}

/** What was not read, and so is not tried. */
const LIMITS: ReadonlySet<RuleId> = new Set(['only-a-part', 'module-include']);

/** Imports a project file for trial, or tells why it cannot be. */
export function projectOnTrial(
	file: string,
	options: ImportOptions = {},
): ProjectOnTrial | ImportRefused {
	const imported = importProject(file, options);
	if (imported.kind === 'refused') return imported;
	const { project, version } = imported;
	const linted = lintedProject(imported);
	const findings = lintImported(imported, linted).findings.filter(
		({ silenced }) => silenced === undefined,
	);
	const flagged = flaggedIn(linted.flagged, version.tasks);
	const { portions, problems } = portionsOf(project, version, ownFlags(flagged));
	const withFlag = project.tasks.filter(({ commands }) =>
		commands.some((step) =>
			isFunctionCall(step)
				? new Map(Object.entries(project.functions ?? {}))
						.get(step.func)
						?.some((command) => command.retry_on_failure === true)
				: step.retry_on_failure === true,
		),
	);
	return {
		kind: 'project',
		file,
		project,
		instances: version.tasks,
		version,
		portions,
		flagged,
		flaggedTasks: withFlag.length,
		digest: digestOf(project, version),
		imported,
		linted,
		// What is only about the trial comes last.
		warnings: [
			...findings.filter(({ severity }) => severity !== 'note'),
			...findings.filter(({ severity, rule }) => severity === 'note' && LIMITS.has(rule)),
			...problems,
		],
	};
}

/** Where tasks are defined decides nothing, and is not in it. */
const digestOf = (project: Project, { places: _, ...version }: Version): string =>
	createHash('sha256')
		.update(JSON.stringify([project, version]))
		.digest('hex')
		.slice(0, 16);
