import type { z } from 'zod';
import { type Problem, problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';

type Issue = z.core.$ZodIssue;

/** Most problems of one file that are told. */
const MOST = 100;

/** Tells what a schema found wrong with a YAML value, each finding at the place it is about. */
export function problemsOf(issues: readonly Issue[], root: YamlValue): Problem[] {
	const found = issues.map((issue) => nearest(issue, [], root));
	const unknown = new Set(
		found.flatMap(({ path, said }) => (said.code === 'unrecognized_keys' ? [path.join('\0')] : [])),
	);
	// A line whose key is misspelt has no key that is known, which need not be said too.
	const told = found.filter(
		({ path, said }) => said.code !== 'custom' || !unknown.has(path.join('\0')),
	);
	return told.slice(0, MOST).map(({ path, said }) => {
		const at = root.find(said.code === 'unrecognized_keys' ? [...path, said.keys[0] ?? ''] : path);
		const key = path.at(-1);
		const missing = said.code !== 'custom' && root.get(path) === undefined;
		return missing && key !== undefined
			? problemAt(at.keyPlace, `"${String(key)}" is missing`, `write ${expected(said)} there`)
			: problemAt(at.keyPlace, messageOf(said, path, root), remedy(said));
	});
}

/** A word that is none of those possible is named, with the key that it is the value of. */
function messageOf(said: Issue, path: readonly PropertyKey[], root: YamlValue): string {
	const text = root.get(path)?.text();
	if (said.code !== 'invalid_value' || text === undefined) return said.message;
	const key = path.at(-1);
	return typeof key === 'string' ? `"${key}" cannot be "${text}"` : `"${text}" is not known here`;
}

/**
 * In a choice, the branch that was meant: the one that went wrong furthest inside. Where none
 * began to fit, the choice itself is at fault.
 */
function nearest(
	issue: Issue,
	base: readonly PropertyKey[],
	root: YamlValue,
): { path: PropertyKey[]; said: Issue } {
	const path = [...base, ...issue.path];
	if (issue.code !== 'invalid_union') return { path, said: issue };
	const isScalar = root.get(path)?.text() !== undefined;
	const ofAnotherShape = (inner: Issue): boolean =>
		inner.path.length === 0 &&
		(inner.code === 'invalid_type' ||
			(inner.code === 'invalid_value' && !isScalar) ||
			(inner.code === 'invalid_union' && inner.errors.every((one) => one.some(ofAnotherShape))));
	/** One that is a mapping too, but of other keys. */
	const ofOtherKeys = (inner: Issue): boolean =>
		inner.path.length === 0 &&
		(inner.code === 'unrecognized_keys' ||
			(inner.code === 'invalid_union' &&
				inner.errors.every((one) => one.some(ofAnotherShape) || one.some(ofOtherKeys))));
	const alike = issue.errors.filter((branch) => !branch.some(ofAnotherShape));
	const close = alike.filter((branch) => !branch.some(ofOtherKeys));
	const [first] = (close.length > 0 ? close : alike)
		.flatMap((branch) =>
			branch.filter((inner) => close.length > 0 || ofOtherKeys(inner)).slice(0, 1),
		)
		.map((inner) => nearest(inner, path, root))
		.sort((one, other) => other.path.length - one.path.length);
	if (first !== undefined) return first;
	const choices = [...new Set(issue.errors.flat().map(expected))].join(' or ');
	return { path, said: { ...issue, message: `expected ${choices}` } };
}

const expected = (issue: Issue): string =>
	issue.code === 'invalid_type'
		? (TYPES[issue.expected] ?? issue.expected)
		: issue.code === 'invalid_value'
			? `${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
			: 'another value';

const TYPES: Record<string, string> = {
	string: 'a text',
	object: 'a mapping',
	record: 'a mapping',
	array: 'a list',
	int: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
};

function remedy(issue: Issue): string {
	switch (issue.code) {
		case 'unrecognized_keys':
			return 'correct its spelling, or take it out';
		case 'invalid_type':
		case 'invalid_value':
			return `write ${expected(issue)}`;
		case 'too_big':
			return `at most ${issue.maximum} is allowed`;
		case 'too_small':
			return `at least ${issue.minimum} is needed`;
		case 'custom': {
			const own: unknown = issue.params?.['remedy'];
			return typeof own === 'string' ? own : 'correct it, or take it out';
		}
		default:
			return 'see scenario.schema.json for what is allowed here';
	}
}
