import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Check } from '../../scenarios/format/compile-story.ts';
import { mismatches } from '../../scenarios/format/expectations.ts';
import type { Scenario } from '../../scenarios/format/load.ts';
import { describe } from '../../scenarios/yaml/problem.ts';
import type { System } from '../systems/system.ts';
import { type Step, type TrialResult, trial } from './trial.ts';

export interface ScenarioRun {
	/** What the scenario says is broken is told among the broken promises, and is no finding. */
	result: TrialResult;
	/** What went other than the scenario says, a sentence each. */
	mismatches: string[];
}

/**
 * Plays a scenario on the systems. Beside what any trial finds, each of its events must be
 * possible, each expectation met, and each guarantee that it claims to show must have been exercised. Those that
 * it says are broken must be, and are no finding.
 */
export async function runScenario(
	systems: readonly System[],
	scenario: Scenario,
	onStep?: (step: Step) => void,
	signal?: AbortSignal,
): Promise<ScenarioRun> {
	const { story, checks, shows, breaks } = scenario;
	const found: string[] = [];
	let place = 0;

	let last: Observation | undefined;

	const check = (when: Check['after'], seen: Observation): void => {
		for (const { after, expectation, place: at } of checks)
			if (after === when)
				for (const message of mismatches(expectation, seen, story.setup))
					found.push(describe({ ...at, message, remedy: 'correct the story or the expectation' }));
	};

	const next = (seen: Observation): Event | null => {
		last = seen;
		check(place, seen);
		const event = story.events[place++];
		if (event === undefined) return null;
		if (!isPossible(story.setup, seen, event))
			found.push(`event ${place} (${event.kind}) is not possible when its turn comes`);
		return event;
	};

	const result = await trial(systems, story.setup, next, {
		goOn: breaks.length > 0,
		onStep: (step) => {
			last = step.seen[0];
			onStep?.(step);
		},
		signal,
	});
	if (result.rested && last !== undefined) check('rest', last);
	const unexpected = result.broken.find(({ guarantee }) => !breaks.includes(guarantee)) ?? null;
	const finding = result.finding?.kind === 'violated' ? unexpected : result.finding;
	if (finding !== null || signal?.aborted === true)
		return { result: { ...result, finding }, mismatches: found };
	for (const id of shows)
		if ((result.exercised.get(id) ?? 0) === 0)
			found.push(`the scenario claims to show ${id}, which was never exercised in it`);
	for (const id of breaks)
		if (!result.broken.some(({ guarantee }) => guarantee === id))
			found.push(`the scenario says that ${id} is broken, but it is not`);
	return { result: { ...result, finding }, mismatches: found };
}
