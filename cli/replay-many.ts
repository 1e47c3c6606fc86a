import { printable } from '../model/vocabulary/printable.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { plain } from '../reports/markdown/text.ts';
import { listed, plural } from '../reports/wording/figures.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { lastLine } from './ending-lines.ts';
import { BadInput, EXIT, exitOf } from './exit.ts';
import { annotate } from './github.ts';
import { fix } from './replay-fix.ts';
import { gather } from './replay-given.ts';
import { storyLines } from './replay-lines.ts';
import {
	type PlayedItem,
	playedJson,
	replayJunit,
	replayNotes,
	type Unplayed,
} from './replay-machines.ts';
import { againCommand, type Options, sayFixed, worstOf } from './replay-options.ts';
import { play, type ReplayConditions } from './replay-play.ts';
import { Watched } from './replay-watch.ts';

/** The command that plays all of it again names no more than so many; more, those that failed. */
const NAMED = 5;

/** What was played of all that was given, each as it was played last. */
class Round {
	readonly items = new Map<string, readonly PlayedItem[]>();
	readonly unplayed = new Map<string, Unplayed>();
	/** What each item was read from. */
	readonly reads = new Map<string, readonly string[]>();
	readonly #warned = new Set<string>();
	/** Something was to be played, and was not, as it was interrupted. */
	#isCut = false;
	readonly #options: Options;
	readonly #conditions: ReplayConditions;

	constructor(options: Options, conditions: ReplayConditions) {
		this.#options = options;
		this.#conditions = conditions;
	}

