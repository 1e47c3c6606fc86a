import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { DEPLOYED_NAMES, type DeployedName } from '../properties/deployed/index.ts';
import { begun, fuzz } from '../properties/fuzz/fuzz.ts';
import type { FuzzEvidence } from '../reports/evidence/fuzz-evidence.ts';
import type { Shard } from '../reports/evidence/shard.ts';
import { readFuzz } from '../reports/review/evidence-files.ts';
import { fuzzCommand, MULLIGAN, withOutput } from '../reports/wording/commands.ts';
import { FUZZ, FUZZ_OUT, writeFuzz } from '../reports/write.ts';
import { BadInput, EXIT } from './exit.ts';
import { jsonOption, MOST_WORKERS, type Span, span, usualWorkers, workerCount } from './flags.ts';
import { fuzzLines, sayTried } from './fuzz-lines.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { loneShardOption, sayShard } from './parts.ts';
import { Progress } from './progress.ts';
import { ReportFolder } from './report-folder.ts';
import { commitOf, type SeedSource, seedOf, seedOption } from './seeds.ts';
import { schemaFrom } from './shipped.ts';

/** For tests: where it lies, and behind which story it ends. */
export interface FuzzTools {
	readonly fuzzOut?: string;
	readonly until?: number;
}

export function addFuzz(program: Command, tools: FuzzTools = {}): void {
	program
		.command('fuzz')
		.summary('tell random stories for as long as you like')
		.description(
			'Tells random stories of generated projects to model and reference, or to a deployed system, on all cores until ' +
				'the time is over or Ctrl-C; another call with the same folder goes on from there. What is found is shrunk, told ' +
				`once for each promise and shape, and written as a scenario beside ${FUZZ_OUT}/${FUZZ[0]}.`,
		)
		.addHelpText(
			'after',
			below('fuzz', {
				examples: [
					`${MULLIGAN} fuzz --time 8h`,
					`${MULLIGAN} fuzz --time 30s --system evergreen-server-953ae91 --output reports/out/fuzz-server`,
				],
			}),
		)
		.option('--time <time>', 'how long, such as 90s, 10m or 8h', span, {
			seconds: 600,
			typed: '10m',
		} satisfies Span)
		.option(
			'--workers <n>',
			`threads that tell stories (default: as many as there are cores, at most ${MOST_WORKERS})`,
			workerCount,
		)
		.addOption(
			new Option(
				'--system <name>',
				'a system as it is deployed in place of model and reference',
			).choices(DEPLOYED_NAMES),
		)
		.addOption(seedOption())
		.addOption(loneShardOption())
		.option('--output <folder>', `where it lies (default: ${FUZZ_OUT})`)
		.addOption(jsonOption('what was tried and found'))
		.action((options: Options) => run(options, tools, program.version() ?? ''));
}

interface Options {
	time: Span;
	workers?: number;
	system?: DeployedName;
	seed?: number | SeedSource;
	shard?: Shard;
	output?: string;
	json: boolean;
}

async function run(options: Options, { fuzzOut = FUZZ_OUT, until }: FuzzTools, version: string) {
	const { time, workers = usualWorkers(), system = null, output, json } = options;
	const path = output ?? fuzzOut;
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'keeping what was found; once more to stop at once');
		interrupt.abort();
	});
	let folder: ReportFolder | null = null;
	try {
		const reports = ReportFolder.take(path, FUZZ);
		folder = reports;
		const earlier = earlierIn(path);
		const state =
			earlier === null ? fresh(options, version) : goingOn(earlier, options, path, version);
		if (!json)
			console.error(
				`mulligan fuzz: ${earlier === null ? 'begins' : `goes on behind ${sayTried(earlier)}`}, ${system ?? 'model and reference'}, seed ${state.seed}${sayShard(options.shard)}, for ${time.typed}, ${workers} at a time`,
			);
		const began = { at: performance.now(), stories: state.stories };
		const told = await fuzz({
			...{ state, system, workers, until, signal: interrupt.signal },
			seconds: time.seconds,
			schema: schemaFrom(path),
			keep: (known, scenarios) => {
				const written = scenarios.flatMap(({ find: { scenario }, text }) =>
					scenario === null || text === null || existsSync(join(path, scenario))
						? []
						: [[scenario, text] as const],
				);
				reports.write(() => writeFuzz(known, written, path));
			},
			onProgress: (known) => {
				const rate = (known.stories - began.stories) / ((performance.now() - began.at) / 1000);
				if (!interruption.happened)
					progress.report('fuzz', `${sayTried(known)}, ${rate.toFixed(0)} stories/s`);
			},
		});
		progress.done();
		const verdict =
			told.finds.length > 0 ? 'violated' : interruption.happened ? 'unknown' : 'holds';
		process.exitCode = reports.exit(EXIT[verdict]);
		const { seed, shard } = told;
		const again = withOutput(fuzzCommand({ time: time.typed, system, seed, shard }), output);
		if (json) console.log(JSON.stringify({ ...told, verdict: SAID[verdict] }));
		else console.log(fuzzLines(told, { verdict: SAID[verdict], folder: path, again }).join('\n'));
	} finally {
		progress.done();
		folder?.release();
		interruption.over();
	}
}

/** That nothing was found is less than that it holds: no guarantee was judged as a whole. */
const SAID = { violated: 'violated', unknown: 'interrupted', holds: 'nothing found' } as const;

const anew = (path: string): string =>
	`move ${path} away, or give another folder with --output, to begin anew`;

function earlierIn(path: string): FuzzEvidence | null {
	const file = join(path, FUZZ[0]);
	const read = readFuzz(file, anew(file));
	if (read.kind === 'refused') throw new BadInput(...read.problems);
	return read.kind === 'read' ? read.value : null;
}

const fresh = (options: Options, mulligan: string): FuzzEvidence => {
	const commit = commitOf(process.env);
	const seed = seedOf(options.seed, commit).value;
	const { system = null, shard = null } = options;
	return begun({ mulligan, commit, system, seed, shard });
};

/** The same stories go on: a seed that is not named is that of the campaign, and all else must be the same. */
function goingOn(
	earlier: FuzzEvidence,
	options: Options,
	path: string,
	mulligan: string,
): FuzzEvidence {
	const commit = commitOf(process.env);
	const { system = null, shard = null } = options;
	const asked = {
		system: system ?? 'model and reference',
		seed: options.seed === undefined ? earlier.seed : seedOf(options.seed, commit).value,
		part: sayPart(shard),
		version: mulligan,
	};
	const was = {
		system: earlier.system ?? 'model and reference',
		seed: earlier.seed,
		part: sayPart(earlier.shard),
		version: earlier.mulligan,
	};
	const other = (['system', 'seed', 'part', 'version'] as const).filter(
		(name) => asked[name] !== was[name],
	);
	if (other.length === 0) return { ...earlier, commit };
	const file = join(path, FUZZ[0]);
	throw new BadInput(
		...other.map(
			(name) =>
				`${file}: a campaign of ${name} ${was[name]} lies here, not of ${asked[name]} (ask for the same, or ${anew(file)})`,
		),
	);
}

const sayPart = (shard: Shard | null): string =>
	shard === null ? '1/1' : `${shard.index}/${shard.of}`;
