import { type Command, Option } from 'commander';
import type { Profile } from '../properties/designs/options.ts';
import { tryDesigns } from '../properties/designs/trial.ts';
import { designsSummary } from '../reports/designs-summary.ts';
import type { DoubtId } from '../reports/evidence/doubt.ts';
import type { Shard } from '../reports/evidence/shard.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { designsCommand, MULLIGAN, withOutput } from '../reports/wording/commands.ts';
import { DESIGNS, OUT, writeDesigns } from '../reports/write.ts';
import { designLines } from './design-lines.ts';
import { designNotes } from './evidence-notes.ts';
import { exitOfEvidence } from './exit.ts';
import { jsonOption, verboseOption } from './flags.ts';
import { annotate } from './github.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { allowOption, sayShard, shardOption } from './parts.ts';
import { Progress } from './progress.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { commitOf, type SeedSource, seedOf, seedOption } from './seeds.ts';

/** For tests: what is tried, and where the report goes, instead of the usual. */
export type DesignsTools = {
	readonly tryDesigns?: typeof tryDesigns;
	readonly out?: string;
};

export function addDesigns(program: Command, tools: DesignsTools = {}): void {
	program
		.command('designs')
		.summary('put the designs of the decision record on trial')
		.description(
			'Goes through every state of small configurations under each design, tells random stories ' +
				'on the model and the reference, and says which guarantee holds under which design, with the shortest ' +
				'story for each that falls, and what became of the claims about them. Writes reports/out/designs.json.',
		)
		.addHelpText('after', below('designs', { examples: [`${MULLIGAN} designs --profile quick`] }))
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 2 min or hours')
				.choices(['quick', 'standard', 'deep'])
				.default('quick'),
		)
		.addOption(seedOption())
		.addOption(shardOption())
		.addOption(allowOption())
		.addOption(outputOption())
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.action((options: Options) => run(options, tools, program.version() ?? ''));
}

interface Options {
	profile: Profile;
	seed?: number | SeedSource;
	shard?: Shard;
	allow: DoubtId[];
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	{ profile, seed: given, shard, allow, output, verbose, json }: Options,
	{ tryDesigns: attempt = tryDesigns, out = OUT }: DesignsTools,
	version: string,
): Promise<void> {
	const commit = commitOf(process.env);
	const drawn = seedOf(given, commit);
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was found; once more to stop at once');
		interrupt.abort();
	});
	let folder: ReportFolder | null = null;
	try {
		folder = ReportFolder.take(output ?? out, DESIGNS);
		if (!json)
			console.error(
				`mulligan designs: profile ${profile}, seed ${drawn.value} (${drawn.from})${sayShard(shard)}`,
			);
		const evidence = await attempt({
			profile,
			seed: drawn.value,
			shard,
			run: { mulligan: version, commit, allowed: allow },
			signal: interrupt.signal,
			onPhase: (phase, detail) => {
				if (!interruption.happened) progress.report(phase, detail);
			},
		});
		progress.done();
		const judged = judgeClaims(evidence);
		const { verdict } = judged;
		const writing = { folder: folder.path, whole: !interruption.happened };
		const written = folder.write(() => writeDesigns(evidence, writing));
		const again = withOutput(designsCommand(evidence), output);
		if (json) console.log(JSON.stringify(evidence));
		else console.log(designLines(evidence, { written, verdict, verbose, again }).join('\n'));
		annotate(designNotes(evidence), designsSummary(evidence, again), json);
		process.exitCode = folder.exit(exitOfEvidence({ ...judged, allowed: allow }));
	} finally {
		folder?.release();
		interruption.over();
	}
}
