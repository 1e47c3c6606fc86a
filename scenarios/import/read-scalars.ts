import { CommandType, NAME_LENGTH, PROJECT_SIZE, Seconds } from '../../model/vocabulary/project.ts';
import { problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { warningAt } from './warning.ts';
import type { Findings, Reference } from './written.ts';

export type Mapping = ReadonlyMap<string, YamlValue>;

/** The entry of a key, unless it is missing or null. */
export function entry(mapping: Mapping, key: string): YamlValue | undefined {
	const value = mapping.get(key);
	return value === undefined || value.isNothing ? undefined : value;
}

/** A name or other short text; an empty one, and what is no text, counts as not written. */
export function readName(value: YamlValue | undefined, findings: Findings): string | undefined {
	if (value === undefined) return undefined;
	const text = value.text() ?? '';
	if (text.length <= NAME_LENGTH) return text === '' ? undefined : text;
	findings.errors.push(
		problemAt(
			value.place,
			`this name has ${text.length} characters, more than the ${NAME_LENGTH} allowed`,
			'write a short text',
		),
	);
	return undefined;
}

export function readTruth(value: YamlValue | undefined, findings: Findings): boolean | undefined {
	if (value === undefined) return undefined;
	const truth = value.truth();
	if (truth === undefined)
		findings.errors.push(
			problemAt(value.place, 'true or false is expected here', 'write true or false, unquoted'),
		);
	return truth;
}

/** A time limit; one that no timer can wait for is told and passed over, for it matters to nobody but an agent. */
export function readSeconds(value: YamlValue | undefined, findings: Findings): number | undefined {
	const number = value?.wholeNumber();
	if (value === undefined || number === undefined) return undefined;
	const seconds = Seconds.safeParse(number);
	if (seconds.success) return seconds.data;
	findings.warnings.push(
		warningAt(
			'wrong-type',
			value.place,
			`a time limit of ${number} seconds is passed over`,
			'write a number such as 3600',
		),
	);
	return undefined;
}

export function readType(
	value: YamlValue | undefined,
	findings: Findings,
): CommandType | undefined {
	const text = readName(value, findings);
	if (value === undefined || text === undefined) return undefined;
	const type = CommandType.safeParse(text);
	if (type.success) return type.data;
	findings.errors.push(
		problemAt(
			value.place,
			`"${text}" is no failure type`,
			`write ${CommandType.options.join(', ')}`,
		),
	);
	return undefined;
}

/** One item or a list of them. */
export const itemsOf = (value: YamlValue | undefined): YamlValue[] =>
	value === undefined || value.isNothing ? [] : (value.list() ?? [value]);

/** Names, one or a list; an entry may be a mapping with a `name`. `item` is all of the entry. */
export function readReferences(
	value: YamlValue | undefined,
	findings: Findings,
): (Reference & { readonly item: YamlValue })[] {
	const references = itemsOf(value).flatMap((item) => {
		const name = readName(item.mapping()?.get('name') ?? item, findings);
		return name === undefined ? [] : [{ name, place: item.place, item }];
	});
	if (value === undefined || references.length <= PROJECT_SIZE) return references;
	findings.errors.push(
		problemAt(value.place, `more than ${PROJECT_SIZE} names are listed here`, 'list fewer'),
	);
	return references.slice(0, PROJECT_SIZE);
}

/** The tags by which a task, a task group or a value of an axis may be selected. */
export const readTags = (mapping: Mapping, findings: Findings): string[] =>
	readReferences(mapping.get('tags'), findings).map(({ name }) => name);