	/** Plays these, and tells of each as soon as it was played. */
	async play(items: readonly string[]): Promise<void> {
		for (const given of items) {
			if (this.#conditions.signal.aborted) {
				this.#isCut = true;
				return;
			}
			this.forget(given);
			try {
				const { played, files } = await play(given, this.#conditions);
				// Of evidence, which holds several, not all may have been played.
				if (this.#conditions.signal.aborted && played.length !== 1) this.#isCut = true;
				this.reads.set(given, files);
				this.items.set(
					given,
					// Of a machine's story nobody reads the steps: all of them would fill the memory.
					played.map((one) => ({ given, played: this.#keepsSteps ? one : { ...one, steps: [] } })),
				);
				for (const one of played) {
					this.#tell(given, one);
					if (this.#options.fix) sayFixed(fix(given, one));
				}
			} catch (error) {
				if (!(error instanceof BadInput)) throw error;
				this.cannot(given, error.lines);
			}
		}
	}

	get #keepsSteps(): boolean {
		return this.#options.json && this.#options.verbose;
	}

	/** It is gone, or about to be played again. */
	forget(given: string): void {
		this.items.delete(given);
		this.unplayed.delete(given);
	}

	cannot(given: string, lines: readonly string[]): void {
		this.unplayed.set(given, { given, lines });
		for (const line of lines) console.error(`mulligan: ${printable(line)}`);
	}

	#tell(given: string, played: PlayedItem['played']): void {
		const { json, junit, failures, on, verbose } = this.#options;
		if (json || junit) return;
		const { verdict, title, warnings, scenario } = played;
		if (verdict !== 'holds') {
			const lines = storyLines({ ...played, warnings: [] }, { on, verbose, file: given });
			const again = lastLine({ verdict, reason: null }, againCommand([given], this.#options));
			console.log(['', ...lines, '', again, ''].join('\n'));
		} else if (!failures)
			console.log(
				printable(`holds: ${given}${scenario === null ? `: ${title.split('\n')[0]}` : ''}`),
			);
		for (const warning of warnings.map(describe))
			if (!this.#warned.has(warning)) {
				this.#warned.add(warning);
				console.log(`warning: ${warning}`);
			}
	}

	get stories(): PlayedItem[] {
		return [...this.items.values()].flat();
	}

	get verdict(): Verdict {
		const verdict = worstOf(this.stories.map(({ played }) => played));
		const isSure = !this.#isCut && this.unplayed.size === 0 && this.stories.length > 0;
		return verdict === 'holds' && !isSure ? 'unknown' : verdict;
	}
}

/** Plays all that was given, whatever is wrong with some of it. */
export async function replayMany(
	given: readonly string[],
	options: Options,
	conditions: ReplayConditions,
): Promise<void> {
	const start = performance.now();
	const { signal } = conditions;
	const round = new Round(options, conditions);
	const gathered = gather(given);
	for (const problem of gathered.problems) round.cannot(problem.split(': ')[0] ?? '', [problem]);
	const watched = options.watch ? new Watched(given) : null;
	watched?.look(gathered.items);
	await round.play(gathered.items);
	watched?.look([...round.reads.values()].flat());
	const left = gathered.items.length - round.items.size - round.unplayed.size;
	if (options.json)
		console.log(
			JSON.stringify({
				verdict: round.verdict,
				stories: playedJson(round.stories, options.verbose),
				problems: [...round.unplayed.values()].flatMap(({ lines }) => lines),
			}),
		);
	else if (options.junit)
		console.log(replayJunit(round.stories, [...round.unplayed.values()], start).trimEnd());
	else sum(round, given, options, { passedOver: gathered.passedOver, left });
	annotate(
		replayNotes(round.stories, [...round.unplayed.values()]),
		`### mulligan replay\n\n${plain(summary(round, options, { passedOver: gathered.passedOver, left }))}\n`,
		options.json || options.junit,
	);
	if (watched !== null) {
		await watch(round, watched, given, options, signal);
		watched.close();
	}
	process.exitCode = round.unplayed.size > 0 ? EXIT['bad input'] : exitOf(round.verdict);
}

/** Plays again what is changed, until it is interrupted. */
async function watch(
	round: Round,
	watched: Watched,
	given: readonly string[],
	options: Options,
	signal: AbortSignal,
): Promise<void> {
	let { items } = gather(given);
	for (;;) {
		console.log('\nwatching: Ctrl-C ends it');
		if (!(await watched.changed(signal))) return;
		const before = items;
		const { items: now, passedOver } = gather(given);
		items = now;
		for (const gone of before.filter((one) => !items.includes(one))) round.forget(gone);
		const again = items.filter(
			(one) => round.unplayed.has(one) || watched.isChanged([one, ...(round.reads.get(one) ?? [])]),
		);
		watched.look(again);
		await round.play(again);
		watched.look(again.flatMap((one) => round.reads.get(one) ?? []));
		sum(round, again, options, { passedOver, left: 0 });
	}
}

interface Beside {
	/** Files that hold no story. */
	readonly passedOver: number;
	/** What was not played, as it was interrupted. */
	readonly left: number;
}

function sum(round: Round, given: readonly string[], options: Options, beside: Beside): void {
	// Why there is none was said on stderr.
	if (round.stories.length === 0 && round.unplayed.size > 0) return;
	console.log(summary(round, options, beside));
	const failed = [...round.items]
		.filter(([, stories]) => stories.some(({ played }) => played.verdict !== 'holds'))
		.map(([file]) => file);
	const named = given.length > NAMED ? failed.slice(0, NAMED) : given;
	if (named.length > 0)
		console.log(lastLine({ verdict: round.verdict, reason: null }, againCommand(named, options)));
}

/** All of it in one line. */
function summary(round: Round, { on }: Options, { passedOver, left }: Beside): string {
	const { stories, verdict, unplayed } = round;
	const of = (one: Verdict): number =>
		stories.filter(({ played }) => played.verdict === one).length;
	const counts = [
		...(of('violated') > 0 ? [`${of('violated')} violated`] : []),
		...(of('unknown') > 0 ? [`${of('unknown')} unknown`] : []),
		...(unplayed.size > 0 ? [`${unplayed.size} could not be played`] : []),
		...(left > 0 ? [`${left} not begun, as it was interrupted`] : []),
		...(passedOver > 0 ? [`${plural(passedOver, 'other file')} passed over`] : []),
	];
	const hold = `${of('holds')} of ${plural(stories.length, 'story')} ${of('holds') === 1 ? 'holds' : 'hold'}`;
	return `${unplayed.size > 0 ? 'bad input' : verdict}: ${[hold, ...counts].join(', ')}, on ${listed(on)}`;
}
