import { descriptorOf, type Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import type { Check } from '../../scenarios/format/compile-story.ts';
import { differences } from '../../scenarios/format/differences.ts';
import type { Scenario } from '../../scenarios/format/load.ts';
import { possibleHere } from '../../scenarios/format/possible-here.ts';
import { GUARANTEE_IDS } from '../../scenarios/format/scenario-file.ts';
import { type Problem, problemAt } from '../../scenarios/yaml/problem.ts';
import type { System } from '../systems/system.ts';
import { type Step, type TrialResult, trial } from './trial.ts';

/** Something that went other than the scenario says, at its line in the file. */
export interface Mismatch extends Problem {
	/** How many events had happened; null: it is about the story as a whole. */
	readonly after: number | null;
	/** The key of the claim that is not true. */
	readonly claim?: 'shows' | 'breaks';
	/** Of an expectation: what was expected and what was seen instead, in the words of the author, and of what. */
	readonly unmet?: { readonly label: string; readonly expected: string; readonly was: string };
}

export interface ScenarioRun {
	/** What the scenario says is broken is told among the broken promises, and is no finding. */
	result: TrialResult;
	/** What went other than the scenario says. */
	mismatches: Mismatch[];
}

/**
 * Plays a scenario on the systems. Beside what any trial finds, each of its events must be
 * possible, each expectation met, and each guarantee that it claims to show must have been exercised. Those that
 * it says are broken must be, and are no finding. The first event that is not possible ends the story.
 */
export async function runScenario(
	systems: readonly System[],
	scenario: Scenario,
	onStep?: (step: Step) => void,
	signal?: AbortSignal,
): Promise<ScenarioRun> {
	const { story, breaks, ends } = scenario;
	const found: Mismatch[] = [];
	const stuck = new AbortController();
	let place = 0;

	let last: Observation | undefined;

	const next = (seen: Observation): Event | null => {
		last = seen;
		found.push(...unmetAt(scenario, place, seen));
		const event = story.events[place++];
		if (event !== undefined && isPossible(story.setup, seen, event)) return event;
		if (event !== undefined) found.push(impossible(scenario, place - 1, event, seen));
		else if (ends !== undefined) found.push({ ...ends, after: place - 1 });
		else return null;
		stuck.abort();
		return null;
	};

	const result = await trial(systems, story.setup, next, {
		goOn: breaks.length > 0,
		onStep: (step) => {
			last = step.seen[0];
			onStep?.(step);
		},
		signal: signal === undefined ? stuck.signal : AbortSignal.any([signal, stuck.signal]),
	});
	if (result.rested && last !== undefined) found.push(...unmetAt(scenario, 'rest', last));
	const unexpected = result.broken.find(({ guarantee }) => !breaks.includes(guarantee)) ?? null;
	const finding = result.finding?.kind === 'violated' ? unexpected : result.finding;
	if (finding === null && signal?.aborted !== true && !stuck.signal.aborted)
		found.push(...untrueClaims(scenario, result));
	return { result: { ...result, finding }, mismatches: found };
}

/** What is not as the scenario expects it once so many events have happened. */
const unmetAt = (
	{ checks, placeOf, story }: Scenario,
	after: Check['after'],
	seen: Observation,
): readonly Mismatch[] =>
	checks
		.filter((check) => check.after === after)
		.flatMap(({ expectation, path }) =>
			differences(expectation, seen, story.setup).map(
				({ path: keys, label, expected, was }): Mismatch => ({
					...problemAt(
						placeOf([...path, ...keys]),
						`${label}: expected ${expected}, was ${was}`,
						'correct the story or the expectation',
					),
					...{ after: after === 'rest' ? null : after, unmet: { label, expected, was } },
				}),
			),
		);

const impossible = (
	{ story, places, placeOf }: Scenario,
	after: number,
	event: Event,
	seen: Observation,
): Mismatch => ({
	...problemAt(
		places[after] ?? placeOf(['events']),
		`"${sayEvent(event)}" is not possible here, and the story ends: only while ${descriptorOf(event.kind).when}`,
		possibleHere(story.setup, seen, event),
	),
	after,
});

/** What it claims to put to the test or to break, and does not. */
function untrueClaims({ shows, breaks, placeOf }: Scenario, result: TrialResult): Mismatch[] {
	const tried = exercisedIn(result);
	const claim = (
		list: 'shows' | 'breaks',
		id: string,
		message: string,
		remedy: string,
	): Mismatch => ({
		...problemAt(placeOf([list, (list === 'shows' ? shows : breaks).indexOf(id)]), message, remedy),
		...{ after: null, claim: list },
	});
	const what = tried.length === 0 ? 'nothing was' : `put to the test: ${tried.join(', ')}`;
	return [
		...shows
			.filter((id) => !tried.includes(id))
			.map((id) =>
				claim('shows', id, `it claims to show ${id}, which was never put to the test`, what),
			),
		...breaks
			.filter((id) => !result.broken.some(({ guarantee }) => guarantee === id))
			.map((id) =>
				claim('breaks', id, `it says that ${id} is broken, but it is not`, 'take it out'),
			),
	];
}

/** The guarantees that were put to the test, in their order. */
export const exercisedIn = ({ exercised }: TrialResult): string[] =>
	GUARANTEE_IDS.filter((id) => (exercised.get(id) ?? 0) > 0);
