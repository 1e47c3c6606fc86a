import { expect, test } from 'vitest';
import type { Matter } from '../../impl/server/rules.ts';
import type { Handled } from '../../model/vocabulary/observation.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { spaceOf } from '../tour/space.ts';
import { walked } from '../tour/walked.ts';

/** Those that are larger, and what is found in them, are left to the night. */
const LARGER = ['overlap-marks', 'overlap-beat', 'overlap-users'];
const isTried = (configuration: string): boolean => isNightly || !LARGER.includes(configuration);

/** Faults that only show where requests overlap, with the configuration whose tour finds each in quick size. */
const FOUND: readonly (readonly [Matter, configuration: string, breaks: string])[] = [
	['next', 'overlap-next', 'S9'],
	['end', 'overlap-abort', 'S3'],
	['abort', 'overlap-abort', 'S21'],
	['activation', 'overlap-abort', 'L5'],
	['admission', 'overlap-monitor', 'S8'],
	['silence', 'overlap-monitor', 'S18'],
	['heartbeat', 'overlap-beat', 'S10'],
	['restart', 'overlap-users', 'S17'],
	['list', 'overlap-members', 'S7'],
	['slots', 'overlap-quota', 'S7'],
	['settled', 'overlap-settled', 'S5'],
	['version', 'overlap-version', 'S21'],
];

test.each(FOUND.filter(([, by]) => isTried(by)))(
	'what is wrong with "%s" is found by a tour of %s: %s',
	async (matter, by, breaks) => {
		const { finding, ending } = await walked({
			...spaceOf(by),
			extent: 'every step',
			reference: { rules: { holds: (one) => one !== matter } },
		});
		expect(ending).toBe('found');
		expect(finding).toMatchObject({ guarantee: breaks, token: expect.any(String) });
	},
	60_000,
);

/** By configuration: transitions that it is there for, and whose handlers are held meanwhile. */
const CONTAINED: Readonly<Record<string, { takes: readonly string[]; held: readonly Handled[] }>> =
	{
		'overlap-marks': {
			takes: ['task.inProgress on DECIDE [granted]', 'task.inProgress on GRANTED'],
			held: ['mark', 'end', 'monitor'],
		},
		'overlap-abort': {
			takes: [
				'task.inProgress on DECIDE [aborted]',
				'task.inProgress on ABORT [granted]',
				'task.inProgress on FINISH [aborted]',
				'unit.marked on WITHDRAWN [no other on the list]',
				'project quota.open on GIVE_BACK',
			],
			held: ['mark', 'end', 'abort'],
		},
		'overlap-monitor': {
			takes: [
				'task.inProgress on MONITOR [silent]',
				'task.inProgress on BEAT [live]',
				'unit on MONITOR [due]',
				'unit.marked on RESTART [due]',
			],
			held: ['monitor', 'heartbeat', 'mark', 'end'],
		},
		'overlap-beat': {
			takes: ['task.inProgress on BEAT [live]'],
			held: ['heartbeat', 'mark', 'end'],
		},
		'overlap-users': {
			takes: ['task on USER_RESTARTS [older]', 'task.ended on RENEW'],
			held: ['restart', 'end'],
		},
		'overlap-next': {
			takes: [
				'app server.up on NEXT [a task waits]',
				'app server.up on NEXT',
				'task.undispatched on DISPATCH',
			],
			held: ['next', 'start'],
		},
		'overlap-members': {
			takes: [
				'unit.unmarked on JOIN',
				'unit.marked on JOIN',
				'unit.marked on RESTART [due]',
				'task.inProgress on GRANTED',
			],
			held: ['mark', 'end'],
		},
		'overlap-quota': {
			takes: ['project quota.open on TAKE [slot free]', 'project quota.open on TAKE'],
			held: ['mark', 'end'],
		},
		'overlap-settled': {
			takes: ['unit on SEES', 'unit.marked on RESTART [due]', 'task.ended on RENEW'],
			held: ['end', 'restart', 'monitor'],
		},
		'overlap-version': {
			takes: ['unit on USER_ASKS [older]', 'unit on ASK', 'unit on CANCEL [of the whole unit]'],
			held: ['restart-version', 'abort-version', 'end'],
		},
	};

test.each(Object.entries(CONTAINED).filter(([name]) => isTried(name)))(
	'%s takes what it is there for, with handlers held',
	(name, { takes, held }) => {
		const { taken, exploration } = spaceOf(name);
		expect(takes.filter((transition) => !taken.has(transition))).toEqual([]);
		const { labels } = exploration.tables;
		const goOn = new Set(
			Array.from({ length: labels.size }, (_, key) => labels.value(key).event).flatMap((event) =>
				event.kind === 'goes-on' ? [event.handler.route] : [],
			),
		);
		expect(held.filter((route) => !goOn.has(route))).toEqual([]);
	},
	60_000,
);
