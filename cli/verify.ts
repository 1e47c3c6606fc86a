import { randomInt } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { projectOnTrial } from '../properties/project.ts';
import { type Profile, type VerifyOptions, verify } from '../properties/verification.ts';
import type { Evidence } from '../reports/evidence.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { OUT, prepareFolder, writeReports } from '../reports/write.ts';
import { describe } from '../scenarios/problem.ts';
import { BadInput, exitOf } from './exit.ts';
import { designOption, jsonOption, MAX_SEED, seed, verboseOption } from './flags.ts';
import { below } from './help.ts';
import { onDisk } from './on-disk.ts';
import { Progress } from './progress.ts';
import { insistOn } from './recognised.ts';
import { review } from './review.ts';
import { verifyLines } from './verify-lines.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLE = join(ROOT, 'scenarios/projects/example.yml');
const CORPUS = join(ROOT, 'properties/corpus');
const SCENARIOS = join(ROOT, 'scenarios/stories');

const REPORTS = { what: 'reports', remedy: 'run mulligan in a folder that you may write to' };

/** For tests: what is on trial, for how long, and where reports go, instead of the usual. */
export type VerifyTools = Pick<VerifyOptions, 'against' | 'seconds' | 'checks' | 'machines'> & {
	readonly out?: string;
};

export function addVerify(program: Command, tools: VerifyTools = {}): void {
	program
		.command('verify')
		.summary('put the model and the reference on trial')
		.description(
			'Drives the model and the reference together through known counterexamples, scenarios and random ' +
				'stories, has the checker go through every state of small configurations of the model, judges every ' +
				'guarantee, and writes reports/out/evidence.json, summary.md and junit.xml, and the review ' +
				'(see mulligan review --help).',
		)
		.addHelpText(
			'after',
			below('verify', { examples: [`${MULLIGAN} verify path/to/evergreen.yml --profile quick`] }),
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
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.action((file: string | undefined, options: Options) =>
			run(file, options, tools, program.version() ?? ''),
		);
}

interface Options {
	profile: Profile;
	design?: Design;
	seed?: number;
	verbose: boolean;
	json: boolean;
}

async function run(
	file: string | undefined,
	options: Options,
	{ out = OUT, ...tools }: VerifyTools,
	version: string,
): Promise<void> {
	const { verbose } = options;
	const drawn = options.seed ?? randomInt(MAX_SEED);
	if (file !== undefined) insistOn(file, 'project');
	const project = projectOnTrial(file ?? relative('', EXAMPLE));
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
			console.error(
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
		? 'not written: interrupted (mulligan review writes it)'
		: await reviewIn(out, version);
	progress.done();
	if (options.json) console.log(JSON.stringify(evidence));
	else
		console.log(
			verifyLines(evidence, { written, reviewed, file: file ?? null, verbose }).join('\n'),
		);
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
