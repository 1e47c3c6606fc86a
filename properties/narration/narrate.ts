import { guarantees } from '../../model/guarantees/index.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import {
	MAX_NARRATED_EVENTS,
	type NarratedEvent,
	type NarratedStory,
} from '../../reports/evidence/narrated-story.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { sayChanges } from '../../reports/wording/changes.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import { draw, lanesOf } from '../../reports/wording/lanes.ts';
import type { System } from '../systems/system.ts';
import { sayFinding } from '../trial/say-finding.ts';
import { type Finding, replaying, type Step, trial } from '../trial/trial.ts';

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
	const story = fromToken(token);
	const steps: Step[] = [];
	const judges = guarantees.filter(({ id }) => id === about);
	const { finding } = await trial(systems, story.setup, replaying(story.events), {
		...(judges.length === 0 ? {} : { judges }),
		onStep: (step) => steps.push(step),
	});
	const system = systems.at(-1)?.name ?? '';
	return narrated({ story, steps, finding }, { token, about, system });
}

/** A story that was played. */
interface Told {
	readonly story: Story;
	readonly steps: readonly Step[];
	readonly finding: Finding | null;
}

/** Narrates what was played, as the last of the systems showed it. */
export function narrated(
	{ story: { setup, events }, steps, finding }: Told,
	{ token, about, system }: Pick<NarratedStory, 'token' | 'about' | 'system'>,
): NarratedStory {
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
		token,
		about,
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

function saySetup(setup: Setup): string {
	const { tasks, hosts, policy, requester } = setup;
	const { projects, versions } = versionsOf(setup);
	const of =
		versions.length === 1
			? ''
			: ` in ${plural(versions.length, 'version')} of ${plural(projects.length, 'project')}`;
	const late =
		setup.late_hosts === undefined ? '' : ` (yet to come: ${setup.late_hosts.join(', ')})`;
	const queue = requester === 'github_merge_request' ? ' of the merge queue' : '';
	return `${plural(tasks.length, 'task')}${of}${queue} on ${plural(hosts.length, 'host')}${late}; at most ${plural(policy.max_automatic_restarts, 'automatic restart')} of a task, ${policy.daily_limit === 0 ? 'any number' : policy.daily_limit} in a project and day.`;
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
