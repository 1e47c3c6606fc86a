import { describe, expect, test } from 'vitest';
import { display, Stage, setupOf } from './testing/stage.ts';

describe('dependents', () => {
	const pair = (more: object = {}) => new Stage(setupOf([{}, { depends_on: ['a'] }], more));

	test('wait for a success, and are blocked by a failure', () => {
		const stage = pair();
		expect(stage.all('held')).toEqual([null, 'waiting']);
		stage.asks('h1');
		expect(stage.asks('h2')).toBe(null);
		stage.ends('h1', 'fails unmarked');
		expect(stage.task('b').held).toBe('blocked');
		expect(stage.restarts('a', 0)).toBe('ok');
		expect(stage.task('b').held).toBe('waiting');
		stage.runs('a', 'succeeds');
		expect(stage.task('b').held).toBe(null);
		stage.runs('b', 'succeeds');
	});

	test('see nothing final of a task that is about to restart', () => {
		const stage = pair();
		stage.asks('h1');
		stage.marks('h1');
		stage.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(stage.all('status')).toEqual(['failed', 'undispatched']);
		expect(stage.task('b').held).toBe('waiting');
		stage.happen({ kind: 'monitor-runs' });
		expect([stage.task('a').execution, stage.task('b').held]).toEqual([1, 'waiting']);
	});

	test('see nothing final of a member of a unit that is about to restart, though it succeeded', () => {
		const setup = setupOf([{}, {}, { depends_on: ['a'] }], display('a', 'b'));
		const stage = new Stage(setup).runs('a', 'succeeds');
		expect(stage.task('c').held).toBe(null);
		stage.asks('h2');
		stage.marks('h2');
		expect(stage.task('c').held).toBe('waiting');
		stage.aborts('b');
		expect(stage.task('c').held).toBe(null);
	});

	test('of what will never run are blocked, and theirs too', () => {
		const setup = setupOf([{ depends_on: ['c'] }, { depends_on: ['a'] }, { activated: false }]);
		expect(new Stage(setup).all('held')).toEqual(['blocked', 'blocked', 'inactive']);
	});

	test('that were dispatched go on', () => {
		const stage = pair().runs('a', 'succeeds');
		stage.asks('h2');
		expect(stage.restarts('a', 0)).toBe('ok');
		expect(stage.task('b')).toMatchObject({ status: 'started', held: null });
	});

	test('within a unit are blocked at once, and the restart does not wait for them', () => {
		const setup = setupOf([{}, { depends_on: ['a'] }], display('a', 'b'));
		const stage = new Stage(setup).runs('a', 'fails');
		expect(stage.all('execution')).toEqual([1, 0]);
		expect(stage.task('b')).toMatchObject({ held: 'waiting', started_by: { by: 'schedule' } });
	});

	test('a unit that settles because another one failed is left to the monitor', () => {
		const setup = setupOf([{}, { depends_on: ['c'] }, {}], display('a', 'b'));
		const stage = new Stage(setup).runs('a', 'fails').runs('c', 'fails unmarked');
		expect(stage.all('held')).toEqual([null, 'blocked', null]);
		expect(stage.all('execution')).toEqual([0, 0, 0]);
		stage.happen({ kind: 'monitor-runs' });
		expect(stage.all('execution')).toEqual([1, 0, 0]);
	});
});
