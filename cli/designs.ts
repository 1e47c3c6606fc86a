import { randomInt } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { Profile } from '../properties/designs/options.ts';
import { tryDesigns } from '../properties/designs/trial.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { DESIGNS, OUT, prepareFolder, writeDesigns } from '../reports/write.ts';
import { designLines } from './design-lines.ts';
import { exitOf } from './exit.ts';
import { jsonOption, MAX_SEED, seed, verboseOption } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { onDisk } from './on-disk.ts';
import { Progress } from './progress.ts';

const REPORTS = { what: 'reports', remedy: 'run mulligan in a folder that you may write to' };

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
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.action((options: Options) => run(options, tools));
}

interface Options {
	profile: Profile;
	seed?: number;
	verbose: boolean;
	json: boolean;
}

async function run(
	{ profile, seed: given, verbose, json }: Options,
	{ tryDesigns: attempt = tryDesigns, out = OUT }: DesignsTools,
): Promise<void> {
	const drawn = given ?? randomInt(MAX_SEED);
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was found; once more to stop at once');
		interrupt.abort();
	});
	onDisk(out, REPORTS, () => prepareFolder(out, DESIGNS));
	if (!json) console.error(`mulligan designs: profile ${profile}, seed ${drawn}`);
	const evidence = await attempt({
		profile,
		seed: drawn,
		signal: interrupt.signal,
		onPhase: (phase, detail) => {
			if (!interruption.happened) progress.report(phase, detail);
		},
	}).finally(() => interruption.over());
	progress.done();
	const { verdict } = judgeClaims(evidence);
	const written = onDisk(out, REPORTS, () => writeDesigns(evidence, out));
	if (json) console.log(JSON.stringify(evidence));
	else console.log(designLines(evidence, { written, verdict, verbose }).join('\n'));
	process.exitCode = exitOf(verdict);
}
