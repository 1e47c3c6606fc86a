import { isSegment, NAME_LENGTH, type Project } from '../../model/vocabulary/project.ts';
import type { DisplayTask, TaskInstance } from '../../model/vocabulary/setup.ts';
import { dependencyProblems, groupInstances, unitsOf } from '../../model/vocabulary/structure.ts';
import type { Place } from '../yaml/problem.ts';
import { Dependencies } from './dependencies.ts';
import { Selection } from './selector.ts';
import type { VariantRuns } from './variants.ts';
import { warningAt } from './warning.ts';
import type { Findings, WrittenDependency, WrittenProject } from './written.ts';

/** A version in which every task of a project runs wherever it may. It may have more tasks than a setup. */
export type Version = {
	readonly tasks: readonly TaskInstance[];
	readonly display_tasks: readonly DisplayTask[];
	/** Where the task of an id is defined. */
	readonly places: ReadonlyMap<string, Place>;
};

/**
 * The variant of a task that no variant runs. A command with `variants` does not run on it.
 */
export const ANY_VARIANT = 'any-variant';

/** Ids: a name, or where it is taken `name@variant`. */
class Ids {
	readonly #taken: Set<string>;

	constructor(taken: Iterable<string>) {
		this.#taken = new Set(taken);
	}

	of(name: string, variant: string): string {
		const wanted = `${name}@${variant}`.slice(0, NAME_LENGTH - 8);
		let id = wanted;
		for (let next = 2; this.#taken.has(id); next++) id = `${wanted}#${next}`;
		this.#taken.add(id);
		return id;
	}

	/** The name alone where nothing else has it, and it can be an id. */
	plain(name: string, variant: string): string {
		if (this.#taken.has(name) || !isSegment(name)) return this.of(name, variant);
		this.#taken.add(name);
		return name;
	}
}

/**
 * Each task of the project on every variant that runs it, else on `any-variant`; in the order of the
 * project, then of the variants, but members of a group in the order of the group. The id is the task's
 * name; where a task is on several variants, or its name is no id, `task@variant`. What cannot be said of them, such as a wait
 * for what is not there, is told.
 */
export function versionOf(
	written: WrittenProject,
	project: Project,
	variants: readonly VariantRuns[],
	findings: Findings,
): Version {
	const ids = new Ids(project.tasks.map(({ name }) => name));
	const places = new Map<string, Place>();
	type On = Pick<TaskInstance, 'variant' | 'group'>;
	const runs = new Map(written.tasks.map(({ name }): [string, On[]] => [name, []]));
	for (const variant of variants)
		for (const [task, { group }] of variant.runs)
			runs.get(task)?.push({ variant: variant.name, group });
	const spread = written.tasks.flatMap(({ name, place }): TaskInstance[] => {
		const on = runs.get(name) ?? [];
		const instances =
			on.length > 1
				? on.map((it) => ({ id: ids.of(name, it.variant), ...it }))
				: [on[0] ?? { variant: ANY_VARIANT, group: undefined }].map((it) => ({
						id: isSegment(name) ? name : ids.of(name, it.variant),
						...it,
					}));
		return instances.map(({ id, variant, group }) => {
			places.set(id, place);
			return { id, task: name, variant, ...(group === undefined ? {} : { group }) };
		});
	});
	const tasks = inGroupOrder(project, spread);
	const display_tasks = displayTasksOf(written, tasks, variants, ids, findings);
	return {
		tasks: withDependencies(written, project, { tasks, display_tasks }, variants, findings),
		display_tasks,
		places,
	};
}

/** The members of a group on one variant stand where they stood, in the order in which they run. */
function inGroupOrder(project: Project, tasks: readonly TaskInstance[]): TaskInstance[] {
	const ordered = [...tasks];
	for (const { group, tasks: members } of groupInstances({ project, tasks })) {
		const order = project.task_groups?.find(({ name }) => name === group)?.tasks ?? [];
		const sorted = members
			.flatMap((member) => tasks[member] ?? [])
			.sort((one, other) => order.indexOf(one.task) - order.indexOf(other.task));
		for (const [index, member] of members.entries()) {
			const task = sorted[index];
			if (task !== undefined) ordered[member] = task;
		}
	}
	return ordered;
}

function displayTasksOf(
	written: WrittenProject,
	tasks: readonly TaskInstance[],
	variants: readonly VariantRuns[],
	ids: Ids,
	findings: Findings,
): DisplayTask[] {
	const on = new Map(variants.map(({ name }) => [name, new Map<string, string>()]));
	for (const { id, task, variant } of tasks) on.get(variant)?.set(task, id);
	return variants.flatMap((variant) => {
		const there = on.get(variant.name);
		if (there === undefined || variant.display_tasks.length === 0) return [];
		const selection = new Selection(written.tasks.filter(({ name }) => there.has(name)));
		const shown = new Set<string>();
		return variant.display_tasks.flatMap(({ name, place, execution_tasks }): DisplayTask[] => {
			if (there.has(name))
				findings.warnings.push(
					warningAt(
						'display-task',
						place,
						`the display task "${name}" has the name of a task of the variant "${variant.name}"`,
						'give it another name',
					),
				);
			const members = new Set<string>();
			for (const reference of execution_tasks) {
				const found = selection.of(reference.name);
				if (found === null) findings.warnings.push(notThere(variant.name, name, reference));
				for (const task of found ?? []) {
					const id = there.get(task.name) ?? '';
					if (shown.has(id))
						findings.warnings.push(shownTwice(task.name, reference.place, members.has(id)));
					else members.add(id);
					shown.add(id);
				}
			}
			if (members.size === 0 && execution_tasks.length > 0) return [];
			if (members.size === 0) {
				findings.warnings.push(
					warningAt(
						'display-task',
						place,
						`the display task "${name}" has no execution tasks`,
						'list some',
						'warning',
					),
				);
				return [];
			}
			return [{ id: ids.plain(name, variant.name), execution_tasks: [...members] }];
		});
	});
}

const notThere = (
	variant: string,
	display: string,
	{ name, place }: { name: string; place: Place },
) =>
	warningAt(
		'display-task',
		place,
		`"${name}" in the display task "${display}" is no task of the variant "${variant}"`,
		'list it among the tasks of the variant',
	);

const shownTwice = (task: string, place: Place, here: boolean) =>
	warningAt(
		'display-task',
		place,
		here
			? `"${task}" is listed in this display task already`
			: `"${task}" is in another display task already, and stays there`,
		here ? 'list it once' : 'keep it in one of them',
	);

/** The tasks with what they wait for. Where that goes in a circle, the wait is told and passed over. */
function withDependencies(
	written: WrittenProject,
	project: Project,
	{ tasks, display_tasks }: Pick<Version, 'tasks' | 'display_tasks'>,
	variants: readonly VariantRuns[],
	findings: Findings,
): TaskInstance[] {
	const dependencies = new Dependencies(written, project, tasks, variants, findings);
	const said: readonly (readonly WrittenDependency[])[] = tasks.map((task) =>
		dependencies.written(task),
	);
	let waiting: TaskInstance[] = tasks.map((task, place) => {
		const waits = dependencies.resolve(task, said[place] ?? []);
		return waits.length === 0 ? task : { ...task, depends_on: waits };
	});
	for (;;) {
		const setup = { project, tasks: waiting, display_tasks };
		const circle = dependencyProblems(setup).find(({ path }) => path.at(-1) === 'depends_on');
		if (circle === undefined) return waiting;
		const unit = unitsOf(setup).find((members) => members.includes(Number(circle.path[1]))) ?? [];
		const [first] = unit.flatMap((place) =>
			waiting[place]?.depends_on === undefined ? [] : (said[place] ?? []),
		);
		if (first !== undefined)
			findings.warnings.push(
				warningAt(
					'circular-dependency',
					first.place,
					`${circle.message}; what it waits for is passed over`,
					'let one of them wait for the other only',
				),
			);
		waiting = waiting.map((task, place) => {
			if (!unit.includes(place)) return task;
			const { depends_on: _, ...rest } = task;
			return rest;
		});
	}
}
