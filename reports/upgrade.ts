/** Keys that came together: a file with any of them is none of before. */
const SINCE = ['reasons', 'mulligan', 'shard', 'allowed', 'interrupted', 'stories_asked'];

/** Reasons of before they had ids. */
const INTERRUPTED = 'the verification was interrupted';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Evidence of a verification from before reasons had ids and sources said their parts: the same, with what it said in
 * words only. Whatever else it is given comes back as it was.
 */
export function upgraded(value: unknown): unknown {
	if (
		!isObject(value) ||
		value['format'] !== 'mulligan evidence' ||
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
