import { same } from '../../model/vocabulary/same.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { FlagEvidence } from '../evidence/flag-evidence.ts';
import { firstOfKind, isRun, kindOf, restarts, waysOf } from './flag-ways.ts';
import { never, repeated } from './said.ts';
import { tokenContradictions } from './tokens.ts';
import { FLAGGED_COMMANDS, untoldWays } from './tried.ts';
import { nothingTried } from './verification.ts';

/** What cannot be of the trial of a project's flagged commands and tasks. */
export function trialContradictions(evidence: Evidence): string[] {
	const { project, stories } = evidence;
	const trial = project?.trial ?? null;
	if (project === null || trial === null) return [];
	const { flags, left_out, on_variants } = trial;
	const tried = project.tasks - left_out.length;
	const nothing = nothingTried(evidence) !== null;
	return [
		...repeated(
			flags.map(({ at }) => `flagged command ${at}`),
			left_out.map(({ task }) => `task ${task}, which was left out,`),
			...flags.map(({ at, runs }) => runs.map((run) => `${kindOf(run)} of flagged command ${at}`)),
		),
		...flags.flatMap(({ at, runs }) =>
			never(
				runs.some((run) => !isRun(run) || !same(Object.keys(run.told), waysOf(run))),
				`flagged command ${at} is said to run, or to end, as it cannot`,
			),
		),
		...never(
			on_variants > project.task_instances,
			`${on_variants} of ${project.task_instances} task instances are said to run on a variant`,
		),
		...never(
			on_variants === 0 && flags.some(({ runs }) => runs.length > 0),
			'flagged commands are said to run, but no task does on a variant',
		),
		...never(
			project.flagged_tasks > 0 && flags.length === 0,
			`${project.flagged_tasks} tasks of the project have a flagged command, but no command has the flag`,
		),
		...never(
			tried < 0 || (nothing && tried > 0),
			`${left_out.length} of ${project.tasks} tasks are said to have been left out`,
		),
		...never(
			nothing && stories > 0,
			`${stories} stories were told, though there was nothing to try`,
		),
		...countContradictions(project.counts, flags),
		...toldContradictions(evidence, flags),
		...storyContradictions(evidence, flags),
	];
}

/** The flags of a project are as many as are tried, and do what is said of each; one that does nothing has no price. */
function countContradictions(
	counts: NonNullable<Evidence['project']>['counts'],
	flags: readonly FlagEvidence[],
): string[] {
	const of = (verdict: FlagEvidence['verdict']): number =>
		flags.filter((flag) => flag.verdict === verdict).length;
	return [
		...never(
			(counts === null && of(null) < flags.length) ||
				(counts !== null &&
					(counts.flags !== flags.length ||
						counts.work !== of('works') ||
						counts.partly !== of('partly') ||
						counts.idle !== of('idle') ||
						counts.uncalled !== of('uncalled'))),
			`${flags.length} flagged commands are said to do what their counts do not say`,
		),
		...flags.flatMap(({ at, verdict, price }) =>
			never(
				price !== null && verdict !== 'works' && verdict !== 'partly',
				`flagged command ${at} is said to have a price, though it does nothing`,
			),
		),
	];
}

/** Each story that is told of a flagged command is counted in one of its ways, unless it did not go as it was meant to. */
function toldContradictions(
	{ sources, shard, interrupted }: Evidence,
	flags: NonNullable<NonNullable<Evidence['project']>['trial']>['flags'],
): string[] {
	const runs = flags.flatMap((flag) => flag.runs);
	const told = runs.flatMap((run) => Object.values(run.told)).reduce((sum, one) => sum + one, 0);
	const source = sources.find(({ name }) => name === FLAGGED_COMMANDS);
	const { stories = 0, broken = 0, flagged_failures = null } = source ?? {};
	const isWhole = shard === null && !interrupted && broken === 0;
	return [
		...never(
			told > stories - broken,
			`${told} of ${stories} stories of flagged commands are said to have gone as they were meant to, and ${broken} not to`,
		),
		...never(
			isWhole && told < stories && flags.every((flag) => untoldWays(flag).length === 0),
			`each way of each flagged command is said to have been told, but in ${told} of ${stories} stories only`,
		),
		...never(
			source !== undefined &&
				(flagged_failures === null) ===
					runs.some((run) => waysOf(run).some((way) => restarts(run, way))),
			flagged_failures === null
				? 'failures of flagged commands are not counted, though some restart a task'
				: 'failures of flagged commands are counted, though none restarts a task',
		),
	];
}

/** Stories are kept of the first of each kind, in which it failed. */
function storyContradictions(
	{ design }: Evidence,
	flags: NonNullable<NonNullable<Evidence['project']>['trial']>['flags'],
): string[] {
	const firsts = firstOfKind(flags);
	const kept = flags.flatMap(({ at, runs }) =>
		runs.flatMap((run) => (run.story === null ? [] : [{ at, run, ...run.story }])),
	);
	return [
		...kept.flatMap(({ at, run }) =>
			never(
				!firsts.has(run) || (run.told.fails ?? 0) === 0,
				`a story of flagged command ${at} is kept, of which none was to be`,
			),
		),
		...tokenContradictions(
			kept.map(({ at, events, token }) => ({
				name: `flagged command ${at}`,
				events,
				token,
				design,
			})),
		),
	];
}
