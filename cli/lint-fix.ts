import { resolve } from 'node:path';
import { plural } from '../model/vocabulary/plural.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { applyEdits } from '../scenarios/lint/apply-edits.ts';
import type { Edit, Finding } from '../scenarios/lint/finding.ts';
import { grouped } from '../scenarios/lint/flags.ts';
import { repositoryTop } from '../scenarios/yaml/inside.ts';
import { rewriteFile } from '../scenarios/yaml/rewrite-file.ts';
import { isOpen, type ToldProject } from './lint-told.ts';

export type Fixes = {
	/** What was mended, as it was found. */
	readonly fixed: readonly Finding[];
	/** How many flags were taken off, by file. */
	readonly files: ReadonlyMap<string, number>;
	/** What was not done, and why. */
	readonly left: readonly string[];
};

export const NOTHING_FIXED: Fixes = { fixed: [], files: new Map(), left: [] };

/**
 * Mends what can be mended without any change on the server. What one of the projects needs in a file that several of
 * them read stays, and so does what a comment says is kept.
 */
export function fixAll(projects: readonly ToldProject[]): Fixes {
	const fixable = projects.flatMap(({ told }) => told.filter(isOpen)).map(({ finding }) => finding);
	const isAgreed = agreementOf(projects);
	const offered = new Map(fixable.flatMap(editsOf).map((edit) => [keyOf(edit), edit]));
	const edits = [...offered.values()].filter(isAgreed);
	const files = new Map<string, number>();
	const done = new Set<string>();
	const left: string[] = [];
	for (const [path, mine] of grouped(edits, ({ file }) => resolve(file))) {
		const [file = path] = mine.map((edit) => edit.file);
		const why = mend(file, mine, projects);
		if (why === null) {
			done.add(path);
			files.set(file, mine.length);
		} else left.push(`${file}: nothing is fixed here, as ${why}`);
	}
	const kept = [...offered.values()].filter((edit) => !isAgreed(edit));
	for (const [file, those] of grouped(kept, (edit) => edit.file))
		left.push(
			`${file}: ${plural(those.length, 'flag')} not taken off: another of these projects may need it, or a comment keeps it`,
		);
	for (const { file, line, column, why } of fixable.flatMap(({ stays = [] }) => stays))
		left.push(`${file}:${line}:${column}: the flag stays: ${why}`);
	return {
		fixed: fixable.filter((finding) =>
			editsOf(finding).some((edit) => isAgreed(edit) && done.has(resolve(edit.file))),
		),
		files,
		left: left.map(printable),
	};
}

const editsOf = ({ fix = [] }: Finding): readonly Edit[] => fix;

const keyOf = ({ file, from, to }: Edit): string => `${from} ${to} ${resolve(file)}`;

/** Whether an edit changes nothing for any of the projects, and is kept by no comment. */
function agreementOf(projects: readonly ToldProject[]): (edit: Edit) => boolean {
	const findings = projects.map(({ told }) => told.map(({ finding }) => finding));
	const keysIn = (those: readonly Finding[]): ReadonlySet<string> =>
		new Set(those.flatMap(editsOf).map(keyOf));
	const kept = keysIn(findings.flat().filter(({ silenced }) => silenced !== undefined));
	const offers = projects.map(({ linted }, at) => ({
		files: new Set([...linted.sources.keys()].map((file) => resolve(file))),
		keys: keysIn(findings[at] ?? []),
	}));
	return (edit) =>
		!kept.has(keyOf(edit)) &&
		offers.every(({ files, keys }) => !files.has(resolve(edit.file)) || keys.has(keyOf(edit)));
}

/** Applies the edits of one file; why not, if not. */
function mend(
	file: string,
	edits: readonly Edit[],
	projects: readonly ToldProject[],
): string | null {
	const owner = projects.find(({ linted }) => linted.sources.has(file));
	const text = owner?.linted.sources.get(file);
	if (owner === undefined || text === undefined) throw new Error(`nobody has read ${file}`);
	const applied = applyEdits(text, edits);
	if (applied.kind === 'left') return applied.why;
	const top = repositoryTop(owner.linted.file);
	const written = rewriteFile(file, text, applied.text, top);
	return written.kind === 'written' ? null : written.why;
}
