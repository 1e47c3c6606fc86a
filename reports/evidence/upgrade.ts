import type { z } from 'zod';
import { FORMER_IDS } from './doubt.ts';

/** Keys that came with the version in every file: one that has any of them is none of before. */
const SINCE = [
	'reasons',
	'commit',
	'shard',
	'allowed',
	'interrupted',
	'stories_asked',
	'configurations',
	'parts',
];

/** Reasons of before they had ids. */
const INTERRUPTED = 'the verification was interrupted';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys under which evidence says something in words of ours. */
const SAID = ['reason', 'says', 'note', 'because', 'doubt'];

/** Evidence of before `exercised` was the word for it: the same in words of today; what says nothing in old words is shared. */
function reworded(value: unknown, key = ''): unknown {
	if (Array.isArray(value)) {
		let changed: unknown[] | null = null;
		for (let place = 0; place < value.length; place++) {
			const part = reworded(value[place], key);
			if (part === value[place]) continue;
			changed ??= [...value];
			changed[place] = part;
		}
		return changed ?? value;
	}
	if (isObject(value)) {
		const changed = new Map<string, unknown>();
		for (const name of Object.keys(value)) {
			const part = reworded(value[name], name);
			if (part !== value[name]) changed.set(name, part);
		}
		const isOld = 'mattered' in value && !('exercised' in value);
		if (changed.size === 0 && !isOld) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, part]) => [
				name === 'mattered' && isOld ? 'exercised' : name,
				changed.has(name) ? changed.get(name) : part,
			]),
		);
	}
	if (typeof value !== 'string') return value;
	if (key === 'id' || key === 'allowed') return FORMER_IDS.get(value) ?? value;
	if (!SAID.includes(key)) return value;
	return value
		.replaceAll(/\b(it|which) never mattered\b/g, '$1 was never exercised')
		.replaceAll('no guarantee mattered', 'no guarantee was exercised')
		.replaceAll('never mattered', 'never exercised');
}

/**
 * Evidence in words of today. Refuses what says no version, unless it has nothing either of what came with it: what is
 * not asked of files of before is asked of all others.
 */
export function ofItsTime(given: unknown, context: z.RefinementCtx): unknown {
	const value = reworded(given);
	if (isObject(value) && (value['mulligan'] ?? null) === null) {
		const later = SINCE.find((key) => key in value);
		if (later !== undefined)
			context.addIssue({
				code: 'custom',
				path: ['mulligan'],
				message: `it does not say its version, but "${later}", which came later`,
			});
	}
	return value;
}

/**
 * Evidence of a verification from before reasons had ids and sources said their parts: the same, with what it said in
 * words only. Whatever else it is given is only taken in words of today.
 */
export function upgraded(given: unknown, context: z.RefinementCtx): unknown {
	const value = ofItsTime(given, context);
	if (
		!isObject(value) ||
		value['format'] !== 'mulligan evidence' ||
		'mulligan' in value ||
		SINCE.some((key) => key in value)
	)
		return value;
	const { sources } = value;
	return {
		...value,
		reasons: [],
		interrupted: value['reason'] === INTERRUPTED,
		sources: Array.isArray(sources) ? sources.map(upgradedSource) : sources,
	};
}

function upgradedSource(source: unknown): unknown {
	if (!isObject(source)) return source;
	const { verdict, note, stories } = source;
	const silent = verdict === 'unknown' && stories !== 0;
	return {
		...source,
		broken: verdict === 'violated' ? 1 : 0,
		flagged_failures: silent && note !== 'interrupted' ? 0 : null,
		interrupted: silent && note === 'interrupted',
	};
}
