import { randomInt } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { projectOnTrial } from '../properties/project.ts';
import { type Profile, type VerifyOptions, verify } from '../properties/verification.ts';
import type { Evidence } from '../reports/evidence.ts';
import { replayCommand, verifyCommand, withOutput } from '../reports/wording/commands.ts';
import { OUT, REVIEW, VERIFICATION, writeReports } from '../reports/write.ts';
import { describe } from '../scenarios/problem.ts';
import { checksTable, violationLines } from './check-lines.ts';
import { BadInput, exitOf, Interrupted } from './exit.ts';
import { designOption, MAX_SEED, seed } from './flags.ts';
import { Interruption } from './interruption.ts';
import { machineLines } from './machine-lines.ts';
import { Progress } from './progress.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { review } from './review.ts';
import { table } from './table.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLE = join(ROOT, 'scenarios/projects/example.yml');
const CORPUS = join(ROOT, 'properties/corpus');
const SCENARIOS = join(ROOT, 'scenarios/stories');

/** Warnings of a project that are printed; the evidence holds all of them. */
const WARNINGS_SHOWN = 10;

/** For tests: what is on trial, for how long, and where reports go, instead of the usual. */
export type VerifyTools = Pick<VerifyOptions, 'against' | 'seconds' | 'checks' | 'machines'> & {
	readonly out?: string;
};

export function addVerify(program: Command, tools: VerifyTools = {}): void {
	program
		.command('verify')
		.summary('put the model and the reference on trial')
		.description(
			'Drives the model and the reference together through known counterexamples, scenarios and random\n' +
				'stories, has the checker go through every state of small configurations of the model, judges every\n' +
				'guarantee, and writes reports/out/evidence.json, summary.md and junit.xml, and the review\n' +
				'(see mulligan review --help). One that is interrupted writes evidence.partial.json and the like\n' +
				'beside them instead.\n\n' +
				'Exit status: 0 holds, 1 violated, 2 bad input, 3 unknown.',
		)
		.argument(
			'[project.yml]',
			'an Evergreen project file whose own tasks are tried (default: an example)',
		)
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 75 s or 12 min')
				.choices(['quick', 'standard', 'deep'])
				.default('standard'),
		)
		.addOption(designOption())
		.option('--seed <number>', 'decides every random choice (default: drawn)', seed)
		.addOption(outputOption())
		.option('--json', 'print the evidence as one JSON object and nothing else', false)
		.action((file: string | undefined, options: Options) =>
			run(file, options, tools, program.version() ?? ''),
		);
}

interface Options {
	profile: Profile;
	design?: Design;
	seed?: number;
	output?: string;
	json: boolean;
}

async function run(
	file: string | undefined,
	options: Options,
	{ out = OUT, ...tools }: VerifyTools,
	version: string,
): Promise<void> {
	const drawn = options.seed ?? randomInt(MAX_SEED);
	const project = projectOnTrial(file ?? relative('', EXAMPLE));
	if (project.kind === 'refused') throw new BadInput(...project.problems.map(describe));
	const progress = new Progress(options.json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'finishing; once more to stop at once');
		interrupt.abort();
	});
	const { output = out } = options;
	let folder: ReportFolder | null = null;
	try {
		folder = ReportFolder.take(output, VERIFICATION, REVIEW);
		if (!options.json)
			console.log(
				`mulligan verify: profile ${options.profile}, ${options.design === undefined ? '' : `design ${options.design}, `}seed ${drawn}, project ${printable(project.file)}`,
			);
		const evidence = await verify({
			...tools,
			profile: options.profile,
			...(options.design === undefined ? {} : { design: options.design }),
			seed: drawn,
			project,
			corpus: CORPUS,
			scenarios: SCENARIOS,
			signal: interrupt.signal,
			onPhase: (phase, detail) => {
				if (!interruption.happened) progress.report(phase, detail);
			},
		});
		progress.done();
		const whole = !interruption.happened;
		const written = folder.write(() => writeReports(evidence, { folder: output, whole }));
		if (whole) progress.report('review', 'writing');
		const reviewed = whole
			? await reviewIn(options, output, version, interruption)
			: 'not written: interrupted';
		progress.done();
		const again = { file: file ?? null, output: options.output };
		if (options.json) console.log(JSON.stringify(evidence));
		else print(evidence, { written, reviewed }, again);
		process.exitCode = exitOf(evidence.verdict);
	} finally {
		folder?.release();
		interruption.over();
	}
}

/** Writes the review of the evidence; what is wrong with other evidence is no fault of this verification. */
async function reviewIn(
	{ output }: Options,
	folder: string,
	version: string,
	interruption: Interruption,
): Promise<string> {
	try {
		const asked = { folder, output, version, project: null, since: null, interruption };
		const { written } = await review(asked);
		return written.join('  ');
	} catch (error) {
		if (error instanceof BadInput) return `not written: ${error.message}`;
		if (error instanceof Interrupted) return 'not written: interrupted';
		throw error;
	}
}

interface Written {
	readonly written: readonly string[];
	/** Where the review is, or why there is none. */
	readonly reviewed: string;
}

/** What was given, and is given again by whoever runs it again. */
interface Again {
	readonly file: string | null;
	readonly output: string | undefined;
}

function print(evidence: Evidence, { written, reviewed }: Written, { file, output }: Again): void {
	const { guarantees, canary, checks, findings, machines, project, sources } = evidence;
	const lines = [''];
	for (const warning of project?.warnings.slice(0, WARNINGS_SHOWN) ?? [])
		lines.push(`warning: ${warning}`);
	const more = (project?.warnings.length ?? 0) - WARNINGS_SHOWN;
	if (more > 0) lines.push(`… and ${more} more warnings, all in ${written[0]}`);
	lines.push(
		'',
		table(
			[
				['guarantee', '', 'verdict', 'stories', 'mattered'],
				...guarantees.map(({ id, name, verdict, stories, mattered, reason }) => [
					id,
					name,
					reason === null || reason === evidence.reason ? verdict : `${verdict}: ${reason}`,
					String(stories),
					String(mattered),
				]),
			],
			new Set([3, 4]),
		),
		'',
		table(
			[
				['source', 'stories', 'verdict'],
				...sources.map(({ name, stories, verdict, note }) => [
					printable(name),
					String(stories),
					note === null ? verdict : `${verdict}: ${printable(note)}`,
				]),
			],
			new Set([1]),
		),
		'',
		...(checks.length === 0 ? [] : [checksTable(checks), '']),
		canary.caught
			? `canary    "${canary.name}" caught after ${canary.stories} stories, in ${canary.events} events`
			: `canary    "${canary.name}" NOT caught in ${canary.stories} stories`,
	);
	lines.push(
		...machineLines(machines),
		`stories   ${evidence.stories} with ${evidence.events} events (${evidence.steps} with coming to rest) in ${evidence.seconds.toFixed(1)} s`,
		`reports   ${written.join('  ')}`,
		`review    ${reviewed}`,
	);
	for (const finding of findings)
		lines.push(
			'',
			printable(
				`${finding.guarantee ?? finding.kind} in ${finding.events} events (${finding.source}): ${finding.sentence}`,
			),
			finding.token === null
				? 'the story is too large for a token: run again with the seed'
				: replayCommand(finding.token),
		);
	lines.push(...checks.flatMap(violationLines));
	lines.push(
		'',
		`${evidence.verdict}${evidence.reason === null ? '' : `: ${evidence.reason}`}`,
		`again with: ${withOutput(verifyCommand({ ...evidence, project: file === null ? null : evidence.project }), output)}`,
	);
	console.log(lines.join('\n'));
}
