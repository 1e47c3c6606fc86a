import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { StartedBy } from '../vocabulary/observation.ts';
import { displayTaskRestart } from './display-task-restart.ts';
import { FAILED, SUCCESS } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import {
	type Change,
	groupOf,
	judgeScenes,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const MONITOR: Event = { kind: 'monitor-runs' };
const user = (failed_only?: true): Event => ({
	kind: 'user-restarts',
	task: 'd',
	execution: 0,
	...(failed_only === undefined ? {} : { failed_only }),
});
/** "a" failed and "b" ended well. */
const ended: Scene = [
	MONITOR,
	task('a', { status: 'failed', details: FAILED }),
	task('b', { status: 'success', details: SUCCESS }),
];
const again = (id: 'a' | 'b', by: StartedBy['by']): Change =>
	task(
		id,
		begun(
			archivedAs('h', id === 'a' ? {} : { details: SUCCESS }),
			by === 'mark' ? { by, task: 'a', execution: 0 } : { by },
		),
	);
const broken = (event: Event, changes: readonly Change[], setup = pairOf(), before = ended) =>
	judgeScenes(displayTaskRestart, setup, [before, [event, ...changes]]).broken;

describe('a display task', () => {
	it('is restarted as a whole by a mark, and by a user who does not say otherwise', () => {
		expect(broken(MONITOR, [again('a', 'mark'), again('b', 'mark')])).toBeNull();
		expect(broken(MONITOR, [again('a', 'mark')])).toContain(
			'"b" had ended in success, but it was not restarted with what restarts together with it.',
		);
		expect(broken(MONITOR, [again('b', 'mark')])).toContain('"a" had ended in failure');
		expect(broken(user(), [again('a', 'user'), again('b', 'user')])).toBeNull();
		expect(broken(user(), [again('a', 'user')])).toContain('"b" had ended in success');
	});

	it('is restarted by its failed members where a user says so, or as a repair', () => {
		expect(broken(user(true), [again('a', 'user')])).toBeNull();
		expect(broken(user(true), [again('a', 'user'), again('b', 'user')])).toContain(
			'"b" had ended in success, but it was restarted where only failed members are.',
		);
		expect(broken(user(true), [again('b', 'user')])).toContain('"a" had ended in failure');
		expect(broken(MONITOR, [again('a', 'system')])).toBeNull();
		expect(broken(MONITOR, [again('a', 'system'), again('b', 'system')])).toContain(
			'where only failed members are',
		);
	});

	it('leaves alone what never ran', () => {
		const a: Scene = [MONITOR, task('a', { status: 'failed', details: FAILED })];
		expect(broken(MONITOR, [again('a', 'mark')], pairOf(), a)).toBeNull();
		expect(broken(user(), [again('a', 'user')], pairOf(), a)).toBeNull();
	});
});

it('a single-host group restarts as a whole, whoever asks', () => {
	const group = groupOf({ max_hosts: 1 });
	expect(broken(MONITOR, [again('a', 'system'), again('b', 'system')], group)).toBeNull();
	expect(broken(MONITOR, [again('a', 'system')], group)).toContain('"b" had ended in success');
	expect(broken(user(true), [again('a', 'user')], group)).toContain('"b" had ended in success');
});

it('tells apart what puts it to the test', () => {
	const at = (event: Event, changes: readonly Change[], setup = pairOf()) =>
		halvesAt(displayTaskRestart, setup, [ended, [event, ...changes]]);
	expect(at(MONITOR, [again('a', 'mark'), again('b', 'mark')])).toEqual(['automatic']);
	expect(at(user(), [again('a', 'user'), again('b', 'user')])).toEqual(['user']);
	expect(at(user(true), [again('a', 'user')])).toEqual(['failed-only']);
	expect(at(MONITOR, [again('a', 'system')])).toEqual(['repair']);
	expect(at(MONITOR, [task('a', { aborted: true })])).toEqual([]);
	expect(at(MONITOR, [])).toEqual([]);
	expect(at(MONITOR, [again('a', 'mark')], setupToJudge())).toEqual([]);
	const ofOther: Event = { kind: 'user-restarts', task: 'c', execution: 0 };
	expect(at(ofOther, [task('c', begun(archivedAs('h'), { by: 'user' }))])).toEqual([]);
});
