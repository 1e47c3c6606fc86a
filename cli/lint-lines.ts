import { plural } from '../model/vocabulary/plural.ts';
import { printable } from '../model/vocabulary/printable.ts';
import type { BaselineEntry } from '../scenarios/lint/baseline.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { codeFrame } from './code-frame.ts';
import { isOpen, type ToldProject } from './lint-told.ts';

/** Other places of a finding, or entries of a baseline, that are printed; `--format json` has all. */
const SHOWN = 3;

/** The findings of a project that count, each with its line, for people. */
export function findingLines({ linted, told }: ToldProject): string[] {
	const lines = new Map([...linted.sources].map(([file, text]) => [file, text.split(/\r?\n/)]));
	return told
		.filter(isOpen)
		.flatMap(({ finding }) => [
			`${describe(finding)} [${finding.severity}: ${finding.rule}]`,
			...codeFrame(lines.get(finding.file) ?? [], finding.line, finding.column),
			...finding.related
				.slice(0, SHOWN)
				.map(({ file, line, column }) => printable(`  also ${file}:${line}:${column}`)),
			...(finding.related.length > SHOWN
				? [`  and ${plural(finding.related.length - SHOWN, 'other place')}`]
				: []),
			'',
		]);
}

/** Entries of a baseline that match nothing any more. */
export function goneLines(baseline: string, gone: readonly BaselineEntry[]): string[] {
	if (gone.length === 0) return [];
	const named = gone.slice(0, SHOWN).map(({ rule, file }) => `${rule} in ${file}`);
	const more = gone.length > SHOWN ? [`and ${gone.length - SHOWN} more`] : [];
	return [
		printable(
			`${baseline}: ${gone.length === 1 ? '1 entry matches' : `${gone.length} entries match`} nothing any more: ${[...named, ...more].join(', ')} (write it again with --write-baseline)`,
		),
	];
}
