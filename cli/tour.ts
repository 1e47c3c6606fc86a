import { type Command, Option } from 'commander';
import type { Configuration } from '../model/checker/configurations/configuration.ts';
import { PROFILES, type Profile } from '../model/checker/configurations/sized.ts';
import { createTables } from '../model/system/tables.ts';
import { USUAL_MEMORY } from '../properties/checks/checks.ts';
import { touring } from '../properties/checks/touring.ts';
import type { ReferenceOptions } from '../properties/systems/reference.ts';
import { extentOf } from '../properties/tour/plan.ts';
import type { Shard } from '../reports/evidence/shard.ts';
import type { TourEvidence } from '../reports/evidence/tour-evidence.ts';
import { tourVerdict } from '../reports/judging/tour.ts';
import { MULLIGAN, tourCommand } from '../reports/wording/commands.ts';
import { sayTours } from '../reports/wording/tour.ts';
import { chosen, configurationItems } from './configurations.ts';
import { firstLine, lastLine } from './ending-lines.ts';
import { EXIT, exitOf } from './exit.ts';
import { jsonOption } from './flags.ts';
import { tourFindingLines } from './found-lines.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { shardOption } from './parts.ts';
import { Progress } from './progress.ts';

/** For tests: how the reference is broken. */
export type TourTools = { readonly toured?: ReferenceOptions };

export function addTour(program: Command, tools: TourTools = {}): void {
	program
		.command('tour')
		.summary('walk the reference through every step of the model')
		.description(
			'Puts the reference into every state of a configuration and lets it take every step out of it: it must ' +
				'show what the model shows. In larger sizes, of steps that are alike but for budgets and messages the first.',
		)
		.argument('<configuration...>', 'which ones')
		.addOption(
			new Option('--profile <profile>', 'the size of the configurations')
				.choices(PROFILES)
				.default('quick'),
		)
		.addOption(shardOption())
		.addOption(jsonOption('what came of it'))
		.addHelpText(
			'after',
			below('tour', { examples: [`${MULLIGAN} tour dependents`], items: configurationItems }),
		)
		.action((names: string[], options: Options) => run(names, options, tools));
}

interface Options {
	profile: Profile;
	shard?: Shard;
	json: boolean;
}

interface Toured {
	readonly configuration: Configuration;
	readonly tour: TourEvidence;
}

async function run(
	names: readonly string[],
	options: Options,
	{ toured: against }: TourTools,
): Promise<void> {
	const { profile, shard, json } = options;
	const configurations = chosen(names, profile);
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was walked; once more to stop at once');
		interrupt.abort();
	});
	const machines = createTables();
	const toured: Toured[] = [];
	for (const configuration of configurations) {
		const tour = await touring({
			...{ configuration, machines, shard },
			...{ memory: USUAL_MEMORY, extent: extentOf(profile), signal: interrupt.signal },
			reference: against,
			onPhase: (detail) => {
				if (!interruption.happened) progress.report(`touring ${configuration.name}`, detail);
			},
		});
		toured.push({ configuration, tour });
	}
	interruption.over();
	progress.done();
	const judged = tourVerdict(
		toured.map(({ tour }) => tour),
		shard ?? null,
	);
	process.exitCode = shard !== undefined && judged.isDone ? EXIT.holds : exitOf(judged.verdict);
	const again = tourCommand({ names, profile, shard });
	if (json) console.log(JSON.stringify(evidenceOf(toured, options, judged)));
	else console.log(tourLines(toured, options, judged, again).join('\n'));
}

type Judged = ReturnType<typeof tourVerdict>;

const evidenceOf = (
	toured: readonly Toured[],
	{ profile, shard = null }: Omit<Options, 'shard'> & { shard?: Shard | null },
	{ verdict, reason }: Judged,
) => ({
	...{ format: 'mulligan tour', version: 1, verdict, reason, profile, shard },
	tours: toured.map(({ configuration, tour }) => ({ configuration: configuration.name, ...tour })),
});

function tourLines(
	toured: readonly Toured[],
	{ profile, shard }: Options,
	{ verdict, reason }: Judged,
	again: string,
): string[] {
	const anew = toured.reduce((sum, { tour }) => sum + tour.anew, 0);
	const about = [
		toured.map(({ configuration }) => configuration.name).join(', '),
		`profile ${profile}`,
		shard === undefined ? '' : `part ${shard.index} of ${shard.of}`,
	];
	const sentence =
		verdict === 'violated'
			? 'the reference does not take every step as the model does'
			: 'the reference takes every step as the model does';
	return [
		firstLine(verdict, reason ?? sentence, about),
		...toured.flatMap(({ configuration, tour }) =>
			tour.finding === null ? [] : tourFindingLines(configuration.name, tour.finding),
		),
		'',
		...sayTours(toured.map(({ tour }) => tour)).map((said) => `tour      ${said}`),
		`anew      ${anew} of them told from the beginning, and they show the same`,
		'',
		lastLine({ verdict, reason }, again),
	];
}
