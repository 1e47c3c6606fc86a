import { type Command, Option } from 'commander';
import { plural } from '../model/vocabulary/plural.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { type FlagCounts, type Linted, lint } from '../scenarios/lint/lint.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput, EXIT } from './exit.ts';
import { wholeNumber } from './flags.ts';
import { annotation } from './github.ts';
import { below } from './help.ts';

const FORMATS = ['text', 'json', 'github'] as const;
/** Other places of a finding that are printed; `--format json` has all. */
const SHOWN = 3;

interface Options {
	readonly format: (typeof FORMATS)[number];
	readonly maxWarnings: number;
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
		.argument('<project.yml...>', 'Evergreen project files, each a project of its own')
		.addOption(new Option('--format <format>', 'for whom').choices(FORMATS).default('text'))
		.addOption(
			new Option('--max-warnings <count>', 'exit with 0 up to so many warnings')
				.argParser(wholeNumber(0, 1_000_000))
				.default(0),
		)
		.addHelpText('after', below('lint', { examples: [`${MULLIGAN} lint path/to/evergreen.yml`] }))
		.action(run);
}

function run(files: readonly string[], { format, maxWarnings }: Options): void {
	const results = files.map((file) => lint(file));
	const problems = results.flatMap((one) => (one.kind === 'refused' ? one.problems : []));
	const linted = results.filter((one) => one.kind === 'linted');
	const findings = linted.flatMap((one) => one.findings);
	const warnings = findings.filter(({ severity }) => severity === 'warning').length;
	if (format === 'json')
		console.log(
			JSON.stringify({
				files: linted.map(({ file, findings, counts }) => ({ file, counts, findings })),
			}),
		);
	else if (format === 'github')
		for (const finding of findings)
			console.log(
				annotation({
					level: finding.severity === 'warning' ? 'warning' : 'notice',
					title: finding.rule,
					message: describe(finding),
				}),
			);
	else for (const one of linted) for (const line of lines(one)) console.log(line);
	// The others were told all the same.
	if (problems.length > 0) throw new BadInput(...problems.map(describe));
	process.exitCode = warnings > maxWarnings ? EXIT.violated : EXIT.holds;
}

const lines = ({ file, findings, counts }: Linted): string[] => [
	...findings.flatMap((finding) => [
		`${describe(finding)} [${finding.severity}: ${finding.rule}]`,
		...finding.related
			.slice(0, SHOWN)
			.map((place) => `  also ${place.file}:${place.line}:${place.column}`),
		...(finding.related.length > SHOWN
			? [`  and ${plural(finding.related.length - SHOWN, 'other place')}`]
			: []),
	]),
	`${file}: ${summary(counts, findings)}`,
];

function summary(
	{ flags, work, idle, uncalled }: FlagCounts,
	findings: Linted['findings'],
): string {
	const blocks = findings.filter(({ rule }) => rule === 'flag-in-block').length;
	const warnings = findings.filter(({ severity }) => severity === 'warning').length;
	const parts = [
		...(work > 0 ? [`${work} in a block that heeds it`] : []),
		...(idle > 0 ? [`${idle} idle wherever it stands`] : []),
		...(uncalled > 0 ? [`${uncalled} that nothing in these files runs`] : []),
		...(blocks > 0 ? [`${plural(blocks, 'block')} with idle flags`] : []),
	];
	return [
		flags === 0 ? 'no flagged command' : `${plural(flags, 'flagged command')}: ${parts.join(', ')}`,
		plural(warnings, 'warning'),
	].join('; ');
}
