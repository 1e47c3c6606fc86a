import type { Evidence } from '../evidence/evidence.ts';
import type { FlagWay } from '../evidence/flag-evidence.ts';
import { never, repeated } from './said.ts';
import { FLAGGED_COMMANDS, sayWay } from './tried.ts';
import { nothingTried } from './verification.ts';

/** What cannot be of the trial of a project's flagged commands and tasks. */
export function trialContradictions(evidence: Evidence): string[] {
	const { project, sources, stories, shard, interrupted } = evidence;
	const trial = project?.trial ?? null;
	if (project === null || trial === null) return [];
	const { flags, left_out, on_variants } = trial;
	const ways = flags.flatMap((flag) => flag.ways);
	const told = ways.reduce((sum, way) => sum + way.told, 0);
	const source = sources.find(({ name }) => name === FLAGGED_COMMANDS);
	const isAll = shard === null && !interrupted && ways.every((way) => way.told > 0);
	const tried = project.tasks - left_out.length;
	const nothing = nothingTried(evidence) !== null;
	return [
		...repeated(
			flags.map(({ at }) => `flagged command ${at}`),
			left_out.map(({ task }) => `task ${task}, which was left out,`),
			...flags.map((flag) => flag.ways.map((way) => `${sayWay(way)} of ${flag.at}`)),
		),
		...flags.flatMap(({ at, ways: its }) =>
			never(
				its.some((way) => !canBe(way)),
				`flagged command ${at} is said to restart its task where it cannot, or not where it must`,
			),
		),
		...never(
			on_variants > project.task_instances,
			`${on_variants} of ${project.task_instances} task instances are said to run on a variant`,
		),
		...never(
			on_variants === 0 && ways.length > 0,
			'flagged commands are said to run, but no task does on a variant',
		),
		...never(
			tried < 0,
			`${left_out.length} of ${project.tasks} tasks are said to have been left out`,
		),
		...never(
			told > (source?.stories ?? 0),
			`${told} stories of flagged commands are said to have gone as they were meant to, but ${source?.stories ?? 0} were told`,
		),
		...never(
			source !== undefined && isAll && source.broken === 0 && told !== source.stories,
			`${source?.stories ?? 0} stories of flagged commands were told, and each way is said to have been met, but in ${told} of them only`,
		),
		...never(
			nothing && stories > 0,
			`${stories} stories were told, though there was nothing to try`,
		),
		...never(
			nothing && (tried > 0 || told > 0),
			`${tried} tasks are said to have been tried, though there was nothing to try`,
		),
		...never(
			told > 0 && tried === 0,
			`stories of flagged commands are told, but of no task of the project`,
		),
	];
}

/** What only a time-out or a failure can do, and what an abort cannot. */
const canBe = ({ way, restarts, block, among }: FlagWay): boolean => {
	const isOfGroup = among === 'single-host group' || among === 'group';
	const outside = block === 'pre' || block === 'post';
	const inside =
		block === 'setup_group' ||
		block === 'setup_task' ||
		block === 'teardown_task' ||
		block === 'teardown_group';
	if (isOfGroup ? outside : inside && among === 'alone') return false;
	if (way === 'aborted' || way === 'fails, then aborted') return !restarts;
	if (block === 'main') return restarts;
	if (block === 'timeout' || block === 'teardown_group') return !restarts;
	return way === 'times out' &&
		(block === 'pre' || block === 'setup_group' || block === 'setup_task')
		? restarts
		: true;
};
