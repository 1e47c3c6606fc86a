import { writeFileSync } from 'node:fs';
import { configurations } from '../../model/checker/configurations/index.ts';
import { toToken } from '../../model/vocabulary/stories/story.ts';
import { spaceOf } from '../tour/space.ts';
import { keyOf, type Near, storiesIn } from './near.ts';
import { oftenReached } from './often.ts';

// Writes kept.ts anew: `npm run -s ways`.

/** Configurations that say nothing that others do not say in fewer states. */
const LEFT_OUT = ['blocks', 'switches', 'faults', 'late', 'together', 'projects', 'handover'];
/** Configurations of which more states are looked at than of others: what two stretches of time bring about is in few of them. */
const CLOSER: Readonly<Record<string, number>> = { 'quota-hours': 6000, 'group-left': 3000 };
/** A walk that begins nearly at the beginning gains nothing. */
const FEWEST = 3;
/** Most ways to one situation by one sort of event: the shortest of different configurations. */
const MOST = 2;

const often = await oftenReached();
const byReached = new Map<string, Near[]>();
for (const { name } of configurations) {
	if (LEFT_OUT.includes(name)) continue;
	for (const near of await storiesIn(spaceOf(name), CLOSER[name])) {
		const key = keyOf(near);
		if (near.story.events.length <= FEWEST || often.has(key)) continue;
		byReached.set(key, [...(byReached.get(key) ?? []), near]);
	}
}

/** By story: the situations that its last event puts to the test. */
const byToken = new Map<string, Set<string>>();
for (const nears of byReached.values())
	for (const { situation, story } of nears
		.toSorted((one, other) => one.story.events.length - other.story.events.length)
		.slice(0, MOST)) {
		const token = toToken(story);
		byToken.set(token, (byToken.get(token) ?? new Set()).add(situation));
	}

writeFileSync(
	new URL('kept.ts', import.meta.url),
	[
		'// Made by `npm run -s ways`.',
		'',
		'/** Stories of the checker, by the situations that the last event of each puts to the test. */',
		'export const KEPT: readonly (readonly [token: string, ...situations: string[]])[] = [',
		...[...byToken].map(([token, names]) => `\t${JSON.stringify([token, ...names])},`),
		'];',
		'',
	].join('\n'),
);
