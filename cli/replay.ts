import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { createTables } from '../model/system/tables.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { fromToken, isToken, type Story, TokenError } from '../model/vocabulary/story.ts';
import { live, liveOnPostgres } from '../properties/systems/live.ts';
import { model } from '../properties/systems/model.ts';
import { reference } from '../properties/systems/reference.ts';
import type { System } from '../properties/systems/system.ts';
import { rehearse } from '../properties/trial/rehearsal.ts';
import { type Step, type TrialResult, told, trial } from '../properties/trial/trial.ts';
import { sayFinding } from '../properties/verification.ts';
import { Evidence } from '../reports/evidence.ts';
import type { Verdict } from '../reports/verdict.ts';
import { sayChanges } from '../reports/wording/changes.ts';
import { sayEvent } from '../reports/wording/event.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { describe } from '../scenarios/problem.ts';
import { BadInput, exitOf } from './exit.ts';

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
			'a scenario (.yml), a replay token, a file with one, or an evidence file',
		)
		.option('--on <systems>', 'which systems, separated by commas', systemsOf, USUAL)
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

interface Played {
	title: string;
	result: TrialResult;
	mismatches: readonly string[];
	steps: readonly Step[];
	story: Story;
}

async function run(given: string, options: Options, systems: readonly System[]): Promise<void> {
	const played = await play(given, systems).finally(() =>
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
					mismatches,
					steps,
				})),
			}),
		);
	else for (const one of played) print(one, options.on);
	if (played.length > 0) process.exitCode = exitOf(verdict);
}

function verdictOf(result: TrialResult, mismatches: readonly string[]): Verdict {
	if (result.finding !== null || mismatches.length > 0) return 'violated';
	return result.rested ? 'holds' : 'unknown';
}

async function play(given: string, systems: readonly System[]): Promise<Played[]> {
	try {
		return await playGiven(given, systems);
	} catch (error) {
		if (error instanceof Error && 'syscall' in error)
			throw new BadInput(`${given}: ${error.message} (give a file that can be read)`);
		throw error;
	}
}

async function playGiven(given: string, systems: readonly System[]): Promise<Played[]> {
	if (isToken(given) && !existsSync(given))
		return [await playStory('token', readToken(given), systems)];
	if (!existsSync(given))
		throw new BadInput(
			`${given}: there is no such file (give a scenario, an evidence file, or a token that begins with "v1.")`,
		);
	if (!statSync(given).isFile())
		throw new BadInput(`${given}: not a file (give a file or a token)`);
	if (/\.ya?ml$/i.test(given)) return [await playScenario(given, systems)];
	if (statSync(given).size > MAX_BYTES)
		throw new BadInput(`${given}: larger than ${MAX_BYTES} bytes (give a smaller file)`);
	const text = readFileSync(given, 'utf8').trim();
	if (isToken(text)) return [await playStory(given, readToken(text), systems)];
	return await playEvidence(given, text, systems);
}

function readToken(token: string): Story {
	try {
		return fromToken(token);
	} catch (error) {
		if (error instanceof TokenError) throw new BadInput(error.message);
		throw error;
	}
}

async function playStory(title: string, story: Story, systems: readonly System[]): Promise<Played> {
	const steps: Step[] = [];
	const result = await trial(systems, story.setup, told(story.events), {
		onStep: (step) => steps.push(step),
	});
	return { title, result, mismatches: [], steps, story };
}

async function playScenario(file: string, systems: readonly System[]): Promise<Played> {
	const load = loadScenario(file);
	if (load.kind === 'refused') throw new BadInput(...load.problems.map(describe));
	const { scenario } = load;
	const steps: Step[] = [];
	const { result, mismatches } = await rehearse(systems, scenario, (step) => steps.push(step));
	const title = `${scenario.name} (${scenario.shows.join(', ')})\n${scenario.about.trim()}`;
	return { title, result, mismatches, steps, story: scenario.story };
}

async function playEvidence(
	file: string,
	text: string,
	systems: readonly System[],
): Promise<Played[]> {
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
		if (token !== null) played.push(await playStory(sentence, readToken(token), systems));
	if (played.length === 0) {
		console.error(`${printable(file)}: the evidence holds no finding to replay`);
		process.exitCode = exitOf(evidence.data.verdict);
	}
	return played;
}

function print({ title, result, mismatches, steps, story }: Played, on: readonly string[]): void {
	const lines = [...title.split('\n').map(printable), `on ${on.join(' and ')}`, ''];
	const { finding } = result;
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
		if (finding !== null && finding.index === index) lines.push(`   ✗  ${sayFound(result)}`);
	}
	if (finding !== null && !steps.some(({ index }) => index === finding.index))
		lines.push(`   ✗  ${sayFound(result)}`);
	for (const mismatch of mismatches) lines.push(`   ✗  ${mismatch}`);
	const skipped = story.events.length - steps.filter(({ part }) => part === 'story').length;
	if (skipped > 0 && finding === null)
		lines.push('', `${skipped} of ${story.events.length} events were not possible, and skipped`);
	lines.push('', verdictOf(result, mismatches));
	console.log(lines.join('\n'));
}

function sayFound({ finding }: TrialResult): string {
	if (finding === null) return '';
	const what = finding.kind === 'violated' ? `${finding.guarantee} on ${finding.system}: ` : '';
	return `${what}${sayFinding(finding)}`;
}
