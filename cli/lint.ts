import { type Command, Option } from 'commander';
import { plural } from '../model/vocabulary/plural.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { plain } from '../reports/markdown/text.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { sayFlagCounts } from '../reports/wording/flag-counts.ts';
import type { Severity } from '../scenarios/lint/finding.ts';
import { type FlagCounts, sumOf } from '../scenarios/lint/flagged.ts';
import { type Linted, type LintRefused, lint } from '../scenarios/lint/lint.ts';
import { describe, withoutRepeats } from '../scenarios/yaml/problem.ts';
import { BadInput, EXIT } from './exit.ts';
import { wholeNumber } from './flags.ts';
import { addToSummary, annotation } from './github.ts';
import { below } from './help.ts';
import { baselineOf, refuseOthers, saveBaseline } from './lint-baseline.ts';
import { fixAll, NOTHING_FIXED } from './lint-fix.ts';
import { findingLines, goneLines } from './lint-lines.ts';
import { lintJson, lintNotes, lintSarif } from './lint-machines.ts';
import { goneFrom, isOpen, openEntries, type ToldProject, tell, withoutUsed } from './lint-told.ts';
import { Progress } from './progress.ts';
import { projectFile } from './shipped.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

interface Options {
	readonly format: (typeof FORMATS)[number];
	readonly maxWarnings: number;
	readonly baseline?: string;
	readonly writeBaseline?: string;
	readonly fix: boolean;
}

export function addLint(program: Command): void {
	program
		.command('lint')
		.summary('say which flags of project files do nothing, and where')
		.usage('[options] <project.yml...>')
		.description(
			'Reads project files and what they include, runs nothing, and says what their flags do: one finding ' +
				'for each edit that mends it. docs/lint.md has the rules.',
		)
		.argument(
			'<project.yml...>',
			'Evergreen project files, each a project of its own; "example" and "flaky" come along',
		)
		.addOption(new Option('--format <format>', 'for whom').choices(FORMATS).default('text'))
		.addOption(
			new Option('--max-warnings <count>', 'exit with 0 up to so many warnings')
				.argParser(wholeNumber(0, 1_000_000))
				.default(0),
		)
		.option(
			'--fix',
			'take off flags that do nothing wherever they are used, and change nothing else',
			false,
		)
		.option('--baseline <file>', 'do not count what this file lists')
		.option('--write-baseline <file>', 'list all that is found in this file, and count none of it')
		.addHelpText('after', below('lint', { examples: [`${MULLIGAN} lint path/to/evergreen.yml`] }))
		.action(run);
}

function run(files: readonly string[], options: Options): void {
	const { format, maxWarnings, baseline, writeBaseline, fix } = options;
	const known = baseline === undefined ? [] : baselineOf(baseline);
	if (writeBaseline !== undefined) refuseOthers(writeBaseline);
	const first = lintAll(files);
	const fixes = fix ? fixAll(first.filter(isLinted).map((one) => tell(one, known))) : NOTHING_FIXED;
	for (const line of fixes.left) console.error(`mulligan: ${line}`);
	const results = fixes.files.size > 0 ? lintAll(files) : first;
	const problems = withoutRepeats(
		results.flatMap((one) => (one.kind === 'refused' ? one.problems : [])),
	);
	const linted = withoutUsed(results.filter(isLinted));
	if (writeBaseline !== undefined) {
		// What could not be read would be missing in it.
		if (problems.length > 0) throw new BadInput(...problems.map(describe));
		saveBaseline(
			writeBaseline,
			linted.flatMap((one) => openEntries(one)),
		);
	}
	const projects = linted.map((one) =>
		tell(one, writeBaseline === undefined ? known : openEntries(one)),
	);
	const gone = writeBaseline === undefined ? goneFrom(known, projects) : [];
	if (format === 'json') console.log(lintJson(projects, { gone, fixed: fixes.fixed }));
	else if (format === 'sarif') console.log(lintSarif(projects, problems).trimEnd());
	else if (format === 'github') {
		for (const note of lintNotes(projects, problems)) console.log(annotation(note));
		const unread = problems.map((problem) => `\n${plain(describe(problem))}\n`).join('');
		addToSummary(`### mulligan lint\n\n${plain(ofAll(projects))}\n${unread}`);
	} else {
		for (const [file, count] of fixes.files)
			console.log(printable(`${file}: ${plural(count, 'flag')} taken off`));
		for (const one of projects)
			for (const line of [...findingLines(one), `${one.linted.file}: ${ofAll([one])}`])
				console.log(line);
		if (projects.length > 1) console.log(`${plural(projects.length, 'file')}: ${ofAll(projects)}`);
		for (const line of goneLines(baseline ?? '', gone)) console.log(line);
	}
	// The others were told all the same.
	if (problems.length > 0) throw new BadInput(...problems.map(describe));
	const open = projects.flatMap(({ told }) => told.filter(isOpen));
	const count = (severity: Severity): number =>
		open.filter(({ finding }) => finding.severity === severity).length;
	process.exitCode =
		count('error') > 0 || count('warning') > maxWarnings ? EXIT.violated : EXIT.holds;
}

const isLinted = (one: Linted | LintRefused): one is Linted => one.kind === 'linted';

/** Who waits longer than this is told what goes on. */
const PATIENCE_MS = 2000;

function lintAll(files: readonly string[]): (Linted | LintRefused)[] {
	const progress = new Progress(files.length < 2);
	const start = performance.now();
	const results = files.map((file, at) => {
		if (performance.now() - start > PATIENCE_MS)
			progress.report('lint', `file ${at + 1} of ${files.length}`);
		return lint(projectFile(file));
	});
	progress.done();
	return results;
}

/** The summary of projects, as if they were one. */
function ofAll(projects: readonly ToldProject[]): string {
	const told = projects.flatMap((one) => one.told);
	const silenced = told.filter(({ finding }) => finding.silenced !== undefined).length;
	const baselined = told.filter((one) => one.baselined).length;
	return [
		summary(
			sumOf(projects.map(({ linted }) => linted.counts)),
			told.filter(isOpen).map(({ finding }) => finding),
		),
		...(silenced > 0 ? [`${silenced} silenced`] : []),
		...(baselined > 0 ? [`${baselined} in the baseline`] : []),
	].join('; ');
}

function summary(counts: FlagCounts, findings: Linted['findings']): string {
	const count = (severity: Severity): number =>
		findings.filter((finding) => finding.severity === severity).length;
	return [
		sayFlagCounts(counts),
		...(count('error') > 0 ? [plural(count('error'), 'error')] : []),
		plural(count('warning'), 'warning'),
	].join('; ');
}
