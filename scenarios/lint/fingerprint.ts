import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';

/** Enough of a digest that no two findings of a team have the same. */
const LENGTH = 24;

/** A file as it is known on each machine: from the top of its repository, with slashes. */
export type PathOf = (file: string) => string;

/**
 * What each finding is known by when it is found again: its rule, the path of its file, the text of its line without
 * blanks, and which of several alike it is. So it stays when lines move or other parts of the file change, and is the same on
 * each machine.
 */
export function fingerprintsOf(
	findings: readonly Finding[],
	sources: ReadonlyMap<string, string>,
	pathOf: PathOf,
): Map<Finding, string> {
	const lines = new Map([...sources].map(([file, text]) => [file, text.split('\n')]));
	const seen = new Map<string, number>();
	const known = new Map<Finding, string>();
	for (const finding of findings.toSorted(inFileOrder)) {
		const text = lines.get(finding.file)?.[finding.line - 1] ?? '';
		const parts = [finding.rule, pathOf(finding.file), text.trim().replaceAll(/\s+/g, ' ')];
		const alike = JSON.stringify([...parts, finding.about ?? '']);
		const ordinal = seen.get(alike) ?? 0;
		seen.set(alike, ordinal + 1);
		const hash = createHash('sha256').update(`${alike}${ordinal}`);
		known.set(finding, hash.digest('hex').slice(0, LENGTH));
	}
	return known;
}

const inFileOrder = (one: Finding, other: Finding): number =>
	one.line - other.line || one.column - other.column;
