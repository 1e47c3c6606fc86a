import { type Command, Option } from 'commander';
import { plural } from '../model/vocabulary/plural.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import type { Severity } from '../scenarios/lint/finding.ts';
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
					level: finding.severity === 'note' ? 'notice' : finding.severity,
					title: finding.rule,
					message: describe(finding),
				}),
			);
	else for (const one of linted) for (const line of lines(one)) console.log(line);
	// The others were told all the same.
	if (problems.length > 0) throw new BadInput(...problems.map(describe));
	const refused = findings.some(({ severity }) => severity === 'error');
	process.exitCode = refused || warnings > maxWarnings ? EXIT.violated : EXIT.holds;
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

function summary(counts: FlagCounts, findings: Linted['findings']): string {
	const count = (severity: Severity): number =>
		findings.filter((finding) => finding.severity === severity).length;
	return [
		flagsInWords(counts),
		...(count('error') > 0 ? [plural(count('error'), 'error')] : []),
		plural(count('warning'), 'warning'),
	].join('; ');
}

/** `41 flagged commands: 24 work, 17 work but are idle in 3 groups`. */
function flagsInWords(counts: FlagCounts): string {
	const { flags, work, partly, idle, uncalled, idle_groups, idle_blocks } = counts;
	if (flags === 0) return 'no flagged command';
	const where = [
		...(idle_groups > 0 ? [plural(idle_groups, 'group')] : []),
		...(idle_blocks > 0 ? [plural(idle_blocks, 'block')] : []),
	].join(' and ');
	const is = (many: number) => (many === 1 ? 'is' : 'are');
	const parts = [
		...(work > 0 ? [`${work} ${work === 1 ? 'works' : 'work'}`] : []),
		...(partly > 0
			? [
					`${partly} ${partly === 1 ? 'works' : 'work'} but ${is(partly)} idle in ${where || 'some places'}`,
				]
			: []),
		...(idle > 0
			? [`${idle} ${is(idle)} idle${where === '' || partly > 0 ? '' : ` in ${where}`}`]
			: []),
		...(uncalled > 0 ? [`${uncalled} ${is(uncalled)} run by nothing in these files`] : []),
	];
	return `${plural(flags, 'flagged command')}: ${parts.join(', ')}`;
}
