import { expect, test } from 'vitest';
import { isNightly } from '../../packaging/levels/levels.ts';
import { spaceOf } from './space.ts';

/** By configuration: transitions that it is there for, so that a tour of it finds who does not take them so. */
const CONTAINED = {
	joining: [
		'unit.marked on JOIN',
		'unit.marked on WITHDRAWN',
		'unit.marked on WITHDRAWN [no other on the list]',
		'unit.marked on CALL_OFF',
		'project quota.open on GIVE_BACK',
	],
	'display-crash': [
		'unit on MONITOR [due]',
		'unit.marked on RESTART [due]',
		'app server.up on CRASH',
		'app server.down on RETURN',
	],
	'display-users': [
		'unit on USER_RESTARTS [older]',
		'unit on RESTART_FOR_USER',
		'unit.unmarked on RESTART_FOR_USER [finished, some to restart]',
		'task.ended on RENEW',
	],
	'group-crash': [
		'unit on MONITOR [due]',
		'unit.marked on RESTART [due]',
		'app server.up on CRASH',
		'app server.up on RELEASE',
	],
	behind: ['unit on SEES', 'unit.marked on RESTART [due]'],
	'merge-version': [
		'unit on GIVE_UP',
		'task.inProgress on FINISH [merge queue]',
		'app server.up on VERSION_FAILED',
	],
	unanswered: [
		'task.inProgress on DECIDE [granted]',
		'task.inProgress on DECIDE [refused: budget]',
	],
	'limits-late': ['unit.unmarked on JOIN [at cap]', 'task.inProgress on DECIDE [refused: cap]'],
} as const;

/** Those that are explored in no time; all of them take ten seconds. */
const SMALL = ['group-crash', 'behind', 'unanswered', 'limits-late'];

test.each(Object.entries(CONTAINED).filter(([name]) => isNightly || SMALL.includes(name)))(
	'%s takes what it is there for',
	(name, transitions) => {
		const { taken } = spaceOf(name);
		expect(transitions.filter((transition) => !taken.has(transition))).toEqual([]);
	},
	120_000,
);
