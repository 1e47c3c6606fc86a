import { type Command, Option } from 'commander';
import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { DEPLOYED_NAMES, type DeployedName, deployed } from '../properties/deployed/index.ts';
import { type Profile, type VerifyOptions, verify } from '../properties/verification/verify.ts';
import type { DoubtId } from '../reports/evidence/doubt.ts';
import type { Shard } from '../reports/evidence/shard.ts';
import { nothingTried } from '../reports/judging/verification.ts';
import { summary } from '../reports/summary.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { OUT, REVIEW, VERIFICATION, writeReports } from '../reports/write.ts';
import type { Report } from '../reports/write-together.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { verificationNotes } from './evidence-notes.ts';
import { BadInput, exitOfEvidence } from './exit.ts';
import { designOption, jsonOption, verboseOption } from './flags.ts';
import { annotate } from './github.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { allowOption, sayShard, shardOption, storiesOption } from './parts.ts';
import { Progress } from './progress.ts';
import { insistOn } from './recognised.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { writeReviewed } from './review.ts';
import { commitOf, type SeedSource, seedOf, seedOption } from './seeds.ts';
import { CORPUS, EXAMPLE, givenProject, SCENARIOS } from './shipped.ts';
import { verifyLines } from './verify-lines.ts';

/** For tests: what is on trial, which stories, for how long, and where reports go, instead of the usual. */
export type VerifyTools = Pick<VerifyOptions, 'against' | 'seconds' | 'checks' | 'machines'> &
	Partial<Pick<VerifyOptions, 'corpus' | 'scenarios'>> & { readonly out?: string };

export function addVerify(program: Command, tools: VerifyTools = {}): void {
	program
		.command('verify')
		.summary('put the model and the reference on trial')
		.description(
			'Drives the model and the reference together through known counterexamples, scenarios and random ' +
				'stories, has the checker go through every state of small configurations of the model, judges every ' +
				'guarantee, and writes reports/out/evidence.json, summary.md and junit.xml, and the review ' +
				`(see ${MULLIGAN} review --help). One that is interrupted writes evidence.partial.json and the like ` +
				'beside them instead.',
		)
		.addHelpText(
			'after',
			below('verify', {
				examples: [
					`${MULLIGAN} verify example --profile quick`,
					`${MULLIGAN} verify --system evergreen-953ae91 --profile quick`,
				],
			}),
		)
		.argument(
			'[project.yml]',
			'an Evergreen project file whose own tasks are tried (default: "example", which comes along)',
		)
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 2 min or 12 min')
				.choices(['quick', 'standard', 'deep'])
				.default('standard'),
		)
		.addOption(designOption())
		.addOption(
			new Option(
				'--on <systems>',
				'what is on trial; the reference alone is found wrong by no difference, only by a promise that it breaks',
			)
				.choices(['model,reference', 'reference'])
				.default('model,reference'),
		)
		.addOption(
			new Option(
				'--system <name>',
				'a system as it is deployed in place of the reference, with no model beside; each promise that it breaks is told once',
			)
				.choices(DEPLOYED_NAMES)
				.conflicts('on'),
		)
		.addOption(seedOption())
		.addOption(storiesOption())
		.addOption(shardOption())
		.addOption(allowOption())
		.addOption(outputOption())
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.action((file: string | undefined, options: Options) =>
			run(file, options, tools, program.version() ?? ''),
		);
}

interface Options {
	profile: Profile;
	design?: Design;
	on: 'model,reference' | 'reference';
	system?: DeployedName;
	seed?: number | SeedSource;
	stories?: number;
	shard?: Shard;
	allow: DoubtId[];
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	file: string | undefined,
	options: Options,
	{ out = OUT, ...tools }: VerifyTools,
	version: string,
): Promise<void> {
	const { verbose, design, stories, shard } = options;
	const commit = commitOf(process.env);
	const drawn = seedOf(options.seed, commit);
	if (file !== undefined) insistOn(file, 'project');
	const project = givenProject(file ?? EXAMPLE);
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
		const reports = ReportFolder.take(output, VERIFICATION, REVIEW);
		folder = reports;
		if (!options.json)
			console.error(
				`mulligan verify: profile ${options.profile}, ${design === undefined ? '' : `design ${design}, `}seed ${drawn.value} (${drawn.from}), project ${printable(project.file)}${sayShard(shard)}`,
			);
		const evidence = await verify({
			corpus: CORPUS,
			scenarios: SCENARIOS,
			...tools,
			profile: options.profile,
			...(design === undefined ? {} : { design }),
			...(options.system === undefined
				? { alone: options.on === 'reference' }
				: { alone: true, goOn: true, against: deployed(options.system) }),
			...(stories === undefined ? {} : { stories }),
			...(shard === undefined ? {} : { shard }),
			seed: drawn.value,
			run: { mulligan: version, commit, allowed: options.allow },
			project,
			signal: interrupt.signal,
			onPhase: (phase, detail) => {
				if (!interruption.happened) progress.report(phase, detail);
			},
		});
		progress.done();
		const whole = !interruption.happened;
		const write = (review: readonly Report[]): string[] =>
			reports.write(() => writeReports(evidence, { folder: output, whole, review }));
		const nothing = nothingTried(evidence) !== null;
		const isDrawn = whole && evidence.shard === null && !nothing;
		if (isDrawn) progress.report('review', 'drawing');
		const { written, reviewed } = isDrawn
			? await writeReviewed(
					{
						folder: output,
						output: options.output,
						version,
						interruption,
						verification: evidence,
					},
					write,
				)
			: {
					written: write([]),
					reviewed: `not written: ${nothing ? 'nothing was tried' : whole ? `${MULLIGAN} merge writes it, of all parts` : 'interrupted'}`,
				};
		progress.done();
		const again = { file: file ?? null, output: options.output };
		if (options.json) console.log(JSON.stringify(evidence));
		else console.log(verifyLines(evidence, { written, reviewed, ...again, verbose }).join('\n'));
		annotate(verificationNotes(evidence), summary(evidence), options.json);
		process.exitCode = reports.exit(exitOfEvidence(evidence));
	} finally {
		folder?.release();
		interruption.over();
	}
}
