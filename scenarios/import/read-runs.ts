import { problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import {
	entry,
	itemsOf,
	type Mapping,
	readName,
	readReferences,
	readTags,
} from './read-scalars.ts';
import type {
	Findings,
	WrittenDependency,
	WrittenDisplayTask,
	WrittenEntry,
	WrittenRuns,
} from './written.ts';

/** What a build variant, or a definition of many, runs. */
export const readRuns = (item: YamlValue, mapping: Mapping, findings: Findings): WrittenRuns => ({
	item,
	tags: readTags(mapping, findings),
	tasks: readEntries(mapping.get('tasks'), findings),
	display_tasks: itemsOf(mapping.get('display_tasks')).flatMap((item) =>
		readDisplayTask(item, findings),
	),
	depends_on: readDependencies(mapping.get('depends_on'), findings),
});

/** Names or selectors of tasks and task groups, each perhaps with what it waits for. */
export const readEntries = (value: YamlValue | undefined, findings: Findings): WrittenEntry[] =>
	readReferences(value, findings).map((reference) => ({
		...reference,
		depends_on: readDependencies(reference.item.mapping()?.get('depends_on'), findings),
	}));

function readDisplayTask(item: YamlValue, findings: Findings): WrittenDisplayTask[] {
	const mapping = item.mapping();
	const name = readName(mapping?.get('name'), findings);
	if (mapping !== undefined && name !== undefined)
		return [
			{
				name,
				place: item.place,
				execution_tasks: readReferences(mapping.get('execution_tasks'), findings),
			},
		];
	if (mapping === undefined && !item.isNothing) return [];
	findings.errors.push(
		problemAt(
			item.place,
			'a display task is a mapping with a `name`',
			'give it a name, and list its execution_tasks',
		),
	);
	return [];
}

/** Names or selectors of tasks, each perhaps with the variant that it runs on, and how it must end. */
export const readDependencies = (
	value: YamlValue | undefined,
	findings: Findings,
): WrittenDependency[] =>
	readReferences(value, findings).map(({ item, ...reference }) => {
		const mapping = item.mapping() ?? new Map<string, YamlValue>();
		const variant = entry(mapping, 'variant');
		return {
			...reference,
			variants: variant === undefined ? null : readReferences(variant, findings),
			byAxes: variant?.mapping() !== undefined,
			status: readName(entry(mapping, 'status'), findings) ?? 'success',
		};
	});
