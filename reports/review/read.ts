import { readFileSync, type Stats, statSync } from 'node:fs';
import type { z } from 'zod';
import { jsonExtent } from '../../model/vocabulary/stories/json-extent.ts';

/** Largest evidence file that is read, most values in it, and most levels of them. */
const MAX_BYTES = 16_000_000;
const MAX_VALUES = 2_000_000;
const MAX_DEPTH = 64;

export type Read<Value> =
	| { readonly kind: 'absent' }
	| { readonly kind: 'read'; readonly value: Value }
	/** It is there, but it is not what it should be: what is wrong, with a remedy. */
	| { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Lines of contradictions that are told; one is enough to refuse a file. */
const TOLD = 10;

/**
 * Reads an evidence file at the boundary: whatever is in it is checked before anything is said of it, and its
 * verdicts are derived again from its parts.
 */
export function readEvidence<Schema extends z.ZodType>(
	path: string,
	schema: Schema,
	remedy: string,
	contradictionsOf: (value: z.infer<Schema>) => readonly string[],
): Read<z.infer<Schema>> {
	const refused = (...what: readonly string[]) => ({
		kind: 'refused' as const,
		problems: what.map((one) => `${path}: ${one} (${remedy})`),
	});
	const found = lookAt(path);
	if (found === null) return { kind: 'absent' };
	if (typeof found === 'string') return refused(found);
	if (!found.isFile()) return refused('not a file');
	const { size } = found;
	if (size > MAX_BYTES) return refused(`larger than ${MAX_BYTES} bytes`);
	let value: unknown;
	try {
		const text = readFileSync(path, 'utf8');
		const { depth, values } = jsonExtent(text);
		if (depth > MAX_DEPTH || values > MAX_VALUES) return refused(`${values} values, ${depth} deep`);
		value = JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return refused(`not JSON: ${error.message}`);
		if (error instanceof Error && 'syscall' in error)
			return refused(`cannot be read: ${error.message}`);
		throw error;
	}
	const checked = schema.safeParse(value);
	if (checked.success) {
		const contradictions = contradictionsOf(checked.data);
		return contradictions.length === 0
			? { kind: 'read', value: checked.data }
			: refused(...contradictions.slice(0, TOLD));
	}
	const issue = checked.error.issues[0];
	const said = `not what it should be at "${issue?.path.join('.')}": ${issue?.message}`;
	return refused(said.slice(0, MOST_SAID));
}

/** Most characters of a fault that are told. */
const MOST_SAID = 300;

/** Null: there is nothing; a text: why it cannot be known. */
function lookAt(path: string): Stats | string | null {
	try {
		return statSync(path, { throwIfNoEntry: false }) ?? null;
	} catch (error) {
		if (error instanceof Error && 'code' in error) return `cannot be read: ${error.message}`;
		throw error;
	}
}
