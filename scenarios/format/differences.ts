import { Held, type Observation, TaskStatus } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { asWritten, inOneLine } from './as-written.ts';
import { Expectation, mismatches } from './expectations.ts';

/** One thing that is not as expected. */
export interface Unmet {
	/** The keys that may lead to it in the expectation, as that can be written in several ways. */
	readonly paths: readonly (readonly PropertyKey[])[];
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
	/** Whether it is met when it is expected alone. */
	const isMet = (alone: unknown): boolean =>
		mismatches(Expectation.parse(alone), seen, setup).length === 0;
	const unmet = (path: readonly string[], label: string, written: unknown): Unmet[] => {
		const alone = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), written);
		if (isMet(alone)) return [];
		const was = wasOf(path, written, seen);
		return [{ paths: [path], label, expected: inOneLine(written), was: inOneLine(was) }];
	};
	return Object.entries<unknown>(expectation).flatMap(([key, value]) => {
		if (key === 'seen') return notSeen(expectation.seen ?? [], seen, setup);
		if (!isNamed(key)) return unmet([key], key, value);
		return Object.entries<unknown>({ ...Object(value) }).flatMap(([id, written]) =>
			typeof written === 'object' && written !== null
				? Object.entries(written).flatMap(([name, one]) =>
						unmet([key, id, name], `${NAMED[key]} ${id}: ${name}`, one),
					)
				: unmet([key, id], `${NAMED[key]} ${id}`, written),
		);
	});
}

/** Lines of a trace that would not be printed now. */
const notSeen = (lines: readonly string[], seen: Observation, setup: Setup): Unmet[] =>
	lines.flatMap((line, index) =>
		mismatches({ seen: [line] }, seen, setup).map((said) => ({
			paths: [[index], ['seen', index]],
			label: 'seen',
			expected: line,
			was: said.slice(0, -`, expected ${line}`.length),
		})),
	);

/** What was seen where keys of an expectation lead, in the words in which it is expected. */
function wasOf(
	[key = '', id = '', name]: readonly string[],
	written: unknown,
	seen: Observation,
): unknown {
	const valueIn = (all: object, wanted: string): unknown =>
		Object.entries(all).find(([own]) => own === wanted)?.[1];
	if (!isNamed(key)) return asWritten(key, written, valueIn(seen, key));
	const found = [...seen[key]].find((one) => one.id === id);
	if (found === undefined) return undefined;
	const meant = name ?? keyMeantBy(key, written);
	return asWritten(meant, written, valueIn(found, meant));
}

const has = (options: readonly unknown[], written: unknown): boolean => options.includes(written);

/** Of a task or host, what a single word is said of. */
function keyMeantBy(key: Named, written: unknown): string {
	if (key === 'hosts') return has(['alive', 'dead'], written) ? 'agent' : 'doing';
	if (key === 'display_tasks' || has(TaskStatus.options, written)) return 'status';
	return has(Held.options, written) ? 'held' : 'mark';
}
