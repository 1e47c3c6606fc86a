import { expect, test } from 'vitest';
import { RULES, type Rules } from '../../impl/server/rules.ts';
import { hasEnded, isInProgress } from '../../impl/store/task-state.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { BEGIN, FAIL, SETUP } from '../testing/stories.ts';
import { replaying, trial } from '../trial/trial.ts';

/** App servers that show something final of a display task or a version too early: alone or beside the model, S22 falls. */

const PAIR = Setup.parse({
	...SETUP,
	tasks: ['t1', 't2'].map((id) => ({ id, task: 'compile', variant: 'ubuntu' })),
	display_tasks: [{ id: 'd', execution_tasks: ['t1', 't2'] }],
	policy: { restart_system_failed: true },
});

const SUCCEED: readonly Event[] = [
	{ kind: 'command-ends', host: 'h1', outcome: 'succeeded' },
	{ kind: 'message-delivered', message: { leg: 'request', route: 'end' } },
	{ kind: 'message-delivered', message: { leg: 'reply', route: 'end' } },
];
const CRASH: Event = {
	kind: 'server-crashes',
	message: { leg: 'request', route: 'end' },
	commit: 'after',
};
const toEnd = FAIL.slice(0, -2);
/** All have ended and the restart waits. */
const WAITS: readonly Event[] = [...BEGIN, ...SUCCEED, ...BEGIN, ...toEnd, CRASH];
const LOST: readonly Event[] = [
	...BEGIN,
	...SUCCEED,
	...BEGIN,
	{ kind: 'agent-dies', host: 'h1' },
	{ kind: 'hours-pass', hours: 1 },
	{ kind: 'monitor-runs' },
];

/** b of the display task "d" waits for x of "e", which failed for good while y of "e" runs on, and may bring x back. */
const BEHIND = Setup.parse({
	...SETUP,
	tasks: ['x', 'y', 'a', 'b'].map((id) => ({
		id,
		task: 'compile',
		variant: 'ubuntu',
		...(id === 'b' ? { depends_on: ['x'] } : {}),
	})),
	display_tasks: [
		{ id: 'e', execution_tasks: ['x', 'y'] },
		{ id: 'd', execution_tasks: ['a', 'b'] },
	],
	hosts: ['h1', 'h2'],
});
const of = (
	host: string,
	leg: 'request' | 'reply',
	route: 'next' | 'start' | 'mark' | 'end',
): Event => ({
	kind: 'message-delivered',
	message: { leg, route, host },
});
const begin = (host: string): Event[] => [
	{ kind: 'host-asks', host },
	...(['next', 'start'] as const).flatMap((route) => [
		of(host, 'request', route),
		of(host, 'reply', route),
	]),
];
const TO_MARK: readonly Event[] = [
	...begin('h1'),
	...begin('h2'),
	{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
	{ kind: 'call-abandoned', host: 'h1' },
	of('h1', 'request', 'end'),
	of('h1', 'reply', 'end'),
	...begin('h1'),
	{ kind: 'command-ends', host: 'h1', outcome: 'succeeded' },
	of('h1', 'request', 'end'),
];

const naive: Rules['goesOn'] = (unit) =>
	unit.some(({ task }) => isInProgress(task)) ||
	(unit.some(({ task }) => hasEnded(task)) &&
		unit.some(({ held, task }) => held === null && !hasEnded(task)));

test.each<[string, Partial<Rules>, Setup, readonly Event[]]>([
	['a display task as failed while its restart waits', { isUnderWay: naive }, PAIR, WAITS],
	[
		'a display task as over while what it waits for may be restarted',
		{ isUnderWay: (unit) => RULES.isUnderWay(unit, []) },
		BEHIND,
		TO_MARK,
	],
	['a version as failed while a restart waits', { goesOn: naive }, PAIR, WAITS],
	[
		'a plain version as failed while a restart waits',
		{ goesOn: naive },
		SETUP,
		[...BEGIN, ...toEnd, CRASH],
	],
	[
		'a display task as over while a member is yet to run',
		{ isUnderWay: (unit) => unit.some(({ task }) => isInProgress(task)) },
		PAIR,
		[...BEGIN, ...SUCCEED.slice(0, 2)],
	],
	[
		'a version as over while a task is yet to run',
		{ goesOn: (tasks) => tasks.some(({ task }) => isInProgress(task)) },
		PAIR,
		[...BEGIN, ...SUCCEED.slice(0, 2)],
	],
	[
		'a display task as started when all is over',
		{
			isUnderWay: (unit) => RULES.isUnderWay(unit, []) || unit.every(({ task }) => hasEnded(task)),
		},
		PAIR,
		[...BEGIN, ...SUCCEED, ...BEGIN, ...SUCCEED.slice(0, 2)],
	],
	[
		'a version as started when all is over',
		{ goesOn: () => true },
		SETUP,
		[...BEGIN, ...SUCCEED.slice(0, 2)],
	],
])('an app server that shows %s breaks S22', async (what, rules, setup, events) => {
	const broken = reference({ rules }, `reference, which shows ${what}`);
	for (const systems of [[broken], [model(), broken]])
		expect((await trial(systems, setup, replaying(events))).finding).toMatchObject({
			kind: 'violated',
			guarantee: 'S22',
			index: events.length - 1,
		});
	for (const systems of [[reference()], [model(), reference()]])
		expect((await trial(systems, setup, replaying(events))).finding).toBeNull();
});

test('nothing final is shown of what was lost and is repaired', async () => {
	const events = LOST;
	const rules: Partial<Rules> = { ...RULES, isSettled: () => false };
	expect((await trial([model(), reference()], PAIR, replaying(events))).finding).toBeNull();
	const shown = { ...rules, isUnderWay: naive };
	const { broken } = await trial([reference({ rules: shown })], PAIR, replaying(events), {
		goOn: true,
	});
	expect(
		broken.filter(({ index }) => index === events.length - 1).map((one) => one.guarantee),
	).toContain('S22');
});

test('a display task that is blocked is not final before what it waits for is: a mark there would take it back', async () => {
	const marked: readonly Event[] = [
		...TO_MARK,
		{ kind: 'command-ends', host: 'h2', outcome: 'failed' },
		of('h2', 'request', 'mark'),
	];
	const seen: (string | undefined)[] = [];
	const onStep = ({ seen: [first] }: { seen: readonly Observation[] }) => {
		seen.push(first?.display_tasks[1]?.status);
	};
	const { finding } = await trial([model(), reference()], BEHIND, replaying(marked), { onStep });
	expect(finding).toBeNull();
	expect(seen.slice(TO_MARK.length - 1, marked.length)).toEqual(['started', 'started', 'started']);
});
