import { describe, expect, test } from 'vitest';
import { display, ModelFixture, setupOfTasks } from './testing/model-fixture.ts';

describe('dependents', () => {
	const pair = (more: object = {}) =>
		new ModelFixture(setupOfTasks([{}, { depends_on: ['a'] }], more));

	test('wait for a success, and are blocked by a failure', () => {
		const fixture = pair();
		expect(fixture.all('held')).toEqual([null, 'waiting']);
		fixture.asks('h1');
		expect(fixture.asks('h2')).toBe(null);
		fixture.ends('h1', 'fails unmarked');
		expect(fixture.task('b').held).toBe('blocked');
		expect(fixture.restarts('a', 0)).toBe('ok');
		expect(fixture.task('b').held).toBe('waiting');
		fixture.runs('a', 'succeeds');
		expect(fixture.task('b').held).toBe(null);
		fixture.runs('b', 'succeeds');
	});

	test('see nothing final of a task that is about to restart', () => {
		const fixture = pair();
		fixture.asks('h1');
		fixture.marks('h1');
		fixture.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(fixture.all('status')).toEqual(['failed', 'undispatched']);
		expect(fixture.task('b').held).toBe('waiting');
		fixture.happen({ kind: 'monitor-runs' });
		expect([fixture.task('a').execution, fixture.task('b').held]).toEqual([1, 'waiting']);
	});

	test('see nothing final of a member of a unit that is about to restart, though it succeeded', () => {
		const setup = setupOfTasks([{}, {}, { depends_on: ['a'] }], display('a', 'b'));
		const fixture = new ModelFixture(setup).runs('a', 'succeeds');
		expect(fixture.task('c').held).toBe(null);
		fixture.asks('h2');
		fixture.marks('h2');
		expect(fixture.task('c').held).toBe('waiting');
		fixture.aborts('b');
		expect(fixture.task('c').held).toBe(null);
	});

	test('of what will never run are blocked, and theirs too', () => {
		const setup = setupOfTasks([
			{ depends_on: ['c'] },
			{ depends_on: ['a'] },
			{ activated: false },
		]);
		expect(new ModelFixture(setup).all('held')).toEqual(['blocked', 'blocked', 'inactive']);
	});

	/** b waits for the failure of a, c for any end of a, and d for any end of b. */
	const anyhow = (more: object = {}) =>
		new ModelFixture(
			setupOfTasks(
				[
					{},
					{ depends_on: [{ name: 'a', status: 'failed' }] },
					{ depends_on: [{ name: 'a', status: '*' }] },
					{ depends_on: [{ name: 'b', status: '*' }] },
				],
				more,
			),
		);

	test('that wait for a failure are released by it and blocked by a success; any end releases, and so does being blocked', () => {
		const fixture = anyhow().runs('a', 'fails unmarked');
		expect(fixture.all('held')).toEqual([null, null, null, 'waiting']);
		expect(fixture.restarts('a', 0)).toBe('ok');
		expect(fixture.all('held')).toEqual([null, 'waiting', 'waiting', 'waiting']);
		fixture.runs('a', 'succeeds');
		expect(fixture.all('held')).toEqual([null, 'blocked', null, null]);
	});

	test('that wait for a failure or any end see none of a task that is about to restart', () => {
		const fixture = anyhow();
		fixture.asks('h1');
		fixture.marks('h1');
		fixture.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(fixture.all('status')).toEqual(['failed', ...Array(3).fill('undispatched')]);
		expect(fixture.all('held')).toEqual([null, 'waiting', 'waiting', 'waiting']);
	});

	test('that wait for any end of what nobody has scheduled are blocked', () => {
		const setup = setupOfTasks([
			{ activated: false },
			{ depends_on: [{ name: 'a', status: '*' }] },
			{ depends_on: [{ name: 'b', status: '*' }] },
		]);
		expect(new ModelFixture(setup).all('held')).toEqual(['inactive', 'blocked', null]);
	});

	test('within a unit are released by a failure at once, and the restart waits for them', () => {
		const setup = setupOfTasks(
			[{}, { depends_on: [{ name: 'a', status: 'failed' }] }],
			display('a', 'b'),
		);
		const fixture = new ModelFixture(setup).runs('a', 'fails');
		expect(fixture.all('held')).toEqual([null, null]);
		expect(fixture.all('execution')).toEqual([0, 0]);
		fixture.runs('b', 'succeeds');
		expect(fixture.all('execution')).toEqual([1, 1]);
		expect(fixture.all('held')).toEqual([null, 'waiting']);
	});

	test('that were dispatched go on', () => {
		const fixture = pair().runs('a', 'succeeds');
		fixture.asks('h2');
		expect(fixture.restarts('a', 0)).toBe('ok');
		expect(fixture.task('b')).toMatchObject({ status: 'started', held: null });
	});

	test('within a unit are blocked at once, and the restart does not wait for them', () => {
		const setup = setupOfTasks([{}, { depends_on: ['a'] }], display('a', 'b'));
		const fixture = new ModelFixture(setup).runs('a', 'fails');
		expect(fixture.all('execution')).toEqual([1, 0]);
		expect(fixture.task('b')).toMatchObject({ held: 'waiting', started_by: { by: 'schedule' } });
	});

	test('a unit that settles because another one failed is left to the monitor', () => {
		const setup = setupOfTasks([{}, { depends_on: ['c'] }, {}], display('a', 'b'));
		const fixture = new ModelFixture(setup).runs('a', 'fails').runs('c', 'fails unmarked');
		expect(fixture.all('held')).toEqual([null, 'blocked', null]);
		expect(fixture.all('execution')).toEqual([0, 0, 0]);
		fixture.happen({ kind: 'monitor-runs' });
		expect(fixture.all('execution')).toEqual([1, 0, 0]);
	});
});
