import { expect, test } from 'vitest';
import { RULES, type Rules } from '../../impl/server/rules.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { BEGIN, exchange, FAIL, SETUP } from '../testing/stories.ts';
import { replaying, trial } from '../trial/trial.ts';

/** App servers whose monitor is wrong in one decision: alone or beside the model, S20 falls when it runs. */

const HOUR: Event = { kind: 'hours-pass', hours: 1 };
const MONITOR: Event = { kind: 'monitor-runs' };
const DIES: Event = { kind: 'agent-dies', host: 'h1' };
const BEAT: readonly Event[] = [{ kind: 'heartbeat-sent', host: 'h1' }, ...exchange('heartbeat')];
const ABORT: Event = { kind: 'user-aborts', task: 't1' };

test.each<[string, Partial<Rules>, readonly Event[]]>([
	[
		'ends what is in progress, however lately it was heard',
		{ isStale: () => true },
		[...BEGIN, MONITOR],
	],
	[
		'counts from the dispatch, and not from the last heartbeat',
		{
			isStale: (task, now_ms) =>
				RULES.isStale({ ...task, last_heartbeat_ms: task.dispatched_at_ms }, now_ms),
		},
		[...BEGIN, HOUR, ...BEAT, MONITOR],
	],
	[
		'holds the silence before an execution against it',
		{
			reset: (ended, startedBy, secret) => ({
				...RULES.reset(ended, startedBy, secret),
				granted_order: 1,
			}),
			isStale: (task, now_ms) =>
				RULES.isStale(task, now_ms) || (task.execution > 0 && task.granted_order === 1),
		},
		[...BEGIN, ...FAIL, ...BEGIN, MONITOR],
	],
	[
		'ends what it lost in success',
		{
			end: (task, details, now_ms) =>
				RULES.end(
					task,
					details.description === 'heartbeat'
						? { ...details, status: 'success', type: null }
						: details,
					now_ms,
				),
		},
		[...BEGIN, DIES, HOUR, MONITOR],
	],
	[
		'ends what was aborted as a system failure',
		{ end: (task, details, now_ms) => ({ ...RULES.end(task, details, now_ms), details }) },
		[...BEGIN, ABORT, DIES, HOUR, MONITOR],
	],
])('a monitor that %s breaks S20', async (what, rules, events) => {
	const broken = reference({ rules }, `reference, whose monitor ${what}`);
	const { broken: found } = await trial([broken], SETUP, replaying(events), { goOn: true });
	expect(
		found.filter(({ index }) => index === events.length - 1).map((one) => one.guarantee),
	).toContain('S20');
	for (const systems of [[reference()], [model(), reference()]])
		expect((await trial(systems, SETUP, replaying(events))).finding).toBeNull();
});
