import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { sayStates } from '../../reports/wording/states.ts';
import { asWritten, inOneLine } from './as-written.ts';
import { Expectation, keyOfWord, mismatches, nearestState } from './expectations.ts';
import { inHours } from './in-hours.ts';

/** One thing that is not as expected. */
export interface Unmet {
	/** The keys that lead to it in the expectation. */
	readonly path: readonly PropertyKey[];
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
export function differences(expectation: Expectation, seen: Observation, setup: Setup): Unmet[] {
	if (mismatches(expectation, seen, setup).length === 0) return [];
	const { seen: lines = [], ...keys } = expectation;
	return [...ofKeys(keys, inHours(seen), setup), ...ofLines(lines, sayStates(setup, seen))];
}

/** Of lines of a trace, what the trace would print in place of those that it would not. */
const ofLines = (lines: readonly string[], states: readonly string[]): Unmet[] =>
	lines.flatMap((line, index) =>
		states.includes(line)
			? []
			: [{ path: [index], label: 'trace', expected: line, was: nearestState(line, states) }],
	);

function ofKeys(expectation: Expectation, seen: Observation, setup: Setup): Unmet[] {
	return Object.entries<unknown>(expectation).flatMap(([key, value]) =>
		isNamed(key)
			? Object.entries<unknown>({ ...Object(value) }).flatMap(([id, one]) =>
					ofOne(key, id, one, seen, setup),
				)
			: unmet([key], key, value, { [key]: value }, seen, setup),
	);
}

function ofOne(key: Named, id: string, written: unknown, seen: Observation, setup: Setup): Unmet[] {
	const label = `${NAMED[key]} ${id}`;
	if (typeof written === 'string') {
		const name = keyOfWord(key, written);
		return unmet(
			[key, id],
			`${label}: ${name}`,
			written,
			{ [key]: { [id]: written } },
			seen,
			setup,
			name,
		);
	}
	if (typeof written !== 'object' || written === null) return [];
	return Object.entries(written).flatMap(([name, value]) =>
		unmet(
			[key, id, name],
			`${label}: ${name}`,
			value,
			{ [key]: { [id]: { [name]: value } } },
			seen,
			setup,
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
	setup: Setup,
	/** Of which key a word alone tells. */
	name: string | null = null,
): Unmet[] {
	if (mismatches(Expectation.parse(alone), seen, setup).length === 0) return [];
	const keys = name === null ? path : [...path, name];
	const was = asWritten(keys.at(-1) ?? '', written, lookUp(keys, seen));
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
