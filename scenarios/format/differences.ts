import type { Observation } from '../../model/vocabulary/observation.ts';
import { asWritten, inOneLine } from './as-written.ts';
import { Expectation, mismatches } from './expectations.ts';

/** One thing that is not as expected. */
export interface Unmet {
	/** The keys that lead to it in the expectation. */
	readonly path: readonly string[];
	/** Of what, in words: `task compile: status`. */
	readonly label: string;
	/** In the words of the author. */
	readonly expected: string;
	readonly was: string;
}

/** By what these keys hold, each under an id. */
const NAMED = { tasks: 'task', display_tasks: 'display task', hosts: 'host' } as const;

type Named = keyof typeof NAMED;

const isNamed = (key: string): key is Named => Object.hasOwn(NAMED, key);

/** Where an observation is not as expected, in the order in which that is written; nothing where it is. */
export function differences(expectation: Expectation, seen: Observation): Unmet[] {
	if (mismatches(expectation, seen).length === 0) return [];
	return Object.entries<unknown>(expectation).flatMap(([key, value]) =>
		isNamed(key)
			? Object.entries<unknown>({ ...Object(value) }).flatMap(([id, one]) =>
					ofOne(key, id, one, seen),
				)
			: unmet([key], key, value, { [key]: value }, seen),
	);
}

function ofOne(key: Named, id: string, written: unknown, seen: Observation): Unmet[] {
	const label = `${NAMED[key]} ${id}`;
	if (typeof written !== 'object' || written === null)
		return unmet([key, id], label, written, { [key]: { [id]: written } }, seen);
	return Object.entries(written).flatMap(([name, value]) =>
		unmet(
			[key, id, name],
			`${label}: ${name}`,
			value,
			{ [key]: { [id]: { [name]: value } } },
			seen,
		),
	);
}

/** What an expectation of this one thing comes to. */
function unmet(
	path: readonly string[],
	label: string,
	written: unknown,
	alone: unknown,
	seen: Observation,
): Unmet[] {
	if (mismatches(Expectation.parse(alone), seen).length === 0) return [];
	const was = asWritten(path.at(-1) ?? '', written, lookUp(path, seen));
	return [{ path, label, expected: inOneLine(written), was: inOneLine(was) }];
}

/** The value in an observation that keys of an expectation lead to. */
function lookUp([key = '', id = '', name]: readonly string[], seen: Observation): unknown {
	if (!isNamed(key)) return Object.entries(seen).find(([own]) => own === key)?.[1];
	const found = [...seen[key]].find((one) => one.id === id);
	return name === undefined || found === undefined
		? found
		: Object.entries(found).find(([own]) => own === name)?.[1];
}
