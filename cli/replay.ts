import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { createTables } from '../model/system/tables.ts';
import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { designOf, type Setup, underDesign } from '../model/vocabulary/setup.ts';
import { fromToken, isToken, type Story, TokenError } from '../model/vocabulary/story.ts';
import { live, liveOnPostgres } from '../properties/systems/live.ts';
import { model } from '../properties/systems/model.ts';
import { reference } from '../properties/systems/reference.ts';
import type { System } from '../properties/systems/system.ts';
import { rehearse } from '../properties/trial/rehearsal.ts';
import {
	type Finding,
	type Step,
	type TrialResult,
	told as tellEvents,
	trial,
} from '../properties/trial/trial.ts';
import { sayFinding } from '../properties/verification.ts';
import { Evidence } from '../reports/evidence.ts';
import type { Verdict } from '../reports/verdict.ts';
import { sayChanges } from '../reports/wording/changes.ts';
import { sayEvent } from '../reports/wording/event.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { describe } from '../scenarios/problem.ts';
import { BadInput, exitOf } from './exit.ts';
import { designOption } from './flags.ts';
import { scenarioFile } from './shipped.ts';

const SYSTEMS = ['model', 'reference', 'live', 'live-postgres'];

/** What is on trial where no system is named. */
const USUAL = ['model', 'reference'];

/** For tests: what is on trial as the reference. */
export type ReplayTools = { readonly against?: System };

/** Largest file that is read as evidence or token. */
const MAX_BYTES = 16_000_000;

export function addReplay(program: Command, { against = reference() }: ReplayTools = {}): void {
	program
		.command('replay')
		.summary('show a story event by event')
		.description(
			'Plays a story on the systems and prints each event with what it changed, then how the story\n' +
				'comes to rest. Marks the first violation or divergence.\n\n' +
				'Exit status: 0 holds, 1 violated, 2 bad input, 3 unknown.',
		)
		.argument(
			'<file|token>',
			'a scenario (.yml, or the name of one that comes along), a replay token, a file with one, or an evidence file',
		)
		.option('--on <systems>', 'which systems, separated by commas', systemsOf, USUAL)
		.addOption(designOption())
		.option('--json', 'print one JSON object and nothing else', false)
		.action((given: string, options: Options) => {
			const systems: Record<string, () => System> = {
				model: () => model(createTables()),
				reference: () => against,
				live: () => live(),
				'live-postgres': () => liveOnPostgres(),
			};
			return run(
				given,
				options,
				options.on.flatMap((name) => systems[name]?.() ?? []),
			);
		});
}

interface Options {
	/** Names of systems. */
	on: string[];
	design?: Design;
	json: boolean;
}

function systemsOf(text: string): string[] {
	const names = text.split(',').map((name) => name.trim());
	for (const name of names)
		if (!SYSTEMS.includes(name))
			throw new InvalidArgumentError(
				`there is no system "${name}"; known are ${SYSTEMS.join(', ')}`,
			);
	return [...new Set(names)];
}

/** What a story is played on, and under which design, if not its own. */
interface Stage {
	readonly systems: readonly System[];
	readonly design?: Design;
}

/** The live system is the one that was chosen. */
function refuseLive(systems: readonly System[], setup: Setup): void {
	const real = systems.find(({ name }) => name.startsWith('live'));
	const design = designOf(setup);
	if (real !== undefined && design !== 'flag')
		throw new BadInput(
			`the system "${real.name}" plays no design but the flag, not ${design} (replay it --on model,reference)`,
		);
}

interface Played {
	title: string;
	result: TrialResult;
	mismatches: readonly string[];
	steps: readonly Step[];
	story: Story;
}

async function run(given: string, options: Options, systems: readonly System[]): Promise<void> {
	const stage = {
		systems,
		...(options.design === undefined ? {} : { design: options.design }),
	};
	const played = await play(scenarioFile(given), stage).finally(() =>
		Promise.all(systems.map((system) => system.close?.())),
	);
	const verdicts = played.map(({ result, mismatches }) => verdictOf(result, mismatches));
	const worst = (['violated', 'unknown'] as const).find((verdict) => verdicts.includes(verdict));
	const verdict = worst ?? 'holds';
	if (options.json)
		console.log(
			JSON.stringify({
				verdict,
				stories: played.map(({ title, result, mismatches, steps }) => ({
					title,
					verdict: verdictOf(result, mismatches),
					finding: result.finding,
					broken: result.broken,
					mismatches,
					steps,
				})),
			}),
		);
	else for (const one of played) print(one, options.on);
	if (played.length > 0) process.exitCode = exitOf(verdict);
}

function verdictOf(result: TrialResult, mismatches: readonly string[]): Verdict {
	const isBroken = result.finding !== null || result.broken.length > 0;
	if (isBroken || mismatches.length > 0) return 'violated';
	return result.rested ? 'holds' : 'unknown';
}

async function play(given: string, on: Stage): Promise<Played[]> {
	try {
		return await playGiven(given, on);
	} catch (error) {
		if (error instanceof Error && 'syscall' in error)
			throw new BadInput(`${given}: ${error.message} (give a file that can be read)`);
		throw error;
	}
}

