import { GROUP_BLOCKS, PROJECT_LIMITS } from '../../model/vocabulary/project.ts';
import { problemAt } from '../yaml/problem.ts';
import type { YamlFile } from '../yaml/read.ts';
import { YamlValue } from '../yaml/value.ts';
import { checkKeys } from './check-shape.ts';
import { readAxis, readMatrix } from './read-matrix.ts';
import { readDependencies, readRuns } from './read-runs.ts';
import {
	entry,
	type Mapping,
	readName,
	readReferences,
	readSeconds,
	readTags,
	readTruth,
	readType,
} from './read-scalars.ts';
import { readFunction, readSteps } from './read-steps.ts';
import { PROJECT_FILE } from './shapes.ts';
import { warningAt } from './warning.ts';
import {
	type Findings,
	GROUP_LIMITS,
	PROJECT_BLOCKS,
	type Reference,
	type WrittenBlock,
	type WrittenFile,
	type WrittenGroup,
	type WrittenInclude,
	type WrittenLimit,
	type WrittenProject,
	type WrittenSwitch,
} from './written.ts';

const SWITCHES = ['pre_error_fails_task', 'post_error_fails_task'] as const;
const GROUP_SWITCHES = [
	'setup_group_can_fail_task',
	'setup_task_can_fail_task',
	'teardown_task_can_fail_task',
] as const;

/** Reads one file by itself; keys that do not matter to automatic retry are passed over. */
export function readProject(file: YamlFile, findings: Findings): WrittenFile {
	findings.warnings.push(
		...file.repeated.map(({ message, remedy, ...place }) =>
			warningAt('repeated-key', place, message, remedy),
		),
	);
	const root = YamlValue.rootOf(file);
	const mapping = root.mapping() ?? new Map<string, YamlValue>();
	if (!root.isNothing && root.mapping() === undefined)
		findings.errors.push(
			problemAt(root.place, 'a project is a mapping', 'write keys such as tasks and functions'),
		);
	checkKeys(root, PROJECT_FILE, findings);
	const command_type = entry(mapping, 'command_type');
	const type = readType(command_type, findings);
	const definitions = mapping.get('buildvariants')?.list() ?? [];
	const isMatrix = (item: YamlValue): boolean => item.mapping()?.has('matrix_name') ?? false;
	return {
		name: file.name,
		root,
		command_type:
			command_type === undefined || type === undefined ? null : { type, place: command_type.place },
		tasks: named(mapping.get('tasks')?.list(), findings, ({ name, place, item }, task) => ({
			name,
			place,
			item,
			tags: readTags(task, findings),
			commands: readSteps(task.get('commands'), findings),
			limits: readLimit('exec_timeout_secs', task, findings),
			depends_on: readDependencies(task.get('depends_on'), findings),
		})),
		functions: [...(mapping.get('functions')?.mapping() ?? [])].map(([name, commands]) =>
			readFunction(name, commands, findings),
		),
		blocks: readBlocks(mapping, findings),
		switches: readSwitches(SWITCHES, mapping, findings),
		limits: PROJECT_LIMITS.flatMap((name) => readLimit(name, mapping, findings)),
		groups: named(mapping.get('task_groups')?.list(), findings, ({ name, place }, group) =>
			readGroup({ name, place }, group, findings),
		),
		variants: named(
			definitions.filter((item) => !isMatrix(item)),
			findings,
			({ name, place, item }, variant) => ({
				name,
				place,
				...readRuns(item, variant, findings),
				without: [],
			}),
		),
		matrices: definitions.filter(isMatrix).flatMap((item) => readMatrix(item, findings)),
		axes: (mapping.get('axes')?.list() ?? []).flatMap((item) => readAxis(item, findings)),
		includes: (mapping.get('include')?.list() ?? []).flatMap((item) => readInclude(item, findings)),
	};
}

/** A list of mappings, each with a `name`. */
function named<Item>(
	items: readonly YamlValue[] = [],
	findings: Findings,
	read: (self: Reference & { readonly item: YamlValue }, mapping: Mapping) => Item,
): Item[] {
	return items.flatMap((item) => {
		const mapping = item.mapping();
		const name = readName(mapping?.get('name'), findings);
		if (mapping !== undefined && name !== undefined)
			return [read({ name, place: item.place, item }, mapping)];
		if (mapping !== undefined || item.isNothing)
			findings.errors.push(
				problemAt(item.place, 'a mapping with a `name` is expected here', 'give it a name'),
			);
		return [];
	});
}

function readBlocks(mapping: Mapping, findings: Findings): WrittenProject['blocks'] {
	const blocks: { -readonly [block in keyof WrittenProject['blocks']]: WrittenBlock } = {};
	for (const block of PROJECT_BLOCKS) {
		const value = entry(mapping, block);
		if (value !== undefined)
			blocks[block] = { place: value.place, steps: readSteps(value, findings) };
	}
	return blocks;
}

const readSwitches = (
	names: readonly string[],
	mapping: Mapping,
	findings: Findings,
): WrittenSwitch[] =>
	names.flatMap((name) => {
		const value = entry(mapping, name);
		const on = readTruth(value, findings);
		return value === undefined || on === undefined ? [] : [{ name, on, place: value.place }];
	});

function readLimit<Name extends string>(
	name: Name,
	mapping: Mapping,
	findings: Findings,
): WrittenLimit<Name>[] {
	const value = entry(mapping, name);
	const seconds = readSeconds(value, findings);
	return value === undefined || seconds === undefined
		? []
		: [{ name, seconds, place: value.place }];
}

function readGroup(self: Reference, group: Mapping, findings: Findings): WrittenGroup {
	return {
		...self,
		max_hosts: group.get('max_hosts')?.wholeNumber() ?? null,
		tags: readTags(group, findings),
		tasks: readReferences(group.get('tasks'), findings),
		share_processes: readTruth(entry(group, 'share_processes'), findings) ?? null,
		blocks: Object.fromEntries(
			GROUP_BLOCKS.flatMap((block) => {
				const value = entry(group, block);
				return value === undefined ? [] : [[block, readSteps(value, findings)]];
			}),
		),
		switches: readSwitches(GROUP_SWITCHES, group, findings),
		limits: GROUP_LIMITS.flatMap((name) => readLimit(name, group, findings)),
	};
}

function readInclude(item: YamlValue, findings: Findings): WrittenInclude[] {
	const mapping = item.mapping();
	const filename = readName(mapping?.get('filename'), findings);
	if (mapping !== undefined && filename !== undefined)
		return [
			{
				filename,
				module: readName(entry(mapping, 'module'), findings) ?? null,
				place: item.place,
			},
		];
	if (mapping !== undefined || item.isNothing)
		findings.errors.push(
			problemAt(item.place, 'an include names a file', 'write `- filename: folder/name.yml`'),
		);
	return [];
}
