import { plural } from '../../../model/vocabulary/plural.ts';
import { endOf, scenarioText } from '../../../scenarios/format/write.ts';
import { sayEvent } from '../../wording/event.ts';
import { Exploration } from '../exploration.ts';

/** Where the schema of scenarios is from a folder that lies beside mulligan's own. */
const SCHEMA = 'node_modules/mulligan/scenarios/scenario.schema.json';

/**
 * The story until here as the text of a scenario: it shows what was put to the test in it, and breaks what is broken
 * once it has come to rest, as whoever replays it lets it.
 */
export function scenarioOf({ here, story }: Exploration): string {
	const rested = Exploration.of(story);
	rested.comeToRest();
	const broken = rested
		.lightsAt(rested.here)
		.filter(({ light }) => light === 'broken')
		.map(({ id }) => id);
	const exercised = here.judged.filter((one) => one.exercised > 0).map((one) => one.guarantee.id);
	const last = story.events.at(-1);
	return scenarioText({
		name: `A story of ${plural(story.events.length, 'event')} from the explorer`,
		about: `Explored by hand. ${last === undefined ? 'Nothing happens.' : `At last: ${sayEvent(last)}.`}`,
		shows: exercised.filter((id) => !broken.includes(id)),
		breaks: broken,
		story,
		expect: endOf(here.seen),
		schema: SCHEMA,
	});
}

/** Longest name of a file, in characters; of its words, only whole ones. */
const NAME = 80;

/** Words as the name of a file: in small letters, with hyphens between them. */
export function nameOf(words: string): string {
	const name = words
		.toLowerCase()
		.replace(/\.ya?ml$/, '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
	return name.length <= NAME
		? name
		: name
				.slice(0, NAME + 1)
				.replace(/-[^-]*$/, '')
				.slice(0, NAME);
}
