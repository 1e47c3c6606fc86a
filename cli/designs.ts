import { randomInt } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { Profile } from '../properties/designs/options.ts';
import { tryDesigns } from '../properties/designs/trial.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { DESIGNS, OUT, writeDesigns } from '../reports/write.ts';
import { designLines } from './design-lines.ts';
import { exitOf } from './exit.ts';
import { jsonOption, MAX_SEED, seed, verboseOption } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { Progress } from './progress.ts';
import { outputOption, ReportFolder } from './report-folder.ts';

/** For tests: what is tried, and where the report goes, instead of the usual. */
export type DesignsTools = {
	readonly tryDesigns?: typeof tryDesigns;
	readonly out?: string;
};

export function addDesigns(program: Command, tools: DesignsTools = {}): void {
	program
		.command('designs')
		.summary('put the four designs of the decision record on trial')
		.description(
			'Goes through every state of small configurations under each of the four designs, tells random stories ' +
				'on the model and the reference, and says which guarantee holds under which design, with the shortest ' +
				'story for each that falls, and what became of the claims R1 to R4. Writes reports/out/designs.json.',
		)
		.addHelpText('after', below('designs', { examples: [`${MULLIGAN} designs --profile quick`] }))
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 2 min or hours')
				.choices(['quick', 'standard', 'deep'])
				.default('quick'),
		)
		.option('--seed <number>', 'decides every random choice (default: drawn)', seed)
		.addOption(outputOption())
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.action((options: Options) => run(options, tools));
}

interface Options {
	profile: Profile;
	seed?: number;
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	{ profile, seed: given, output, verbose, json }: Options,
	{ tryDesigns: attempt = tryDesigns, out = OUT }: DesignsTools,
): Promise<void> {
	const drawn = given ?? randomInt(MAX_SEED);
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was found; once more to stop at once');
		interrupt.abort();
	});
	let folder: ReportFolder | null = null;
	try {
		folder = ReportFolder.take(output ?? out, DESIGNS);
		if (!json) console.error(`mulligan designs: profile ${profile}, seed ${drawn}`);
		const evidence = await attempt({
			profile,
			seed: drawn,
			signal: interrupt.signal,
			onPhase: (phase, detail) => {
				if (!interruption.happened) progress.report(phase, detail);
			},
		});
		progress.done();
		const { verdict } = judgeClaims(evidence);
		const writing = { folder: folder.path, whole: !interruption.happened };
		const written = folder.write(() => writeDesigns(evidence, writing));
		if (json) console.log(JSON.stringify(evidence));
		else console.log(designLines(evidence, { written, verdict, verbose, output }).join('\n'));
		process.exitCode = exitOf(verdict);
	} finally {
		folder?.release();
		interruption.over();
	}
}
