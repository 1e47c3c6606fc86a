import { type Command, Option } from 'commander';
import type { Configuration } from '../model/checker/configurations/configuration.ts';
import { PROFILES, type Profile } from '../model/checker/configurations/sized.ts';
import { createTables } from '../model/system/tables.ts';
import { usualMemory } from '../properties/checks/checks.ts';
import { touring } from '../properties/checks/touring.ts';
import type { ReferenceOptions } from '../properties/systems/reference.ts';
import { extentOf } from '../properties/tour/plan.ts';
import { SAMPLE } from '../properties/tour/sampled.ts';
import type { Shard } from '../reports/evidence/shard.ts';
import type { TourEvidence } from '../reports/evidence/tour-evidence.ts';
import { tourVerdict } from '../reports/judging/tour.ts';
import { MULLIGAN, tourCommand } from '../reports/wording/commands.ts';
import { sayTours } from '../reports/wording/tour.ts';
import { chosen, configurationItems } from './configurations.ts';
import { firstLine, lastLine } from './ending-lines.ts';
import { BadInput, EXIT, exitOf } from './exit.ts';
import { jsonOption } from './flags.ts';
import { tourFindingLines } from './found-lines.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { loneShardOption } from './parts.ts';
import { Progress } from './progress.ts';
import { SYSTEMS, type SystemName } from './systems.ts';

/** For tests: how the reference is broken. */
export type TourTools = { readonly toured?: ReferenceOptions };

export function addTour(program: Command, tools: TourTools = {}): void {
	program
		.command('tour')
		.summary('walk the reference through every step of the model')
		.description(
			'Puts the reference into every state of a configuration and lets it take every step out of it: it must ' +
				'show what the model shows. In larger sizes, of steps that are alike but for budgets and messages the first. ' +
				'Real processes are told some of the steps, each from the beginning.',
		)
		.argument('<configuration...>', 'which ones')
		.addOption(
			new Option('--profile <profile>', 'the size of the configurations')
				.choices(PROFILES)
				.default('quick'),
		)
		.addOption(
			new Option(
				'--on <system>',
				`who takes the steps; all but the reference take ${SAMPLE} of them`,
			)
				.choices(['reference', ...REAL])
				.default('reference'),
		)
		.addOption(loneShardOption())
		.addOption(jsonOption('what came of it'))
		.addHelpText(
			'after',
			below('tour', { examples: [`${MULLIGAN} tour dependents`], items: configurationItems }),
		)
		.action((names: string[], options: Options) => run(names, options, tools));
}

/** Systems that cannot be put back. */
const REAL = ['live', 'live-postgres'] as const satisfies readonly SystemName[];

interface Options {
	profile: Profile;
	on: 'reference' | (typeof REAL)[number];
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
	const { profile, on, shard, json } = options;
	const configurations = chosen(names, profile);
	const system = on === 'reference' ? undefined : SYSTEMS[on]();
	for (const { name, bounds } of configurations)
		if (system?.cannot?.includes('held') === true && (bounds.holds ?? 0) > 0)
			throw new BadInput(
				`${name}: PGlite has one connection, so that nothing can be held on it (say --on live-postgres, or leave --on out)`,
			);
	const progress = new Progress(json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was walked; once more to stop at once');
		interrupt.abort();
	});
	const machines = createTables();
	const toured: Toured[] = [];
	try {
		for (const configuration of configurations) {
			const tour = await touring({
				...{ configuration, machines, shard },
				...{ memory: usualMemory(profile), extent: extentOf(profile), signal: interrupt.signal },
				...{ reference: against, on: system },
				onPhase: (detail) => {
					if (!interruption.happened) progress.report(`touring ${configuration.name}`, detail);
				},
			});
			toured.push({ configuration, tour });
		}
	} finally {
		await system?.close?.();
		interruption.over();
	}
	progress.done();
	const judged = tourVerdict(
		toured.map(({ tour }) => tour),
		shard ?? null,
	);
	process.exitCode = shard !== undefined && judged.isDone ? EXIT.holds : exitOf(judged.verdict);
	const again = tourCommand({ names, profile, shard, ...(system === undefined ? {} : { on }) });
	if (json) console.log(JSON.stringify(evidenceOf(toured, options, judged)));
	else console.log(tourLines(toured, options, judged, again).join('\n'));
}

type Judged = ReturnType<typeof tourVerdict>;

const evidenceOf = (
	toured: readonly Toured[],
	{ profile, on, shard = null }: Omit<Options, 'shard'> & { shard?: Shard | null },
	{ verdict, reason }: Judged,
) => ({
	...{ format: 'mulligan tour', version: 1, verdict, reason, profile, on, shard },
	tours: toured.map(({ configuration, tour }) => ({ configuration: configuration.name, ...tour })),
});

function tourLines(
	toured: readonly Toured[],
	{ profile, on, shard }: Options,
	{ verdict, reason }: Judged,
	again: string,
): string[] {
	const who = on === 'reference' ? 'the reference' : 'the live system';
	const anew = toured.reduce((sum, { tour }) => sum + tour.anew, 0);
	const about = [
		toured.map(({ configuration }) => configuration.name).join(', '),
		`profile ${profile}`,
		shard === undefined ? '' : `part ${shard.index} of ${shard.of}`,
	];
	const sentence =
		verdict === 'violated'
			? `${who} does not take every step as the model does`
			: `${who} takes every step ${on === 'reference' ? '' : 'of a sample '}as the model does`;
	return [
		firstLine(verdict, reason ?? sentence, about),
		...toured.flatMap(({ configuration, tour }) =>
			tour.finding === null ? [] : tourFindingLines(configuration.name, tour.finding),
		),
		'',
		...sayTours(
			toured.map(({ tour }) => tour),
			who,
		).map((said) => `tour      ${said}`),
		...(on === 'reference'
			? [`anew      ${anew} of them told from the beginning, and they show the same`]
			: []),
		'',
		lastLine({ verdict, reason }, again),
	];
}
