import { type Document, isScalar, visit } from 'yaml';
import { type Place, type Problem, problemAt } from './problem.ts';

/** The keys that a mapping has twice, each at its later place. `<<` may be repeated. */
export function repeatedKeys(
	document: Document.Parsed,
	placeOf: (offset: number) => Place,
): Problem[] {
	const problems: Problem[] = [];
	visit(document, {
		Map(_key, map) {
			const seen = new Set<string>();
			for (const { key } of map.items) {
				if (!isScalar(key) || typeof key.value === 'symbol') continue;
				const name = String(key.value);
				if (seen.has(name))
					problems.push(
						problemAt(
							placeOf(key.range?.[0] ?? 0),
							`the key "${name}" is used twice in this mapping; the last one counts`,
							'keep one of them',
						),
					);
				seen.add(name);
			}
		},
	});
	return problems;
}
