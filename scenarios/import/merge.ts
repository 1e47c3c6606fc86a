import { type Place, problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { entry, itemsOf } from './read-scalars.ts';
import { VARIANT } from './shapes.ts';
import {
	type Findings,
	PROJECT_BLOCKS,
	type WrittenFile,
	type WrittenProject,
	type WrittenVariant,
} from './written.ts';

/**
 * Puts the files of a project together as the server does (project_parser_merge_functions.go): lists are joined, and a file
 * may add tasks to the variant of another; a task, function or group defined twice, and a second block, switch or other
 * key of the project, is an error.
 */
export function merge(files: readonly WrittenFile[], findings: Findings): WrittenProject {
	const once = (what: string, items: readonly { name: string; place: Place }[]): void => {
		const first = new Map<string, Place>();
		for (const { name, place } of items) {
			const before = first.get(name);
			if (before === undefined) first.set(name, place);
			else
				findings.errors.push(
					problemAt(
						place,
						`the ${what} "${name}" is defined twice, first in ${before.file}, line ${before.line}`,
						'keep one of them',
					),
				);
		}
	};
	const tasks = files.flatMap((file) => file.tasks);
	const functions = files.flatMap((file) => file.functions);
	const groups = files.flatMap((file) => file.groups);
	const switches = files.flatMap((file) => file.switches);
	const limits = files.flatMap((file) => file.limits);
	const types = files.flatMap(({ command_type }) =>
		command_type === null ? [] : [{ ...command_type, name: 'command_type' }],
	);
	const blocks = files.flatMap((file) =>
		PROJECT_BLOCKS.flatMap((name) => {
			const block = file.blocks[name];
			return block === undefined ? [] : [{ name, ...block }];
		}),
	);
	once('task', tasks);
	// Another file may add tasks to a variant.
	for (const { variants } of files) once('build variant', variants);
	once('function', functions);
	once('task group', groups);
	once('block', blocks);
	once('key', switches);
	once('key', limits);
	once('key', types);
	for (const [what, list, key] of NAMED)
		once(
			what,
			files.flatMap(({ root }) => firstOfEach(itemsOf(root.mapping()?.get(list)), key)),
		);
	once('key', files.flatMap(onlyKeys));
	return {
		name: files[0]?.name ?? '',
		command_type: types[0] ?? null,
		tasks,
		functions,
		groups,
		switches,
		limits,
		blocks: Object.fromEntries(blocks.map((block) => [block.name, block])),
		variants: mergeVariants(files, findings),
		matrices: files.flatMap((file) => file.matrices),
		axes: files.flatMap((file) => file.axes),
		includes: files.flatMap((file) => file.includes),
	};
}

/** What only one file may define, by the key of its list and of its name. */
const NAMED = [
	['parameter', 'parameters', 'key'],
	['module', 'modules', 'name'],
] as const;

/** Within one file the server does not mind. */
const firstOfEach = (items: readonly YamlValue[], key: string) => [
	...new Map(
		items.flatMap((item) => {
			const name = item.mapping()?.get(key)?.text();
			return name === undefined ? [] : [[name, { name, place: item.place }]];
		}),
	).values(),
];

/** Keys of the project that only one file may have, beside those that are read for themselves. */
function onlyKeys({ root, matrices }: WrittenFile): { name: string; place: Place }[] {
	const mapping = root.mapping() ?? new Map<string, YamlValue>();
	const [matrix] = matrices;
	return [
		...['stepback', 'batchtime', 'oom_tracker', 'display_name', 'axes'].flatMap((name) => {
			const value = entry(mapping, name);
			return value === undefined ? [] : [{ name, place: value.place }];
		}),
		...(matrix === undefined ? [] : [{ name: 'matrix_name', place: matrix.place }]),
	];
}

/** Keys of a variant that a file may add. What else it says of a variant of another file is not read. */
const ADDED = ['name', 'tasks', 'display_tasks'];

/** Whether a variant says no more than what may be added, and something of it (`canMerge` in project_parser.go). */
const isAddition = ({ item, tasks, display_tasks }: WrittenVariant): boolean =>
	tasks.length + display_tasks.length > 0 &&
	[...(item.mapping() ?? [])].every(
		([key, value]) => ADDED.includes(key) || value.isNothing || !Object.hasOwn(VARIANT, key),
	);

function mergeVariants(files: readonly WrittenFile[], findings: Findings): WrittenVariant[] {
	const merged = new Map<string, WrittenVariant>();
	for (const variant of files.flatMap(({ variants }) => variants)) {
		const before = merged.get(variant.name);
		if (
			before !== undefined &&
			before.place.file !== variant.place.file &&
			!isAddition(before) &&
			!isAddition(variant)
		)
			findings.errors.push(
				problemAt(
					variant.place,
					`the build variant "${variant.name}" has more than tasks in two files, first in ${before.place.file}, line ${before.place.line}`,
					`leave only ${ADDED.join(', ')} in one of them`,
				),
			);
		merged.set(
			variant.name,
			before === undefined
				? variant
				: {
						...before,
						tasks: [...before.tasks, ...variant.tasks],
						display_tasks: [...before.display_tasks, ...variant.display_tasks],
					},
		);
	}
	return [...merged.values()];
}
