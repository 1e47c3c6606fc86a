import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { type Judging, judging, type Verdict } from '../../model/guarantees/judge.ts';
import type { Event } from '../../model/vocabulary/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { isPossible } from '../../model/vocabulary/possible.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { mismatches } from '../../scenarios/expectations.ts';
import type { Scenario } from '../../scenarios/format/load.ts';
import { describe } from '../../scenarios/problem.ts';
import type { System } from '../systems/system.ts';
import { type Step, type TrialResult, trial } from './trial.ts';

export interface Rehearsal {
	result: TrialResult;
	/** What went other than the scenario says, a sentence each. */
	mismatches: string[];
	/** The promises that are broken, as the scenario says. */
	broken: readonly Verdict[];
}

/**
 * Plays a scenario on the systems. Beside what any trial finds, each of its events must be
 * possible, each expectation met, and each guarantee that it claims to show must have mattered. Those that
 * it says are broken must be, and are no finding.
 */
export async function rehearse(
	systems: readonly System[],
	scenario: Scenario,
	onStep?: (step: Step) => void,
): Promise<Rehearsal> {
	const { story, checks, shows, breaks } = scenario;
	const found: string[] = [];
	let place = 0;

	const check = (seen: Observation): void => {
		for (const { after, expectation, place: at } of checks)
			if (after === place)
				for (const message of mismatches(expectation, seen))
					found.push(describe({ ...at, message, remedy: 'correct the story or the expectation' }));
	};

	const next = (seen: Observation): Event | null => {
		check(seen);
		const event = story.events[place++];
		if (event === undefined) return null;
		if (!isPossible(story.setup, seen, event))
			found.push(`event ${place} (${event.kind}) is not possible when its turn comes`);
		return event;
	};

	const watch = new Watch(breaks, story.setup);
	const judges = guarantees.filter(({ id }) => !breaks.includes(id));
	const result = await trial(systems, story.setup, next, {
		judges,
		onStep: (step) => {
			watch.see(step);
			onStep?.(step);
		},
	});
	if (result.finding !== null) return { result, mismatches: found, broken: [] };
	const watched = watch.verdicts(result.rested);
	const mattered = new Map([
		...result.mattered,
		...watched.map((verdict) => [verdict.id, verdict.mattered] as const),
	]);
	for (const id of shows)
		if ((mattered.get(id) ?? 0) === 0 && !breaks.includes(id))
			found.push(`the scenario claims to show ${id}, which never mattered in it`);
	const broken = watched.filter(({ verdict }) => verdict === 'violated');
	for (const id of breaks)
		if (!broken.some((verdict) => verdict.id === id))
			found.push(`the scenario says that ${id} is broken, but it is not`);
	return { result, mismatches: found, broken };
}

/** Judges the guarantees that are to be broken, beside the trial, which ends at the first that is. */
class Watch {
	readonly #watched: readonly Guarantee[];
	readonly #setup: Setup;
	#judging: Judging | null = null;
	#last: Observation | null = null;

	constructor(ids: readonly string[], setup: Setup) {
		this.#watched = guarantees.filter(({ id }) => ids.includes(id));
		this.#setup = setup;
	}

	see({ index, event, before, seen: [after] }: Step): void {
		if (after === undefined) return;
		this.#judging ??= judging(this.#setup, before, this.#watched);
		this.#judging.step({ setup: this.#setup, before, event, after }, index);
		this.#last = after;
	}

	verdicts(rested: boolean): readonly Verdict[] {
		if (rested && this.#last !== null) this.#judging?.settle(this.#setup, this.#last);
		return this.#judging?.verdicts() ?? [];
	}
}
