import { plural } from '../../model/vocabulary/plural.ts';
import { type Place, problemAt } from '../yaml/problem.ts';
import type { Finding, Rule, RuleId } from './finding.ts';
import { countCommands, eachOnce, grouped, keyOf, writtenSteps } from './flags.ts';
import type { Never } from './instances.ts';
import type { LintedProject } from './linted-project.ts';
import type { Use } from './uses.ts';

/** Uses of flags that work nowhere, in lists that no task runs that could be restarted. */
const neverRun = ({ uses, working }: LintedProject): Use[] =>
	uses.filter(({ idle, flag }) => idle === 'never runs' && !working.has(keyOf(flag)));

/** One finding for each key that keeps tasks from running, or from being restarted. */
const keptBy =
	(rule: RuleId, whys: readonly Never['why'][], severity: Finding['severity']): Rule =>
	(project) => {
		const kept = neverRun(project).flatMap((use) => {
			const never = use.spot.instances[0]?.never ?? null;
			return never !== null && whys.includes(never.why) ? [{ use, never }] : [];
		});
		return [...grouped(kept, ({ never }) => keyOf(never.place)).values()].flatMap((those) => {
			const [first] = those;
			if (first === undefined) return [];
			const { never } = first;
			const flags = eachOnce(those.map(({ use }) => use.flag));
			const tasks = new Set(those.flatMap(({ use }) => use.spot.instances.map(({ task }) => task)));
			const what = `retry_on_failure does nothing on ${plural(countCommands(those.map(({ use }) => use)), 'command')} of ${plural(tasks.size, 'task')}`;
			return [
				{
					...problemAt(never.place, `${what}: ${WHY[never.why]}`, REMEDY[never.why]),
					rule,
					severity,
					related: flags,
				},
			];
		});
	};

const WHY: Readonly<Record<Never['why'], string>> = {
	disabled: 'disabled, they never run',
	'no requester': 'these keys leave no version in which they would run',
	'merge queue': 'only the merge queue runs them, and its versions are never restarted',
};

const REMEDY: Readonly<Record<Never['why'], string>> = {
	disabled: 'nothing need be done until they are enabled',
	'no requester': 'take one of the keys out',
	'merge queue': 'allow another requester, or take the flags off',
};

export const disabledTask = keptBy('disabled-task', ['disabled', 'no requester'], 'note');
export const mergeQueueOnly = keptBy('merge-queue-only', ['merge queue'], 'warning');

/** Lists of commands that belong to no task of any variant. */
export const onNoVariant: Rule = (project) => {
	const generates = writtenSteps(project.whole).some(
		({ step }) => 'command' in step && step.command === 'generate.tasks',
	);
	const alone = neverRun(project).filter(({ spot }) => spot.instances.length === 0);
	return [...grouped(alone, ({ spot }) => spot)].map(([{ task, group, block, place }, uses]) =>
		noVariant(
			task !== null
				? `the task "${task.name}" is on no build variant`
				: group !== null
					? `the group "${group}" is on no build variant`
					: `every task runs in a group, where ${block} is not run`,
			place,
			uses,
			generates ? 'list it on a variant, unless generate.tasks puts it there' : undefined,
		),
	);
};

const noVariant = (
	why: string,
	place: Place,
	uses: readonly Use[],
	remedy = 'list it on a variant',
): Finding => {
	const related = eachOnce(uses.map(({ flag }) => flag));
	return {
		...problemAt(
			place,
			`${why}: retry_on_failure does nothing on ${plural(countCommands(uses), 'command')}`,
			remedy,
		),
		rule: 'on-no-variant',
		severity: 'note',
		related,
	};
};
