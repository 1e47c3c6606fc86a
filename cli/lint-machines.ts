import { isAbsolute, relative, sep } from 'node:path';
import { type SarifEdit, type SarifPlace, type SarifResult, sarif } from '../reports/sarif.ts';
import type { BaselineEntry } from '../scenarios/lint/baseline.ts';
import type { Edit, Finding, Severity } from '../scenarios/lint/finding.ts';
import { pathInRepository } from '../scenarios/yaml/inside.ts';
import { describe, type Place, type Problem } from '../scenarios/yaml/problem.ts';
import type { Note } from './github.ts';
import { ruleSections } from './lint-rules.ts';
import { isOpen, type Told, type ToldProject } from './lint-told.ts';
import { VERSION } from './package-version.ts';

/** All that is known, as one JSON text; docs/lint.md says what is in it. */
export const lintJson = (
	projects: readonly ToldProject[],
	{ gone, fixed }: { readonly gone: readonly BaselineEntry[]; readonly fixed: readonly Finding[] },
): string =>
	JSON.stringify({
		files: projects.map(({ linted: { file, counts }, told }) => ({
			file,
			counts,
			findings: told.map(({ finding, entry, baselined }) => ({
				...finding,
				fingerprint: entry.fingerprint,
				...(baselined ? { baseline: true } : {}),
			})),
		})),
		fixed: fixed.map(({ rule, file, line, column, message }) => ({
			rule,
			file,
			line,
			column,
			message,
		})),
		gone,
	});

const LEVEL: Readonly<Record<Severity, Note['level']>> = {
	error: 'error',
	warning: 'warning',
	note: 'notice',
};

/** What counts, and what could not be read, at its line in the repository. */
export const lintNotes = (
	projects: readonly ToldProject[],
	problems: readonly Problem[],
): Note[] => [
	...problems.map((problem) => noteOf('error', 'mulligan lint', problem)),
	...projects
		.flatMap(({ told }) => told.filter(isOpen))
		.map(({ finding }) => noteOf(LEVEL[finding.severity], finding.rule, finding)),
];

const noteOf = (level: Note['level'], title: string, problem: Problem): Note => ({
	level,
	title,
	message: `${problem.message} (${problem.remedy})`,
	place: {
		file: pathInRepository(problem.file),
		line: problem.line,
		column: problem.column,
	},
});

export const lintSarif = (projects: readonly ToldProject[], problems: readonly Problem[]): string =>
	sarif({
		version: VERSION,
		rules: ruleSections(),
		results: projects.flatMap(({ linted, told }) => {
			const starts = new Map<string, readonly number[]>();
			for (const [file, text] of linted.sources) starts.set(file, lineStarts(text));
			return told.map((one) => resultOf(one, starts));
		}),
		refused: problems.map((problem) => ({
			message: describe(problem),
			place: sarifPlace(problem),
		})),
	});

const resultOf = (
	{ finding, entry, baselined }: Told,
	starts: ReadonlyMap<string, readonly number[]>,
): SarifResult => ({
	rule: finding.rule,
	level: finding.severity,
	message: `${finding.message} (${finding.remedy})`,
	place: sarifPlace(finding),
	related: finding.related.map(sarifPlace),
	fingerprint: entry.fingerprint,
	fix: (finding.fix ?? []).map((edit) => sarifEdit(edit, starts.get(edit.file) ?? [])),
	suppressed:
		finding.silenced === undefined
			? baselined
				? 'external'
				: null
			: { kind: 'inSource', why: finding.silenced },
});

const sarifPlace = ({ file, line, column }: Place): SarifPlace => ({
	path: fromHere(file),
	line,
	column,
});

const sarifEdit = ({ file, from, to, text }: Edit, starts: readonly number[]): SarifEdit => {
	const placeOf = (offset: number): SarifPlace => {
		const line = lineOf(starts, offset);
		return sarifPlace({ file, line, column: offset - (starts[line - 1] ?? 0) + 1 });
	};
	return { from: placeOf(from), to: placeOf(to), text };
};

/** The line of an offset: how many lines begin before it or there. A large file has many edits, and more lines. */
function lineOf(starts: readonly number[], offset: number): number {
	let [least, most] = [1, starts.length];
	while (least < most) {
		const middle = Math.ceil((least + most) / 2);
		if ((starts[middle - 1] ?? 0) <= offset) least = middle;
		else most = middle - 1;
	}
	return least;
}

/** Where each line begins. */
const lineStarts = (text: string): number[] => [
	0,
	...[...text.matchAll(/\n/g)].map(({ index }) => index + 1),
];

/** A path from the working folder; one on another drive stays as it is. */
function fromHere(file: string): string {
	const way = relative('', file);
	return (isAbsolute(way) ? file : way).replaceAll(sep, '/');
}
