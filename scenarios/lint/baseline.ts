import { z } from 'zod';
import { type Problem, problemAt, wholeFile } from '../yaml/problem.ts';
import type { Finding } from './finding.ts';

const FORMAT = 'mulligan baseline';
/** Most findings of a baseline, and most characters of its text. */
const MOST = 100_000;
export const BASELINE_CHARACTERS = 32 * 1024 * 1024;

const Entry = z.strictObject({
	fingerprint: z.string().regex(/^[0-9a-f]{24}$/),
	rule: z.string().max(100),
	file: z.string().max(4096),
});

/** Findings that a team lives with. Rule and file are there for readers, and to tell what is gone. */
const Baseline = z.strictObject({
	format: z.literal(FORMAT),
	version: z.literal(1),
	findings: z.array(Entry).max(MOST),
});

export type BaselineEntry = z.infer<typeof Entry>;

export type BaselineRead =
	| { readonly kind: 'read'; readonly entries: readonly BaselineEntry[] }
	| { readonly kind: 'refused'; readonly problem: Problem };

/** A finding as a baseline has it; `path` as its fingerprint was made with. */
export const entryOf = ({ rule }: Finding, fingerprint: string, path: string): BaselineEntry => ({
	fingerprint,
	rule,
	file: path,
});

/** One line each, in an order of their own, so that two of them merge as text. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
	const lines = [...new Map(entries.map((entry) => [entry.fingerprint, entry])).values()]
		.toSorted(
			(one, other) =>
				compare(one.file, other.file) ||
				compare(one.rule, other.rule) ||
				compare(one.fingerprint, other.fingerprint),
		)
		.map((entry) => JSON.stringify(entry));
	const head = `"format": ${JSON.stringify(FORMAT)},\n\t"version": 1,\n\t"findings":`;
	return lines.length === 0
		? `{\n\t${head} []\n}\n`
		: `{\n\t${head} [\n\t\t${lines.join(',\n\t\t')}\n\t]\n}\n`;
}

/** The same order in every locale. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Reads what `writeBaseline` wrote; anything else is refused. */
export function readBaseline(text: string, name: string): BaselineRead {
	const refused = (message: string): BaselineRead => ({
		kind: 'refused',
		problem: problemAt(wholeFile(name), message, 'write it again with --write-baseline'),
	});
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return refused('this is no baseline: it is no JSON');
	}
	const read = Baseline.safeParse(value);
	if (read.success) return { kind: 'read', entries: read.data.findings };
	const [issue] = read.error.issues;
	const at = issue?.path.join('.') ?? '';
	return refused(
		`this is no baseline${at === '' ? '' : `, as ${at} is not as it should be`}: ${issue?.message ?? ''}`,
	);
}
