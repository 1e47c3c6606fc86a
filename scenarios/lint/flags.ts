import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { allSteps } from '../import/steps.ts';
import type { WrittenProject, WrittenStep } from '../import/written.ts';
import type { Place } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';

/** The name of the flag. */
export const FLAG = 'retry_on_failure';

/** Every entry of every block and every member of every function, as written: calls are not expanded. */
export const writtenSteps = (project: WrittenProject): WrittenStep[] => [
	...project.functions.flatMap(({ commands }) => commands),
	...allSteps(project),
];

/** Flagged commands as they are defined. */
export const flaggedCommands = (project: WrittenProject): WrittenStep[] =>
	writtenSteps(project).filter((entry) => isFlagged(entry) && !isFunctionCall(entry.step));

export const isFlagged = ({ step }: WrittenStep): boolean => step.retry_on_failure === true;

/** Where the flag of a step stands: the line to edit, through aliases and merge keys. */
export const flagPlace = ({ item, place }: WrittenStep): Place => keyPlace(item, FLAG) ?? place;

export const keyPlace = (item: YamlValue, key: string): Place | undefined =>
	item.mapping()?.get(key)?.keyPlace;

export const keyOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** The places, each once. */
export const eachOnce = (places: readonly Place[]): Place[] => [
	...new Map(places.map((place) => [keyOf(place), place])).values(),
];

/** How many commands these uses are of: several may have their flag from one line. */
export const countCommands = (uses: readonly { readonly command: WrittenStep }[]): number =>
	eachOnce(uses.map(({ command }) => command.place)).length;

/** Items by what they have in common, in the order of the first of each. */
export function grouped<Item, Key>(
	items: readonly Item[],
	keyOfItem: (item: Item) => Key,
): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOfItem(item);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}
