import { guarantees } from '../../model/guarantees/index.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import {
	MAX_NARRATED_EVENTS,
	type NarratedEvent,
	type NarratedStory,
} from '../../reports/evidence/narrated-story.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { sayChanges } from '../../reports/wording/changes.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import type { System } from '../systems/system.ts';
import { sayFinding } from '../trial/say-finding.ts';
import { type Finding, replaying, type Step, trial } from '../trial/trial.ts';
import { draw, lanesOf } from './lanes.ts';

/** Most changes that are narrated of one event. */
const CHANGES = 100;
/** Events of coming to rest that are narrated when nothing more is found in them. */
const REST_NARRATED = 20;

/** A story to narrate, and on what. */
export interface Narratable {
	readonly token: string;
	/** With several systems the last one is narrated, and what sets it apart from the first is what it broke. */
	readonly systems: readonly System[];
	/** Id of the guarantee that the story is about: others may break in it too, and earlier. */
	readonly about: string | null;
}

/**
 * Plays the story of a token and narrates it for reading.
 *
 * @throws TokenError when the token holds no story.
 */
export async function narrate({ token, systems, about }: Narratable): Promise<NarratedStory> {
	const { setup, events } = fromToken(token);
	const steps: Step[] = [];
	const judges = guarantees.filter(({ id }) => id === about);
	const { finding } = await trial(systems, setup, replaying(events), {
		...(judges.length === 0 ? {} : { judges }),
		onStep: (step) => steps.push(step),
	});
	const system = systems.at(-1)?.name ?? '';
	return { token, about, ...narrated({ story: { setup, events }, steps, finding, system }) };
}

/** A story that was played. */
export interface PlayedStory {
	readonly story: Story;
	readonly steps: readonly Step[];
	/** What was found wrong in it first. */
	readonly finding: Finding | null;
	/** Name of the last system, whose observations are told. */
	readonly system: string;
}

/** Narrates a story that was played. */
export function narrated({
	story: { setup, events },
	steps,
	finding,
	system,
}: PlayedStory): Omit<NarratedStory, 'token' | 'about'> {
	const lanes = lanesOf(
		setup,
		steps.map(({ event }) => event),
	);
	const kept = steps.filter(
		({ part, index }) =>
			part === 'story' || finding !== null || index < events.length + REST_NARRATED,
	);
	let before: Observation | undefined = steps[0]?.before;
	const lines = kept.slice(0, MAX_NARRATED_EVENTS).map(({ event, part, seen }): NarratedEvent => {
		const after = seen.at(-1) ?? before;
		const was = before ?? after;
		before = after;
		return {
			sentence: sayEvent(event).slice(0, TEXT),
			part,
			...(was === undefined ? { arrow: null, lane: null, fault: false } : draw(lanes, was, event)),
			changes:
				was === undefined || after === undefined
					? []
					: sayChanges(setup, was, after)
							.map((change) => change.slice(0, TEXT))
							.slice(0, CHANGES),
		};
	});
	return {
		system: system.slice(0, TEXT),
		setup: saySetup(setup).slice(0, TEXT),
		lanes,
		events: lines,
		left_out: steps.length - lines.length,
		broken:
			finding === null
				? null
				: {
						index: finding.index,
						guarantee: finding.kind === 'violated' ? finding.guarantee : null,
						sentence: sayFinding(finding).slice(0, TEXT),
					},
	};
}

function saySetup({ tasks, hosts, policy, requester }: Setup): string {
	const queue = requester === 'github_merge_request' ? ' of the merge queue' : '';
	return `${plural(tasks.length, 'task')}${queue} on ${plural(hosts.length, 'host')}; at most ${plural(policy.max_automatic_restarts, 'automatic restart')} of a task, ${policy.daily_limit === 0 ? 'any number' : policy.daily_limit} in a project and day.`;
}

const keyOf = (token: string, about: string | null): string => JSON.stringify([token, about]);

/** One story after the other; those without a token are left out. No story is narrated twice. */
export async function narrateEach(
	stories: readonly (Omit<Narratable, 'token'> & { readonly token: string | null })[],
	most: number,
): Promise<NarratedStory[]> {
	const by = new Map<string, NarratedStory>();
	for (const { token, systems, about } of stories)
		if (token !== null && by.size < most && !by.has(keyOf(token, about)))
			by.set(keyOf(token, about), await narrate({ token, systems, about }));
	return [...by.values()];
}
