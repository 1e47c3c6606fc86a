import { Arrivals, HOURS } from './arrivals.ts';
import type { Choice } from './choice.ts';
import { Draws } from './draws.ts';
import { FATE, type Lives, NONE, RED, restartsOf, TAKEN } from './lives.ts';
import { ProjectQuota } from './quota.ts';
import { type Cumulative, firstAbove, type Rates, ratesOf } from './rates.ts';
import { Tally } from './tally.ts';

/** What is counted in an hour. */
class Counts {
	failed = 0;
	transient = 0;
	red_without = 0;
	red_with = 0;
	marks = 0;
	refused = 0;
	restarts = 0;
	wasted = 0;

	/** Moves what was counted over to the day at hand. */
	moveTo(tally: Tally): void {
		for (const name of ADDED) {
			tally.add(name, this[name]);
			this[name] = 0;
		}
	}
}

const ADDED = [
	'failed',
	'transient',
	'red_without',
	'red_with',
	'marks',
	'refused',
	'restarts',
	'wasted',
] as const;

/**
 * Many days of a project, for one choice. What is random comes from streams of the seed, one a day,
 * with the same draws for a task whatever the choice: two choices with as many tasks a day meet the
 * same luck, and the same tasks run with the flag and without it (common random numbers).
 */
export class Simulation {
	readonly tally: Tally;
	readonly #lives: Lives;
	readonly #choice: Choice;
	readonly #seed: number;
	readonly #rates: Rates;
	readonly #arrivals: Arrivals;
	readonly #quota: ProjectQuota;
	readonly #counts = new Counts();
	#day = 0;

	/** Room for so many days. */
	constructor(lives: Lives, choice: Choice, seed: number, days: number) {
		this.tally = new Tally(days);
		this.#lives = lives;
		this.#choice = choice;
		this.#seed = seed;
		this.#rates = ratesOf(lives.workload, choice);
		this.#arrivals = new Arrivals(choice);
		this.#quota = new ProjectQuota(choice.daily_limit);
		// A day that is not counted: the window of the quota begins with what a day leaves in it.
		this.#liveThroughDay(new Tally(1));
	}

	/** One more day. */
	nextDay(): void {
		this.#liveThroughDay(this.tally);
	}

	#liveThroughDay(tally: Tally): void {
		const { outage_days, outage_clearing, clearing, daily_limit } = this.#choice;
		const draws = new Draws(this.#seed, this.#day++);
		const outage = draws.next() < outage_days;
		const transient = outage ? this.#rates.outage : this.#rates.transient;
		this.#arrivals.draw(draws);
		for (let hour = 0; hour < HOURS; hour++) {
			this.#quota.hourPasses();
			const tasks = this.#arrivals.byHour[hour] ?? 0;
			this.#liveThroughHour(draws, tasks, transient, outage ? outage_clearing : clearing);
			const slots = this.#quota.slotsInUse;
			tally.add('tasks', tasks);
			tally.hourIsOver(hour, slots, this.#counts.refused, daily_limit > 0 && slots >= daily_limit);
			this.#counts.moveTo(tally);
		}
		tally.dayIsOver();
	}

	/** The hot loop: four draws a task, and look-ups for those that fail. */
	#liveThroughHour(draws: Draws, tasks: number, transient: Cumulative, clearing: number): void {
		const { kindOf } = this.#lives.workload;
		const { permanent } = this.#rates;
		for (let task = 0; task < tasks; task++) {
			const kind = kindOf[Math.floor(draws.next() * kindOf.length)] ?? 0;
			const unlucky = firstAbove(transient[kind], draws.next());
			const broken = firstAbove(permanent[kind], draws.next());
			const cleared = draws.next() < clearing;
			// A run without a failure is green, and nobody is asked for anything: `Lives` made sure.
			if (unlucky !== NONE || broken !== NONE) this.#fail(kind, unlucky, broken, cleared);
		}
	}

	#fail(kind: number, unlucky: number, broken: number, cleared: boolean): void {
		const counts = this.#counts;
		const without = this.#lives.of(kind, unlucky, broken, FATE.unflagged);
		counts.red_without += without & RED;
		counts.failed++;
		if (broken === NONE || (unlucky !== NONE && unlucky <= broken)) counts.transient++;
		let life = this.#lives.of(kind, unlucky, broken, cleared ? FATE.cleared : FATE.persistent);
		if ((life & TAKEN) !== 0) {
			counts.marks++;
			if (!this.#quota.take()) {
				counts.refused++;
				life = this.#lives.of(kind, unlucky, broken, FATE.full);
			}
		}
		const restarts = restartsOf(life);
		counts.restarts += restarts;
		counts.red_with += life & RED;
		if (restarts > 0 && (life & RED) !== 0) counts.wasted += restarts;
	}
}
