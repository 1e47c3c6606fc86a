import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { designOf, type Setup, underDesign } from '../model/vocabulary/setup.ts';
import { fromToken, isToken, type Story, TokenError } from '../model/vocabulary/stories/story.ts';
import type { System } from '../properties/systems/system.ts';
import { runScenario } from '../properties/trial/run-scenario.ts';
import { replaying, type Step, type TrialResult, trial } from '../properties/trial/trial.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { MULLIGAN, replayAgainCommand } from '../reports/wording/commands.ts';
import { plural } from '../reports/wording/figures.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { lastLine } from './ending-lines.ts';
import { BadInput, exitOf } from './exit.ts';
import { designOption, jsonOption } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { insistOn, kindOfFile } from './recognised.ts';
import { storiesIn } from './recorded-stories.ts';
import { type Played, replayLines } from './replay-lines.ts';
import { scenarioFile } from './shipped.ts';
import { NAMES, SYSTEMS, type SystemName, systemsOf, USUAL } from './systems.ts';
import { warnOfUncheckable } from './uncheckable.ts';

/** For tests: what is on trial instead of the reference. */
export type ReplayTools = { readonly against?: System };

/** Largest file that is read as evidence or token. */
const MAX_BYTES = 16_000_000;

export function addReplay(program: Command, { against }: ReplayTools = {}): void {
	program
		.command('replay')
		.summary('show a story event by event')
		.description(
			'Plays a story on the systems and prints each event with what it changed, then how the story ' +
				'comes to rest. Marks the first violation or divergence.',
		)
		.addHelpText(
			'after',
			below('replay', {
				examples: [
					`${MULLIGAN} replay a-transient-clone-failure-is-retried-once`,
					`${MULLIGAN} replay reports/out/designs.json --design rest`,
				],
			}),
		)
		.argument(
			'<file|token>',
			'a scenario or the name of one that comes along, a replay token, a file with one, or the evidence of verify, check or designs',
		)
		.addOption(
			new Option('--on <systems>', `which systems, separated by commas: ${NAMES.join(', ')}`)
				.argParser(systemsOf)
				.default(USUAL, USUAL.join(',')),
		)
		.addOption(
			designOption(
				'play it under this design; of the evidence of designs, the stories of this one',
			),
		)
		.addOption(
			new Option('--expand', 'print the scenario with its words replaced by their events').default(
				false,
			),
		)
		.addOption(jsonOption('what was played'))
		.action((given: string, options: Options) => {
			if (options.expand) return printExpanded(scenarioFile(given));
			return run(
				given,
				options,
				options.on.map((name) =>
					name === 'reference' && against !== undefined ? against : SYSTEMS[name](),
				),
			);
		});
}

interface Options {
	/** Names of systems. */
	on: SystemName[];
	design?: Design;
	json: boolean;
	expand: boolean;
}

function printExpanded(file: string): void {
	if (!existsSync(file)) throw new BadInput(`${file}: there is no such file (give a scenario)`);
	insistOn(file, 'scenario');
	const load = loadScenario(file);
	if (load.kind === 'refused') throw new BadInput(...load.problems.map(describe));
	process.stdout.write(load.expanded());
}

/** What a story is played on, and under which design, if not its own. */
interface ReplayConditions {
	readonly systems: readonly System[];
	readonly design?: Design;
	readonly signal: AbortSignal;
}

/** The command that plays the same again. */
const againCommand = (given: string, { on, design }: Options): string =>
	replayAgainCommand(given, on.join() === USUAL.join() ? null : on.join(), design ?? null);

/** Systems need not play every design. */
function refuseDesign(systems: readonly System[], setup: Setup): void {
	const design = designOf(setup);
	for (const { name, designs } of systems)
		if (designs?.includes(design) === false)
			throw new BadInput(
				`the system "${name}" plays no design but the ${designs.join(', ')}, not ${design} (replay it --on ${USUAL.join()})`,
			);
}

async function run(given: string, options: Options, systems: readonly System[]): Promise<void> {
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		// At once: an event of the live system may take long, and is waited for.
		console.error('interrupted: telling what was seen until then; once more to stop at once');
		interrupt.abort();
	});
	const conditions = {
		systems,
		signal: interrupt.signal,
		...(options.design === undefined ? {} : { design: options.design }),
	};
	const { played, otherwise } = await play(scenarioFile(given), conditions).finally(async () => {
		await Promise.all(systems.map((system) => system.close?.()));
		interruption.over();
	});
	const worst = played.length === 0 ? otherwise : worstOf(played.map((each) => each.verdict));
	const verdict = interruption.happened && worst === 'holds' ? 'unknown' : worst;
	const again = againCommand(given, options);
	if (options.json)
		console.log(
			JSON.stringify({
				verdict,
				stories: played.map(({ title, verdict: of, result, mismatches, steps }) => ({
					title,
					verdict: of,
					finding: result.finding,
					broken: result.broken,
					mismatches,
					steps,
				})),
			}),
		);
	else if (played.length === 0)
		console.log(
			`${verdict}: there is no story to replay in ${printable(given)}${options.design === undefined ? '' : ` under the design ${options.design}`}\n${lastLine({ verdict, reason: null }, again)}`,
		);
	else console.log(replayLines(played, { on: options.on, verdict, again }).join('\n'));
	process.exitCode = exitOf(verdict);
}

