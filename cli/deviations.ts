import type { Command } from 'commander';
import { checkHunt } from '../properties/deviations/check-hunt.ts';
import type { Deviation } from '../properties/deviations/deviation.ts';
import { type Hunted, type Hunts, hunt, hunted } from '../properties/deviations/hunt.ts';
import { DEVIATIONS } from '../properties/deviations/index.ts';
import { tell } from '../properties/deviations/kept-story.ts';
import { tourHunt } from '../properties/deviations/tour-hunt.ts';
import { waysWithout } from '../properties/steering/ways.ts';
import { isIn, type Shard, WHOLE } from '../reports/evidence/shard.ts';
import { DEVIATION_STORIES, deviationsCommand, MULLIGAN } from '../reports/wording/commands.ts';
import { plural } from '../reports/wording/figures.ts';
import { type DeviationsVerdict, describeOne, type Shown, shownLines } from './deviations-lines.ts';
import { BadInput, EXIT } from './exit.ts';
import { jsonOption, seed, wholeNumber } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { loneShardOption } from './parts.ts';
import { Progress } from './progress.ts';
import { CORPUS } from './shipped.ts';

/** What a verdict of this command is among all. */
const IN_COMMON = { shown: 'holds', 'not shown': 'violated', unknown: 'unknown' } as const;

const MOST_SEEDS = 10_000;
const MOST_STORIES = 1_000_000;

/** For tests: where the stories are. */
export interface DeviationsTools {
	readonly corpus?: string;
}

export function addDeviations(program: Command, { corpus = CORPUS }: DeviationsTools = {}): void {
	program
		.command('deviations')
		.summary('build real bugs into the reference, and show that each is found')
		.description(
			'Builds each known bug of automatic retry into the reference, and tells the story that shows it. With --seeds, ' +
				'random and steered stories look for each as well, a tour where one shows it, and the checker where it is built into the machines. With one id: what the bug is, and its story as a diagram.',
		)
		.addHelpText(
			'after',
			below('deviations', {
				examples: [`${MULLIGAN} deviations D9`, `${MULLIGAN} deviations D9 F2 --seeds 5`],
			}),
		)
		.argument('[id...]', 'bugs, by id; all, unless told')
		.option('--seeds <n>', 'searches for each by random stories', wholeNumber(1, MOST_SEEDS))
		.option('--seed <number>', 'the first of them', seed, 1)
		.option(
			'--stories <n>',
			'most stories of one search',
			wholeNumber(1, MOST_STORIES),
			DEVIATION_STORIES,
		)
		.addOption(loneShardOption())
		.addOption(jsonOption('what was found'))
		.action((ids: readonly string[], options: Options) => run(ids, options, corpus));
}

interface Options {
	seeds?: number;
	seed: number;
	stories: number;
	shard?: Shard;
	json: boolean;
}

function chosen(ids: readonly string[]): readonly Deviation[] {
	if (ids.length === 0) return DEVIATIONS;
	const wanted = ids.map((id) => {
		const one = DEVIATIONS.find((deviation) =>
			[deviation.id, ...(deviation.also ?? [])].some(
				(known) => known.toLowerCase() === id.toLowerCase(),
			),
		);
		if (one !== undefined) return one;
		throw new BadInput(
			`there is no deviation "${id}" (known are ${DEVIATIONS.map((known) => known.id).join(', ')})`,
		);
	});
	return [...new Set(wanted)];
}

function partOf(deviations: readonly Deviation[], shard: Shard): readonly Deviation[] {
	const part = deviations.filter((_, place) => isIn(shard, place));
	if (part.length > 0) return part;
	throw new BadInput(
		`part ${shard.index} of ${shard.of} has none of the ${plural(deviations.length, 'bug')}: take fewer parts`,
	);
}

async function run(ids: readonly string[], options: Options, corpus: string): Promise<void> {
	const deviations = partOf(chosen(ids), options.shard ?? WHOLE);
	const progress = new Progress(options.json);
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		progress.report('interrupted', 'telling what was found; once more to stop at once');
		interrupt.abort();
	});
	const shown: Shown[] = [];
	try {
		for (const deviation of deviations) {
			if (interruption.happened) break;
			progress.report('deviations', `${deviation.id}, ${deviation.name}`);
			const told = await tell(deviation, corpus);
			const { random, steered } = await search(deviation, options, interrupt.signal, (done) =>
				progress.report('deviations', `${deviation.id}, search ${done} of ${options.seeds}`),
			);
			const isSearched = options.seeds !== undefined && !interruption.happened;
			if (isSearched && deviation.toured !== undefined)
				progress.report('deviations', `${deviation.id}, tour of ${deviation.toured.by}`);
			const toured = isSearched ? await tourHunt(deviation, interrupt.signal) : null;
			if (isSearched && deviation.machines !== undefined)
				progress.report(
					'deviations',
					`${deviation.id}, check of ${deviation.machines.configuration}`,
				);
			const checked = isSearched && !interruption.happened ? await checkHunt(deviation) : null;
			shown.push({
				deviation,
				told,
				hunted: random,
				steered,
				toured: interruption.happened ? null : toured,
				checked,
			});
			// Stories are told in one turn of the loop; a signal needs one to be heard.
			await new Promise((resolve) => setImmediate(resolve));
		}
	} finally {
		progress.done();
		interruption.over();
	}
	const missed = shown.filter(({ told }) => !told.isShown);
	const isWhole = shown.length === deviations.length && !interruption.happened;
	const verdict = missed.length > 0 ? 'not shown' : isWhole ? 'shown' : 'unknown';
	process.exitCode = EXIT[IN_COMMON[verdict]];
	const again = deviationsCommand(ids, options);
	if (options.json) console.log(JSON.stringify(asJson(shown, verdict)));
	else {
		const [only] = shown;
		const lines =
			ids.length === 1 && only !== undefined
				? describeOne(only, { verdict, again })
				: shownLines(shown, { of: deviations.length, verdict, missed, again });
		console.log(lines.join('\n'));
	}
}

async function search(
	deviation: Deviation,
	{ seeds = 0, seed: first, stories }: Options,
	signal: AbortSignal,
	onHunt: (place: number) => void,
): Promise<Readonly<Record<keyof Hunts, Hunted | null>>> {
	const hunts: Hunts[] = [];
	for (let place = 0; place < seeds; place++) {
		onHunt(place + 1);
		const one = await hunt(deviation, {
			seed: first + place,
			stories,
			ways: waysWithout(),
			signal,
		});
		// What was interrupted says nothing about how long it takes.
		if (signal.aborted) break;
		hunts.push(one);
	}
	if (hunts.length === 0) return { random: null, steered: null };
	return {
		random: hunted(hunts.map(({ random }) => random)),
		steered: hunted(hunts.map(({ steered }) => steered)),
	};
}

const asJson = (shown: readonly Shown[], verdict: DeviationsVerdict) => ({
	verdict,
	deviations: shown.map(({ deviation, told, hunted: searched, steered, toured, checked }) => {
		const { id, also = [], name, symptom, where, breaks, difference = null } = deviation;
		const { story, fallen } = told;
		return {
			id,
			also,
			name,
			symptom,
			where,
			breaks,
			difference,
			shows: fallen,
			events: story.events.length,
			searches: searched,
			steered,
			tour: toured,
			checker: checked,
		};
	}),
});
