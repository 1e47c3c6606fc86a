import { problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { readEntries, readRuns } from './read-runs.ts';
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
	WrittenAxis,
	WrittenAxisValue,
	WrittenCells,
	WrittenMatrix,
} from './written.ts';

/** An axis of matrix definitions: an id, and values with ids of their own. */
export function readAxis(item: YamlValue, findings: Findings): WrittenAxis[] {
	const { name, mapping } = identified(item, 'id', findings);
	if (mapping === undefined) return [];
	const values = itemsOf(mapping.get('values')).flatMap((value): WrittenAxisValue[] => {
		const one = identified(value, 'id', findings);
		return one.mapping === undefined
			? []
			: [
					{
						name: one.name,
						tags: readTags(one.mapping, findings),
						variables: readVariables(one.mapping),
					},
				];
	});
	return [{ name, values }];
}

/** A build variant that has a `matrix_name`. */
export function readMatrix(item: YamlValue, findings: Findings): WrittenMatrix[] {
	const { name, mapping } = identified(item, 'matrix_name', findings);
	if (mapping === undefined) return [];
	return [
		{
			name,
			place: item.place,
			spec: readCells(mapping.get('matrix_spec'), findings),
			exclude: readAllCells(mapping.get('exclude_spec'), findings),
			...readRuns(item, mapping, findings),
			rules: itemsOf(mapping.get('rules')).map((rule) => {
				const entries = rule.mapping();
				const then = entries?.get('then')?.mapping();
				return {
					when: readAllCells(entries?.get('if'), findings),
					add: readEntries(then?.get('add_tasks'), findings),
					remove: readReferences(then?.get('remove_tasks'), findings),
				};
			}),
		},
	];
}

const readAllCells = (value: YamlValue | undefined, findings: Findings): WrittenCells[] =>
	itemsOf(value).map((item) => readCells(item, findings));

const readCells = (value: YamlValue | undefined, findings: Findings): WrittenCells =>
	new Map(
		[...(value?.mapping() ?? [])].map(([axis, values]) => [axis, readReferences(values, findings)]),
	);

const readVariables = (mapping: Mapping): Map<string, string> =>
	new Map(
		[...(entry(mapping, 'variables')?.mapping() ?? [])].map(([key, value]) => [
			key,
			value.text() ?? '',
		]),
	);

/** A mapping with an id under the given key, without which it is an error. */
function identified(
	item: YamlValue,
	key: string,
	findings: Findings,
): { name: string; mapping: Mapping | undefined } {
	const mapping = item.mapping();
	const name = readName(mapping?.get(key), findings);
	if (mapping !== undefined && name !== undefined) return { name, mapping };
	if (mapping === undefined && !item.isNothing) return { name: '', mapping };
	findings.errors.push(
		problemAt(item.place, `a mapping with \`${key}\` is expected here`, `give it \`${key}\``),
	);
	return { name: '', mapping: undefined };
}
