import { existsSync, readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';

/** Largest evidence file that is read. */
const MAX_BYTES = 16_000_000;

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
 *
 * @throws an error of the file system when the file cannot be read.
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
	if (!existsSync(path)) return { kind: 'absent' };
	const { size } = statSync(path);
	if (size > MAX_BYTES) return refused(`larger than ${MAX_BYTES} bytes`);
	let value: unknown;
	try {
		value = JSON.parse(readFileSync(path, 'utf8'));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return refused(`not JSON: ${error.message}`);
	}
	const checked = schema.safeParse(value);
	if (checked.success) {
		const contradictions = contradictionsOf(checked.data);
		return contradictions.length === 0
			? { kind: 'read', value: checked.data }
			: refused(...contradictions.slice(0, TOLD));
	}
	const issue = checked.error.issues[0];
	return refused(`not what it should be at "${issue?.path.join('.')}": ${issue?.message}`);
}
