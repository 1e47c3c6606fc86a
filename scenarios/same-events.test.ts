import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Model } from '../model/system/model.ts';
import { TablesByDesign } from '../model/system/tables-by-design.ts';
import type { Event } from '../model/vocabulary/events/event.ts';
import { isPossible } from '../model/vocabulary/events/possible.ts';
import { find, selectorOf } from '../model/vocabulary/message.ts';
import type { Observation } from '../model/vocabulary/observation.ts';
import type { Story } from '../model/vocabulary/stories/story.ts';
import { loadScenario } from './format/load.ts';
import { describe as say } from './yaml/problem.ts';

/** By the file of a story: a digest of its events, taken when each was told by a line of its own. */
const TOLD: Record<string, string> = JSON.parse(
	readFileSync(join(import.meta.dirname, 'testing/events-told.json'), 'utf8'),
);

const tables = new TablesByDesign();

/** Each message by all that is known of it, however the story names it. */
function inFull(event: Event, { messages }: Observation): object {
	if (!('message' in event) || event.message === undefined) return event;
	const message = messages[find(event.message, messages)];
	return { ...event, message: message === undefined ? null : selectorOf(message) };
}

/** The same for stories in which the same happens, and for no others. */
function digestOf({ setup, events }: Story): string {
	const model = new Model(setup, tables.of(setup));
	const told: object[] = [];
	for (const event of events) {
		if (!isPossible(setup, model.seen, event)) continue;
		told.push(inFull(event, model.seen));
		model.apply(event);
	}
	return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

test.each(Object.keys(TOLD))('in %s happens what happened before it was told in words', (file) => {
	const loaded = loadScenario(join(import.meta.dirname, 'stories', file), import.meta.dirname);
	if (loaded.kind === 'refused') throw new Error(loaded.problems.map(say).join('\n'));
	expect(digestOf(loaded.scenario.story)).toBe(TOLD[file]);
});