const worstOf = (verdicts: readonly Verdict[]): Verdict =>
	(['violated', 'unknown'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'holds';

/** A story in which nothing happened says nothing. */
function verdictOf(
	result: TrialResult,
	mismatches: readonly string[],
	steps: readonly Step[],
): Verdict {
	const isBroken = result.finding !== null || result.broken.length > 0;
	if (isBroken || mismatches.length > 0) return 'violated';
	return result.rested && steps.some(({ part }) => part === 'story') ? 'holds' : 'unknown';
}

/** What was played, and what it comes to where that is nothing. */
interface Replayed {
	readonly played: readonly Played[];
	readonly otherwise: Verdict;
}

const one = (played: Played): Replayed => ({ played: [played], otherwise: played.verdict });

async function play(given: string, on: ReplayConditions): Promise<Replayed> {
	try {
		return await playGiven(given, on);
	} catch (error) {
		if (error instanceof Error && 'syscall' in error)
			throw new BadInput(`${given}: ${error.message} (give a file that can be read)`);
		throw error;
	}
}

async function playGiven(given: string, on: ReplayConditions): Promise<Replayed> {
	if (isToken(given) && !existsSync(given)) return one(await playToken('', given, on));
	if (!existsSync(given))
		throw new BadInput(
			`${given}: there is no such file (give a scenario, an evidence file, or a token that begins with "v2.")`,
		);
	if (!statSync(given).isFile())
		throw new BadInput(`${given}: not a file (give a file or a token)`);
	insistOn(given, 'scenario', 'token', 'evidence', 'designs', 'check');
	if (/\.ya?ml$/i.test(given) || kindOfFile(given) === 'scenario')
		return one(await playScenario(given, on));
	if (statSync(given).size > MAX_BYTES)
		throw new BadInput(`${given}: larger than ${MAX_BYTES} bytes (give a smaller file)`);
	const text = readFileSync(given, 'utf8').trim();
	if (isToken(text)) return one(await playToken(given, text, on));
	return await playEvidence(given, on);
}

async function playToken(file: string, token: string, on: ReplayConditions): Promise<Played> {
	const story = readToken(token);
	warnOfUncheckable([token]);
	const events = `a story of ${plural(story.events.length, 'event')}`;
	return await playStory(file === '' ? events : `${events} in ${file}`, story, on);
}

function readToken(token: string): Story {
	try {
		return fromToken(token);
	} catch (error) {
		if (error instanceof TokenError) throw new BadInput(error.message);
		throw error;
	}
}

async function playStory(
	title: string,
	told: Story,
	{ systems, design, signal }: ReplayConditions,
): Promise<Played> {
	const setup = design === undefined ? told.setup : underDesign(told.setup, design);
	refuseDesign(systems, setup);
	const steps: Step[] = [];
	const result = await trial(systems, setup, replaying(told.events), {
		// Of a design that was rejected, all that breaks is worth seeing.
		goOn: designOf(setup) !== 'flag',
		onStep: (step) => steps.push(step),
		signal,
	});
	const verdict = verdictOf(result, [], steps);
	return { title, verdict, result, mismatches: [], steps, story: { ...told, setup } };
}

async function playScenario(file: string, on: ReplayConditions): Promise<Played> {
	const load = loadScenario(file);
	if (load.kind === 'refused') throw new BadInput(...load.problems.map(describe));
	const { scenario } = load;
	const { systems, design, signal } = on;
	const title = `${scenario.name} (${scenario.shows.join(', ')})\n${scenario.about.trim()}`;
	// What a scenario expects, it expects under its own design.
	if (design !== undefined && design !== designOf(scenario.story.setup))
		return playStory(`${title}\nunder another design: ${design}`, scenario.story, on);
	refuseDesign(systems, scenario.story.setup);
	const steps: Step[] = [];
	const { result, mismatches } = await runScenario(
		systems,
		scenario,
		(step) => steps.push(step),
		signal,
	);
	const verdict = verdictOf(result, mismatches, steps);
	return { title, verdict, result, mismatches, steps, story: scenario.story };
}

async function playEvidence(file: string, on: ReplayConditions): Promise<Replayed> {
	const { stories, verdict: otherwise, ofDesigns } = storiesIn(file, on.design);
	// Stories of designs are told under their own: the one that is named chose among them.
	const conditions = ofDesigns ? { systems: on.systems, signal: on.signal } : on;
	const played: Played[] = [];
	warnOfUncheckable(stories.map(({ token }) => token));
	for (const { token, title } of stories)
		if (!on.signal.aborted) played.push(await playStory(title, readToken(token), conditions));
	return { played, otherwise };
}
