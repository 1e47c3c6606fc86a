import type { z } from 'zod';

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

/**
 * Refuses evidence that says no version, unless it has nothing either of what came with it: what is not asked of files
 * of before is asked of all others.
 */
export function ofItsTime(value: unknown, context: z.RefinementCtx): unknown {
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
 * words only. Whatever else it is given comes back as it was.
 */
export function upgraded(value: unknown, context: z.RefinementCtx): unknown {
	if (
		!isObject(value) ||
		value['format'] !== 'mulligan evidence' ||
		'mulligan' in value ||
		SINCE.some((key) => key in value)
	)
		return ofItsTime(value, context);
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
