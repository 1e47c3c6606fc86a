import { randomInt } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { type Profile, type VerifyOptions, verify } from '../properties/verification.ts';
import type { Evidence } from '../reports/evidence.ts';
import { MULLIGAN, replayCommand, verifyCommand } from '../reports/wording/commands.ts';
import { OUT, prepareFolder, writeReports } from '../reports/write.ts';
import { describe } from '../scenarios/problem.ts';
import { checksTable, violationLines } from './check-lines.ts';
import { BadInput, exitOf } from './exit.ts';
import { designOption, MAX_SEED, seed } from './flags.ts';
import { machineLines } from './machine-lines.ts';
import { onDisk } from './on-disk.ts';
import { Progress } from './progress.ts';
import { review } from './review.ts';
import { CORPUS, EXAMPLE, givenProject, SCENARIOS } from './shipped.ts';
import { table } from './table.ts';

const REPORTS = { what: 'reports', remedy: 'run mulligan in a folder that you may write to' };
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
				'(see mulligan review --help).\n\n' +
				'Exit status: 0 holds, 1 violated, 2 bad input, 3 unknown.',
		)
		.argument(
			'[project.yml]',
			'an Evergreen project file whose own tasks are tried (default: example, which comes along)',
		)
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 75 s or 12 min')
				.choices(['quick', 'standard', 'deep'])
				.default('standard'),
		)
		.addOption(designOption())
		.option('--seed <number>', 'decides every random choice (default: drawn)', seed)
		.option('--json', 'print the evidence as one JSON object and nothing else', false)
		.action((file: string | undefined, options: Options) =>
			run(file, options, tools, program.version() ?? ''),
		);
}

interface Options {
	profile: Profile;
	design?: Design;
	seed?: number;
	json: boolean;
}

async function run(
	file: string | undefined,
	options: Options,
	{ out = OUT, ...tools }: VerifyTools,
	version: string,
): Promise<void> {
	const drawn = options.seed ?? randomInt(MAX_SEED);
	const project = givenProject(file ?? EXAMPLE);
	if (project.kind === 'refused') throw new BadInput(...project.problems.map(describe));
	const progress = new Progress(options.json);
	const interrupt = new AbortController();
	const interrupted = (): void => {
		progress.report('interrupted', 'finishing; once more to stop at once');
		interrupt.abort();
	};
	process.once('SIGINT', interrupted);
	let evidence: Evidence;
	try {
		onDisk(out, REPORTS, () => prepareFolder(out));
		if (!options.json)
			console.log(
				`mulligan verify: profile ${options.profile}, ${options.design === undefined ? '' : `design ${options.design}, `}seed ${drawn}, project ${printable(project.file)}`,
			);
		evidence = await verify({
			...tools,
			profile: options.profile,
			...(options.design === undefined ? {} : { design: options.design }),
			seed: drawn,
			project,
			corpus: CORPUS,
			scenarios: SCENARIOS,
			signal: interrupt.signal,
			onPhase: (phase, detail) => progress.report(phase, detail),
		});
	} finally {
		process.off('SIGINT', interrupted);
	}
	progress.done();
	const written = onDisk(out, REPORTS, () => writeReports(evidence, out));
	progress.report('review', 'writing');
	const reviewed = interrupt.signal.aborted
		? `not written: interrupted (${MULLIGAN} review writes it)`
		: await reviewIn(out, version);
	progress.done();
	if (options.json) console.log(JSON.stringify(evidence));
	else print(evidence, { written, reviewed }, file ?? null);
	process.exitCode = exitOf(evidence.verdict);
}

/** Writes the review of the evidence; what is wrong with other evidence is no fault of this verification. */
async function reviewIn(out: string, version: string): Promise<string> {
	try {
		const { written } = await review({ folder: out, version, project: null, since: null });
		return written.join('  ');
	} catch (error) {
		if (error instanceof BadInput) return `not written: ${error.message}`;
		throw error;
	}
}

interface Written {
	readonly written: readonly string[];
	/** Where the review is, or why there is none. */
	readonly reviewed: string;
}

function print(evidence: Evidence, { written, reviewed }: Written, file: string | null): void {
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
		`again with: ${verifyCommand({ ...evidence, project: file === null ? null : evidence.project })}`,
	);
	console.log(lines.join('\n'));
}
