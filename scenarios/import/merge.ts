import { type Place, problemAt } from '../yaml/problem.ts';
import {
	type Findings,
	PROJECT_BLOCKS,
	type WrittenProject,
	type WrittenVariant,
} from './written.ts';

/**
 * Puts the files of a project together as the server does: lists are joined, variants of one name
 * become one; a task, function or group defined twice, and a second block, switch or
 * `command_type`, is an error.
 */
export function merge(files: readonly WrittenProject[], findings: Findings): WrittenProject {
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
	return {
		name: files[0]?.name ?? '',
		command_type: types[0] ?? null,
		tasks,
		functions,
		groups,
		switches,
		limits,
		blocks: Object.fromEntries(blocks.map((block) => [block.name, block])),
		variants: mergeVariants(files.flatMap((file) => file.variants)),
		matrices: files.flatMap((file) => file.matrices),
		axes: files.flatMap((file) => file.axes),
		includes: files.flatMap((file) => file.includes),
	};
}

function mergeVariants(variants: readonly WrittenVariant[]): WrittenVariant[] {
	const merged = new Map<string, WrittenVariant>();
	for (const variant of variants) {
		const before = merged.get(variant.name);
		merged.set(
			variant.name,
			before === undefined
				? variant
				: {
						...before,
						tags: [...before.tags, ...variant.tags],
						tasks: [...before.tasks, ...variant.tasks],
						display_tasks: [...before.display_tasks, ...variant.display_tasks],
						depends_on: [...before.depends_on, ...variant.depends_on],
					},
		);
	}
	return [...merged.values()];
}
