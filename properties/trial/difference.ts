/** Where two things that should look alike differ first, and what stands there. */
export interface Difference {
	/** As one would write it in code: `tasks[0].execution`. */
	path: string;
	left: unknown;
	right: unknown;
}

/** The first difference between two JSON-like values, or null. */
export function difference(left: unknown, right: unknown, path = ''): Difference | null {
	if (left === right) return null;
	if (
		typeof left !== 'object' ||
		typeof right !== 'object' ||
		left === null ||
		right === null ||
		Array.isArray(left) !== Array.isArray(right)
	)
		return { path, left, right };
	if (Array.isArray(left) && Array.isArray(right)) {
		const shared = Math.min(left.length, right.length);
		for (let index = 0; index < shared; index++) {
			const found = difference(left[index], right[index], `${path}[${index}]`);
			if (found !== null) return found;
		}
		return left.length === right.length
			? null
			: { path: `${path}.length`, left: left.length, right: right.length };
	}
	const from = left as Record<string, unknown>;
	const to = right as Record<string, unknown>;
	for (const key in from) {
		const found = difference(from[key], to[key], path === '' ? key : `${path}.${key}`);
		if (found !== null) return found;
	}
	for (const key in to)
		if (!Object.hasOwn(from, key) && to[key] !== undefined)
			return { path: path === '' ? key : `${path}.${key}`, left: undefined, right: to[key] };
	return null;
}

/**
 * Whether two JSON-like values are equal; the quick way to know that there is no `difference`.
 * Where both sides still hold the very parts of an earlier pair that was alike, they are not
 * looked at again.
 */
export function alike(
	left: unknown,
	right: unknown,
	wasLeft?: unknown,
	wasRight?: unknown,
): boolean {
	if (left === right) return true;
	if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
		return false;
	if (left === wasLeft && right === wasRight) return true;
	const [before, beside] =
		typeof wasLeft === 'object' && typeof wasRight === 'object'
			? [wasLeft as Record<string, unknown> | null, wasRight as Record<string, unknown> | null]
			: [null, null];
	const from = left as Record<string, unknown>;
	const to = right as Record<string, unknown>;
	if (Array.isArray(left)) {
		if (!Array.isArray(right) || left.length !== right.length) return false;
		for (let index = 0; index < left.length; index++)
			if (!alike(from[index], to[index], before?.[index], beside?.[index])) return false;
		return true;
	}
	if (Array.isArray(right)) return false;
	for (const key in from)
		if (!alike(from[key], to[key], before?.[key], beside?.[key])) return false;
	for (const key in to) if (!Object.hasOwn(from, key) && to[key] !== undefined) return false;
	return true;
}
