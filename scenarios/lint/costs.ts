import { plural } from '../../model/vocabulary/plural.ts';
import { hostsOf, isFunctionCall } from '../../model/vocabulary/project.ts';
import { Selection } from '../import/selector.ts';
import { expander } from '../import/steps.ts';
import { problemAt } from '../yaml/problem.ts';
import type { Finding, Rule } from './finding.ts';
import {
	countCommands,
	eachOnce,
	flaggedCommands,
	flagPlace,
	grouped,
	isFlagged,
	keyOf,
} from './flags.ts';
import type { LintedProject } from './linted-project.ts';
import { listed } from './listed.ts';

/** What some of a unit of many tasks risk for all of them. */
const SHARED =
	'they share one automatic restart, which a command that fails for good uses up for the others';

/** Uses that work, of tasks or in blocks, that fit. */
const workingUses = ({ uses }: LintedProject) => uses.filter(({ idle }) => idle === null);

/** A flag in a group on a single host restarts all of it (C4, lifecycle 5.8). */
export const groupRestartsWhole: Rule = (project) =>
	project.whole.groups.flatMap(({ name, place, max_hosts }): Finding[] => {
		const tasks = project.members.get(name) ?? [];
		const hosts = hostsOf({ ...(max_hosts === null ? {} : { max_hosts }), tasks: [...tasks] });
		if (hosts > 1 || tasks.length < 2) return [];
		const those = workingUses(project).filter(
			({ spot }) =>
				spot.group === name ||
				(spot.task !== null && spot.instances.some(({ group }) => group === name)),
		);
		const flags = eachOnce(those.map(({ flag }) => flag));
		if (flags.length === 0) return [];
		return [
			{
				...problemAt(
					place,
					`one failure of ${plural(countCommands(those), 'flagged command')} restarts all ${tasks.length} tasks of the group "${name}", which runs on one host: ${listed(tasks)}; ${SHARED}`,
					max_hosts === null
						? 'set max_hosts where they need not share a host, or keep it in mind'
						: 'keep it in mind',
				),
				rule: 'group-restarts-whole',
				severity: 'note',
				related: flags,
			},
		];
	});

/** A flag in an execution task restarts all of its display task: one finding for each that is written. */
export const displayTaskRestartsWhole: Rule = (project) => {
	const flagged = grouped(
		workingUses(project).flatMap((use) => use.met.map((instance) => ({ instance, use }))),
		({ instance }) => `${instance.variant}\0${instance.task.name}`,
	);
	const displays = grouped(displayTasksOf(project), ({ place }) => keyOf(place));
	return [...displays.values()].flatMap((those): Finding[] => {
		const [first] = those;
		const tasks = [...new Set(those.flatMap((one) => one.tasks))];
		const uses = those
			.flatMap(({ variant, tasks: its }) => its.map((task) => `${variant}\0${task}`))
			.flatMap((key) => flagged.get(key) ?? [])
			.map(({ use }) => use);
		const flags = eachOnce(uses.map(({ flag }) => flag));
		if (first === undefined || flags.length === 0 || tasks.length < 2) return [];
		const { place, name } = first;
		return [
			{
				...problemAt(
					place,
					`one failure of ${plural(countCommands(uses), 'flagged command')} restarts all ${tasks.length} execution tasks of the display task "${name}": ${listed(tasks)}; ${SHARED}`,
					'keep it in mind',
				),
				rule: 'display-task-restarts-whole',
				severity: 'note',
				related: flags,
			},
		];
	});
};

/** The display tasks of each variant, with the names of their tasks there. */
const displayTasksOf = ({ whole, variants }: LintedProject) =>
	variants.flatMap(({ name: variant, runs, display_tasks }) => {
		if (display_tasks.length === 0) return [];
		const there = new Selection(whole.tasks.filter(({ name }) => runs.has(name)));
		return display_tasks.map(({ name, place, execution_tasks }) => ({
			name,
			place,
			variant,
			tasks: execution_tasks.flatMap((one) => (there.of(one.name) ?? []).map((task) => task.name)),
		}));
	});

/** From so many commands on a task counts as long: the median of 64 live projects (real-projects, section 3). */
const LONG = 6;

/** Long tasks of which each command is flagged, one finding for those of the same commands. */
export const everyCommandFlagged: Rule = ({ whole }) => {
	const expand = expander(whole);
	const all = whole.tasks.flatMap((task) => {
		const commands = expand(task.commands);
		return commands.length >= LONG && commands.every(isFlagged)
			? [{ task, flags: eachOnce(commands.map(flagPlace)), count: commands.length }]
			: [];
	});
	return [...grouped(all, ({ flags }) => flags.map(keyOf).join())].flatMap(([, those]) => {
		const [first, ...others] = those;
		if (first === undefined) return [];
		return [
			{
				...problemAt(
					first.task.place,
					`each of the ${first.count} commands of "${first.task.name}" is flagged${others.length === 0 ? '' : `, and of ${plural(others.length, 'other task')}`}: whatever fails last, all of it runs again`,
					'flag those commands that fail for no reason of their own',
				),
				rule: 'every-command-flagged',
				severity: 'note',
				related: [...others.map(({ task }) => task.place), ...first.flags],
			},
		];
	});
};

/** Commands that try again by themselves before they fail (real-projects, section 2). */
const RETRYING = new Set(['git.get_project', 's3.get', 's3.put']);

export const flagOnRetryingCommand: Rule = ({ whole }) => {
	const those = flaggedCommands(whole).flatMap((entry) =>
		!isFunctionCall(entry.step) && RETRYING.has(entry.step.command)
			? [{ name: entry.step.command, place: flagPlace(entry) }]
			: [],
	);
	return [...new Map(those.map((one) => [keyOf(one.place), one])).values()].map(
		({ name, place }) => ({
			...problemAt(
				place,
				`${name} tries several times by itself before it fails: a restart repeats what did not help`,
				'keep the flag only if outages last longer than its own tries',
			),
			rule: 'flag-on-retrying-command',
			severity: 'note',
			related: [],
		}),
	);
};
