import { randomInt } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { Profile } from '../properties/designs/options.ts';
import { tryDesigns } from '../properties/designs/trial.ts';
import type { DesignsEvidence } from '../reports/design-evidence.ts';
import { DESIGNS, OUT, writeDesigns } from '../reports/write.ts';
import { designLines } from './design-lines.ts';
import { exitOf } from './exit.ts';
import { MAX_SEED, seed } from './flags.ts';
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
			'Goes through every state of small configurations under each of the four designs, tells random stories\n' +
				'on the model and the reference, and says which guarantee holds under which design, with the shortest\n' +
				'story for each that falls, and what became of the claims R1 to R4. Writes reports/out/designs.json.\n\n' +
				'Exit status: 0 every claim is confirmed, 1 one is refuted, 2 bad input, 3 one is not shown.',
		)
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 2 min or hours')
				.choices(['quick', 'standard', 'deep'])
				.default('quick'),
		)
		.option('--seed <number>', 'decides every random choice (default: drawn)', seed)
		.addOption(outputOption())
		.option('--json', 'print the evidence as one JSON object and nothing else', false)
		.action((options: Options) => run(options, tools));
}

interface Options {
	profile: Profile;
	seed?: number;
	output?: string;
	json: boolean;
}

async function run(
	{ profile, seed: given, output, json }: Options,
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
		if (!json) console.log(`mulligan designs: profile ${profile}, seed ${drawn}`);
		const evidence = await attempt({
			profile,
			seed: drawn,
			signal: interrupt.signal,
			onPhase: (phase, detail) => {
				if (!interruption.happened) progress.report(phase, detail);
			},
		});
		progress.done();
		const writing = { folder: folder.path, whole: !interruption.happened };
		const written = folder.write(() => writeDesigns(evidence, writing));
		if (json) console.log(JSON.stringify(evidence));
		else
			console.log([...designLines(evidence, output), `reports   ${written.join('  ')}`].join('\n'));
		process.exitCode = exitOf(verdictOf(evidence));
	} finally {
		folder?.release();
		interruption.over();
	}
}

/** The verdict that counts is that of the claims. */
function verdictOf({ claims }: DesignsEvidence): 'holds' | 'violated' | 'unknown' {
	if (claims.some(({ verdict }) => verdict === 'refuted')) return 'violated';
	const allConfirmed = claims.length > 0 && claims.every(({ verdict }) => verdict === 'confirmed');
	return allConfirmed ? 'holds' : 'unknown';
}
