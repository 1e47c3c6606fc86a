import { writeFileSync } from 'node:fs';
import { toToken } from '../../model/vocabulary/stories/story.ts';
import { spaceOf } from '../tour/space.ts';
import { storiesIn } from './near.ts';

// Writes kept.ts anew: `npm run -s ways`.

/** Configurations that are gone through in a few seconds. */
const CONFIGURATIONS = [
	'group-crash',
	'behind',
	'unanswered',
	'limits-late',
	'limits',
	'merge-queue',
	'merge-version',
	'display-crash',
	'dependents',
	'users',
	'crashes',
	'functions',
	'background',
	'display-abort',
	'group-set-up',
	'stale',
	'finished',
];
/** A walk that begins nearly at the beginning gains nothing. */
const FEWEST = 3;
/** Most ways to one situation: the shortest of different configurations. */
const MOST = 3;

const bySituation = new Map<string, { readonly token: string; readonly events: number }[]>();
for (const name of CONFIGURATIONS)
	for (const [situation, story] of await storiesIn(spaceOf(name))) {
		if (story.events.length <= FEWEST) continue;
		const known = bySituation.get(situation) ?? [];
		known.push({ token: toToken(story), events: story.events.length });
		bySituation.set(situation, known);
	}

/** By story: the situations that its last event puts to the test. */
const byToken = new Map<string, string[]>();
for (const [situation, stories] of bySituation)
	for (const { token } of stories
		.toSorted((one, other) => one.events - other.events)
		.slice(0, MOST))
		byToken.set(token, [...(byToken.get(token) ?? []), situation]);

writeFileSync(
	new URL('kept.ts', import.meta.url),
	[
		'// Made by `npm run -s ways`.',
		'',
		'/** Stories of the checker, by the situations that the last event of each puts to the test. */',
		'export const KEPT: readonly (readonly [token: string, ...situations: string[]])[] = [',
		...[...byToken].map(([token, situations]) => `\t${JSON.stringify([token, ...situations])},`),
		'];',
		'',
	].join('\n'),
);
