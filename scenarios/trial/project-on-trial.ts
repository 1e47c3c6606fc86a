import { createHash } from 'node:crypto';
import type { Project } from '../../model/vocabulary/project.ts';
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
	/** Those instances, of which those that never run are not activated: on no variant, disabled, or for the merge queue only. */
	readonly scheduled: readonly TaskInstance[];
	/** Those instances, with what restarts together and what waits for what. */
	readonly version: Version;
	/** What one story may be told of. */
	readonly portions: readonly Portion[];
	/** Every command with the flag, and where it runs. */
	readonly flagged: readonly FlaggedCommand[];
	/** Tasks that a failure of a flagged command can fail, in whichever of their blocks it runs. */
	readonly flaggedTasks: number;
	/** Of the project and its version as they were imported (sha-256, its first 16 hex digits): the same wherever the file lies. */
	readonly digest: string;
	readonly warnings: readonly Problem[];
	/** Those of them that say what was not read. */
	readonly limits: readonly Problem[];
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
	const limits = findings.filter(({ rule }) => LIMITS.has(rule));
	const flagged = flaggedIn(linted.flagged, version.tasks);
	const { portions, problems } = portionsOf(project, version, ownFlags(flagged));
	const withFlag = new Set(
		flagged.flatMap(({ uses }) =>
			uses.flatMap(({ task, canFail }) => (canFail ? (version.tasks[task]?.task ?? []) : [])),
		),
	);
	return {
		kind: 'project',
		file,
		project,
		instances: version.tasks,
		scheduled: scheduledOf(version.tasks, linted),
		version,
		portions,
		flagged,
		flaggedTasks: withFlag.size,
		digest: digestOf(project, version),
		imported,
		linted,
		limits,
		// What is only about the trial comes last.
		warnings: [
			...findings.filter(({ severity }) => severity !== 'note'),
			...limits.filter(({ severity }) => severity === 'note'),
			...problems,
		],
	};
}

function scheduledOf(
	tasks: readonly TaskInstance[],
	{ instances }: LintedProject,
): readonly TaskInstance[] {
	const key = (task: string, variant: string): string => `${task}\0${variant}`;
	const running = new Set(
		instances.flatMap(({ task, variant, never }) =>
			never === null ? [key(task.name, variant)] : [],
		),
	);
	return tasks.map((one) =>
		running.has(key(one.task, one.variant)) ? one : { ...one, activated: false },
	);
}

/** Where tasks are defined decides nothing, and is not in it. */
const digestOf = (project: Project, { places: _, ...version }: Version): string =>
	createHash('sha256')
		.update(JSON.stringify([project, version]))
		.digest('hex')
		.slice(0, 16);
