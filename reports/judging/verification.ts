import { type Doubt, type DoubtId, doubt, sayDoubts } from '../evidence/doubt.ts';
import type { Evidence, GuaranteeEvidence, SourceEvidence } from '../evidence/evidence.ts';
import { ELSEWHERE, NEVER_EXERCISED, sayUnrested } from '../wording/ending.ts';
import { plural } from '../wording/figures.ts';
import { checkDoubts, configurationVerdict } from './check.ts';
import { partDoubt } from './part-doubt.ts';
import { leftOut, NO_TASKS, nothingToTry } from './tried.ts';

/** What was seen, before anything is said of it. */
export type Tried = Omit<Evidence, 'verdict' | 'reason' | 'reasons' | 'guarantees' | 'sources'> & {
	readonly guarantees: readonly Omit<GuaranteeEvidence, 'verdict' | 'reason'>[];
	readonly sources: readonly Omit<SourceEvidence, 'verdict'>[];
};

/** What is said of a project that is tried. */
export const sayFlagged = ({
	flagged_tasks,
	tasks,
}: Pick<NonNullable<Evidence['project']>, 'flagged_tasks' | 'tasks'>): string =>
	`${flagged_tasks} of ${plural(tasks, 'task')} in the file ${flagged_tasks === 1 ? 'has' : 'have'} a flagged command`;

/**
 * What a verification comes to, by its parts alone: violated beats unknown, unknown beats holds. The one place that
 * says so: of a run, of the union of its parts, and of a file that is read.
 */
export function judgeVerification(tried: Tried): Evidence {
	const nothing = nothingTried(tried);
	const general =
		nothing === null
			? generalDoubts(tried)
			: [nothing, ...generalDoubts(tried).filter(({ id }) => id === 'interrupted')];
	const sources = tried.sources.map((source) => judgeSource(source, tried));
	const rows = tried.guarantees.map((row) => judgeGuarantee(row, tried, general));
	const checks = tried.checks.map((check) => ({
		...check,
		verdict: configurationVerdict(check),
	}));
	const violated =
		tried.findings.length > 0 || [...sources, ...checks].some((one) => one.verdict === 'violated');
	const reasons = violated
		? []
		: tried.interrupted || nothing !== null
			? general
			: [
					...general,
					...untold(tried),
					...doubtsOfProject(tried),
					...checkDoubts(checks),
					...rowDoubts(rows, tried),
					...(tried.shard === null ? [] : [partDoubt(tried.shard)]),
				];
	return {
		...tried,
		checks,
		sources,
		guarantees: rows,
		verdict: violated ? 'violated' : reasons.length === 0 ? 'holds' : 'unknown',
		reason: sayDoubts(reasons),
		reasons,
	};
}

/**
 * That there was nothing to try of the project, where the run ended with that. Whoever lives with it has all else tried.
 */
export function nothingTried({
	project,
	allowed,
}: Pick<Tried, 'project' | 'allowed'>): Doubt | null {
	const nothing = project === null ? null : nothingToTry(project);
	return nothing === null || allowed.includes(nothing.id) ? null : nothing;
}

/** What was not tried of the project. */
function doubtsOfProject({ project, shard, interrupted }: Tried): Doubt[] {
	if (project === null) return [];
	const nothing = nothingToTry(project);
	return [
		...(nothing === null || nothing.id === 'no-tasks' ? [] : [nothing]),
		...(shard !== null || interrupted ? [] : leftOut(project)),
	];
}

/** What puts everything in doubt. */
const generalDoubts = ({ interrupted, canary, shard }: Tried): Doubt[] => [
	...(interrupted ? [doubt('interrupted', 'the verification was interrupted')] : []),
	...(canary.caught || shard !== null
		? []
		: [doubt('canary-missed', `the canary "${canary.name}" was not caught`)]),
];

/** Why a source says nothing; a part may have none of its stories. */
function silence(
	{ stories, flagged_failures, interrupted }: Omit<SourceEvidence, 'verdict'>,
	{ shard }: Tried,
): Doubt | null {
	if (interrupted) return doubt('interrupted', 'interrupted');
	if (shard !== null) return null;
	if (stories === 0) return doubt('no-stories', 'no story was told');
	return flagged_failures === 0 ? doubt('no-flagged-failure', 'no flagged command failed') : null;
}

function judgeSource(source: Omit<SourceEvidence, 'verdict'>, tried: Tried): SourceEvidence {
	if (source.broken > 0) return { ...source, verdict: 'violated' };
	const silent = silence(source, tried);
	if (silent === null) return { ...source, verdict: 'holds' };
	return { ...source, verdict: 'unknown', note: silent.says };
}

/** Sources that say nothing; that a project has no tasks says all there is to say of it. */
function untold(tried: Tried): Doubt[] {
	const { sources, project, shard } = tried;
	const empty = project !== null && project.task_instances === 0;
	const by = new Map<string, { readonly id: DoubtId; readonly names: string[] }>();
	for (const source of sources) {
		if (empty && source.name === project.file) continue;
		const silent = silence(source, tried);
		if (silent === null) continue;
		const same = by.get(silent.says) ?? { id: silent.id, names: [] };
		same.names.push(source.name);
		by.set(silent.says, same);
	}
	return [
		...(empty ? [doubt('no-tasks', NO_TASKS)] : []),
		...(sources.length === 0 && shard === null ? [doubt('no-stories', 'no story was told')] : []),
		...[...by].map(([says, { id, names }]) => doubt(id, `${names.join(', ')}: ${says}`)),
	];
}

function judgeGuarantee(
	row: Omit<GuaranteeEvidence, 'verdict' | 'reason'>,
	{ findings, checks, unrested, shard }: Tried,
	general: readonly Doubt[],
): GuaranteeEvidence {
	const violated =
		findings.some((finding) => finding.guarantee === row.id) ||
		checks.some(
			({ violations, tour }) =>
				tour?.finding?.guarantee === row.id || violations.some((one) => one.guarantee === row.id),
		);
	const reason =
		sayDoubts(general) ??
		(shard !== null
			? ELSEWHERE
			: row.exercised === 0
				? NEVER_EXERCISED
				: isLiveness(row.id) && unrested > 0
					? sayUnrested(unrested)
					: null);
	return {
		...row,
		verdict: violated ? 'violated' : reason === null ? 'holds' : 'unknown',
		reason: violated ? null : reason,
	};
}

const isLiveness = (id: string): boolean => id.startsWith('L');

/** Guarantees that were not put to the test, or not to the end. */
function rowDoubts(rows: readonly GuaranteeEvidence[], { unrested, shard }: Tried): Doubt[] {
	if (shard !== null) return [];
	const never = rows.filter(({ exercised }) => exercised === 0).map(({ id }) => id);
	return [
		...(rows.length === 0 ? [doubt('never-exercised', 'no guarantee was judged')] : []),
		...(never.length > 0 ? [doubt('never-exercised', `${never.join(', ')} never exercised`)] : []),
		...(unrested > 0 ? [doubt('unrested', sayUnrested(unrested))] : []),
	];
}