async function playGiven(given: string, on: Stage): Promise<Played[]> {
	if (isToken(given) && !existsSync(given)) return [await playStory('token', readToken(given), on)];
	if (!existsSync(given))
		throw new BadInput(
			`${given}: there is no such file (give a scenario, an evidence file, or a token that begins with "v1.")`,
		);
	if (!statSync(given).isFile())
		throw new BadInput(`${given}: not a file (give a file or a token)`);
	if (/\.ya?ml$/i.test(given)) return [await playScenario(given, on)];
	if (statSync(given).size > MAX_BYTES)
		throw new BadInput(`${given}: larger than ${MAX_BYTES} bytes (give a smaller file)`);
	const text = readFileSync(given, 'utf8').trim();
	if (isToken(text)) return [await playStory(given, readToken(text), on)];
	return await playEvidence(given, text, on);
}

function readToken(token: string): Story {
	try {
		return fromToken(token);
	} catch (error) {
		if (error instanceof TokenError) throw new BadInput(error.message);
		throw error;
	}
}

async function playStory(title: string, told: Story, { systems, design }: Stage): Promise<Played> {
	const setup = design === undefined ? told.setup : underDesign(told.setup, design);
	refuseLive(systems, setup);
	const steps: Step[] = [];
	const result = await trial(systems, setup, tellEvents(told.events), {
		// Of a design that was rejected, all that breaks is worth seeing.
		goOn: designOf(setup) !== 'flag',
		onStep: (step) => steps.push(step),
	});
	return { title, result, mismatches: [], steps, story: { ...told, setup } };
}

async function playScenario(file: string, on: Stage): Promise<Played> {
	const load = loadScenario(file);
	if (load.kind === 'refused') throw new BadInput(...load.problems.map(describe));
	const { scenario } = load;
	const { systems, design } = on;
	const title = `${scenario.name} (${scenario.shows.join(', ')})\n${scenario.about.trim()}`;
	// What a scenario expects, it expects under its own design.
	if (design !== undefined && design !== designOf(scenario.story.setup))
		return playStory(`${title}\nunder another design: ${design}`, scenario.story, on);
	refuseLive(systems, scenario.story.setup);
	const steps: Step[] = [];
	const { result, mismatches } = await rehearse(systems, scenario, (step) => steps.push(step));
	return { title, result, mismatches, steps, story: scenario.story };
}

async function playEvidence(file: string, text: string, on: Stage): Promise<Played[]> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new BadInput(
			`${file}: neither a token nor JSON: ${error instanceof Error ? error.message : ''} (give the evidence.json that verify wrote)`,
		);
	}
	const evidence = Evidence.safeParse(value);
	if (!evidence.success) {
		const issue = evidence.error.issues[0];
		throw new BadInput(
			`${file}: not an evidence file of version 1: ${issue?.path.join('.')}: ${issue?.message} (run verify again to write one)`,
		);
	}
	const played: Played[] = [];
	const { findings, checks } = evidence.data;
	for (const { token, sentence } of [...findings, ...checks.flatMap((one) => one.violations)])
		if (token !== null) played.push(await playStory(sentence, readToken(token), on));
	if (played.length === 0) {
		console.error(`${printable(file)}: the evidence holds no finding to replay`);
		process.exitCode = exitOf(evidence.data.verdict);
	}
	return played;
}

function print({ title, result, mismatches, steps, story }: Played, on: readonly string[]): void {
	const lines = [...title.split('\n').map(printable), `on ${on.join(' and ')}`, ''];
	const { finding, broken } = result;
	const findings = finding === null || finding.kind === 'violated' ? broken : [...broken, finding];
	let resting = false;
	for (const { index, event, part, before, seen } of steps) {
		const [after] = seen;
		if (after === undefined) continue;
		if (part === 'rest' && !resting) {
			resting = true;
			lines.push('', 'coming to rest:');
		}
		lines.push(`${String(index + 1).padStart(4)}  ${sayEvent(event)}`);
		for (const change of sayChanges(story.setup, before, after)) lines.push(`        ${change}`);
		for (const found of findings) if (found.index === index) lines.push(`   ✗  ${sayFound(found)}`);
	}
	for (const found of findings)
		if (!steps.some(({ index }) => index === found.index)) lines.push(`   ✗  ${sayFound(found)}`);
	for (const mismatch of mismatches) lines.push(`   ✗  ${mismatch}`);
	const skipped = story.events.length - steps.filter(({ part }) => part === 'story').length;
	if (skipped > 0 && finding === null)
		lines.push('', `${skipped} of ${story.events.length} events were not possible, and skipped`);
	lines.push('', verdictOf(result, mismatches));
	console.log(lines.join('\n'));
}

function sayFound(finding: Finding): string {
	const what = finding.kind === 'violated' ? `${finding.guarantee} on ${finding.system}: ` : '';
	return `${what}${sayFinding(finding)}`;
}
