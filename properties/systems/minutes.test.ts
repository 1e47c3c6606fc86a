import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { BEGIN, FAIL, SETUP } from '../testing/stories.ts';
import { replaying, trial } from '../trial/trial.ts';
import { model } from './model.ts';
import { reference } from './reference.ts';

/** What both systems show at the end, which is the same. */
async function seenAfter(...passing: readonly Event[]): Promise<Observation | undefined> {
	const events = [...BEGIN, ...FAIL, ...passing];
	let last: Observation | undefined;
	const { finding } = await trial([model(), reference()], SETUP, replaying(events), {
		rest: false,
		onStep: ({ seen }) => {
			last = seen.at(-1);
		},
	});
	expect(finding).toBeNull();
	return last;
}

// The checker counts by the hour: where nothing is in progress it leaves nothing out by that.
test.each([1, 23, 24])('%i hours are as many times 60 minutes', async (hours) => {
	const inHours = await seenAfter({ kind: 'hours-pass', hours });
	expect(inHours?.tasks[0]).toMatchObject({ execution: 1, status: 'undispatched' });
	expect(inHours?.quota_used).toBe(hours < 24 ? 1 : 0);
	expect(await seenAfter({ kind: 'minutes-pass', minutes: 60 * hours })).toEqual(inHours);
	const each = Array.from({ length: hours }, (): Event => ({ kind: 'minutes-pass', minutes: 60 }));
	expect(await seenAfter(...each)).toEqual(inHours);
});

test('a minute less than a day leaves the slot where it is', async () => {
	const seen = await seenAfter({ kind: 'minutes-pass', minutes: 24 * 60 - 1 });
	expect(seen?.quota_used).toBe(1);
});
