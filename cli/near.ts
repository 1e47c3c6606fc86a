import { nearNames } from '../scenarios/lint/near-names.ts';

/** Most names that are listed. */
const LISTED = 10;

/** Names that there are, for somebody who gave another one: those like it first, and of many only some. */
export function sayNames(names: Iterable<string>, wanted: string): string {
	const all = [...new Set(names)];
	const parts = all.filter((name) => isPart(name, wanted) || isPart(wanted, name));
	const listed = [...new Set([...nearNames(wanted, all), ...parts, ...all])].slice(0, LISTED);
	const more = all.length - listed.length;
	return `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const isPart = (part: string, whole: string): boolean => part.length > 2 && whole.includes(part);
