import type { NarratedEvent, NarratedStory } from '../evidence/narrated-story.ts';

/** A story in which what goes well several times in a row is told once, so that the one failure is seen. */
export function shortened(story: NarratedStory): NarratedStory {
	if (story.broken !== null) return story;
	const events: NarratedEvent[] = [];
	let times = 1;
	for (const event of story.events) {
		const last = events.at(-1);
		const isAgain =
			last !== undefined &&
			isQuiet(last) &&
			isQuiet(event) &&
			last.sentence.startsWith(event.sentence);
		times = isAgain ? times + 1 : 1;
		if (!isAgain) events.push(event);
		else
			events[events.length - 1] = {
				...last,
				sentence: `${event.sentence} (${times} times in a row)`,
				changes: event.changes,
			};
	}
	return { ...story, events };
}

const isQuiet = ({ arrow, fault }: NarratedEvent): boolean => arrow === null && !fault;
