import type { Place } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { matrixVariants } from './matrix.ts';
import { isSelector, Selection } from './selector.ts';
import { ENTRY_KEYS } from './shapes.ts';
import { type Severity, undefinedAt, warningAt } from './warning.ts';
import type {
	Findings,
	Reference,
	WrittenEntry,
	WrittenProject,
	WrittenVariant,
} from './written.ts';

/** A build variant and the tasks that run on it, listed there or by way of a task group. */
export type Variant = { readonly name: string; readonly tasks: readonly string[] };

/** How a task runs on a variant. */
export type Run = {
	/** The group as a member of which it runs. */
	readonly group?: string;
	/** By which it does; what it waits for there is empty where nothing is said. */
	readonly entry: WrittenEntry;
};

/** A build variant with its tasks, by name and in the order in which they are listed. */
export type VariantRuns = WrittenVariant & { readonly runs: ReadonlyMap<string, Run> };

/** Names of the tasks of each group, in order, by the name of the group. What names nothing is told. */
export function groupMembers(
	project: WrittenProject,
	findings: Findings,
): ReadonlyMap<string, readonly string[]> {
	const tasks = new Selection(project.tasks);
	const names = new Set(project.tasks.map(({ name }) => name));
	return new Map(
		project.groups.map((group) => {
			if (names.has(group.name))
				findings.warnings.push(
					warningAt(
						'listed-twice',
						group.place,
						`"${group.name}" is the name of a task and of a task group`,
						'give one of them another name',
					),
				);
			if (group.tasks.length === 0)
				findings.warnings.push(
					warningAt(
						'unmatched-name',
						group.place,
						`the task group "${group.name}" has no tasks`,
						'list some',
					),
				);
			const seen = new Set<string>();
			const members = group.tasks.flatMap(({ name, place }) => {
				const found = tasks.of(name);
				if (found === null) findings.warnings.push(nothing(name, place));
				for (const task of found ?? []) {
					if (seen.has(task.name))
						findings.warnings.push(
							warningAt(
								'listed-twice',
								place,
								`"${task.name}" is listed in the task group "${group.name}" already`,
								'list it once',
							),
						);
					seen.add(task.name);
				}
				return (found ?? []).map((task) => task.name);
			});
			return [group.name, [...new Set(members)]];
		}),
	);
}

/**
 * The tasks of each variant, those of matrix definitions among them, in the order in which they are
 * listed: by name, by task group, or by a selector of tasks and groups. What names nothing is told, and
 * so is a task that is listed twice: as a member of its first group it runs once.
 */
export function resolveVariants(
	project: WrittenProject,
	members: ReadonlyMap<string, readonly string[]>,
	findings: Findings,
): VariantRuns[] {
	const tasks = new Selection(project.tasks);
	const groups = new Selection(project.groups);
	const items = new Map(project.tasks.map(({ name, item }) => [name, item]));
	/** The tasks that are meant, each with the group by which it is. */
	const resolve = (
		reference: Reference,
		unmatched: Reference[],
	): Map<string, string | undefined> => {
		const { name } = reference;
		const [single, several] = [tasks.of(name), groups.of(name)];
		if (single === null && several === null) unmatched.push(reference);
		const meant = new Map<string, string | undefined>(
			(single ?? []).map((task) => [task.name, undefined]),
		);
		for (const group of several ?? [])
			for (const task of members.get(group.name) ?? [])
				meant.set(task, meant.get(task) ?? group.name);
		return meant;
	};
	return [...project.variants, ...matrixVariants(project, findings)].map((variant) => {
		const runs = new Map<string, Run>();
		const unmatched: Reference[] = [];
		const add = (entry: WrittenEntry): void => {
			for (const [task, group] of resolve(entry, unmatched)) {
				const before = runs.get(task);
				const clash = before !== undefined && before.group !== group;
				if (clash) findings.warnings.push(twice(variant.name, task, entry.place));
				else if (
					before !== undefined &&
					settingsOf(before.entry, items.get(task)) !== settingsOf(entry, items.get(task))
				)
					findings.warnings.push(differently(variant.name, task, before.entry.place, entry.place));
				if (before === undefined || (clash && before.group === undefined))
					runs.set(task, {
						...(group === undefined ? {} : { group }),
						entry,
					});
			}
		};
		variant.tasks.forEach(add);
		// The server refuses a variant of which nothing is found, and warns of one of which something is not.
		for (const { name, place } of unmatched)
			findings.warnings.push(nothing(name, place, runs.size === 0 ? 'error' : 'warning'));
		for (const task of variant.without.flatMap((entry) => [...resolve(entry, unmatched).keys()]))
			runs.delete(task);
		return { ...variant, runs };
	});
}

/** What an entry says of its task, or the task itself where it says nothing, as text. */
function settingsOf({ item }: WrittenEntry, task: YamlValue | undefined): string {
	const own = item.mapping() ?? new Map<string, YamlValue>();
	const said = (key: string): YamlValue | undefined =>
		[own.get(key), task?.mapping()?.get(key)].find((value) => value?.isNothing === false);
	return JSON.stringify(
		ENTRY_KEYS.map((key) => {
			const value = key === 'run_on' ? (said('distros') ?? said(key)) : said(key);
			const all = value?.list() ?? (value === undefined ? [] : [value]);
			return all.map((one) => one.plain());
		}),
	);
}

const differently = (variant: string, task: string, first: Place, place: Place) =>
	warningAt(
		'listed-twice',
		place,
		`"${task}" is listed twice on the variant "${variant}" with different settings, first in line ${first.line}`,
		'list it once, or say the same of it',
	);

const twice = (variant: string, task: string, place: Place) =>
	warningAt(
		'listed-twice',
		place,
		`"${task}" is listed on the variant "${variant}" as a member of a task group and once more; it runs once, as a member of the first group`,
		'list it once',
	);

/** Told where a name or selector has no tasks and no groups. */
export const nothing = (name: string, place: Place, severity?: Severity) =>
	isSelector(name)
		? undefinedAt(
				'unmatched-name',
				{ name, place },
				`no task or task group satisfies the selector "${name}"`,
				'use tags that tasks have, or include the file that defines them',
				severity,
			)
		: undefinedAt(
				'unmatched-name',
				{ name, place },
				`no task or task group is named "${name}"`,
				'define it, or include the file that does',
				severity,
			);
