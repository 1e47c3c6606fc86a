import { describe, expect, test } from 'vitest';
import { display, displayed, ModelFixture, setupOfTasks } from './testing/model-fixture.ts';

describe('a display task', () => {
	const two = () => new ModelFixture(setupOfTasks([{}, {}], display('a', 'b')));

	test('restarts as a whole when all of it has ended, by the mark of one', () => {
		const fixture = two().runs('a', 'fails');
		expect(fixture.all('restart_pending')).toEqual([true, false]);
		expect(fixture.all('automatic_restarts')).toEqual([1, 1]);
		expect(displayed(fixture)).toEqual({ id: 'd', status: 'started', execution: 0 });
		fixture.runs('b', 'succeeds');
		expect(fixture.all('execution')).toEqual([1, 1]);
		expect(fixture.all('status')).toEqual(['undispatched', 'undispatched']);
		const startedBy = { by: 'mark', task: 'a', execution: 0 };
		expect(fixture.all('started_by')).toEqual([startedBy, startedBy]);
		expect(fixture.task('b').history).toMatchObject([
			{ mark: 'none', details: { status: 'success' } },
		]);
		expect(displayed(fixture)).toEqual({ id: 'd', status: 'undispatched', execution: 1 });
		expect(fixture.seen.quota_used).toBe(1);
	});

	test('has one budget and takes one slot, however many ask', () => {
		const fixture = two().runs('a', 'fails').runs('b', 'fails');
		expect(fixture.seen.quota_used).toBe(1);
		expect(fixture.all('automatic_restarts')).toEqual([1, 1]);
		expect(fixture.task('b').history).toMatchObject([{ mark: 'granted' }]);
		fixture.runs('a', 'fails').runs('b', 'fails');
		expect(fixture.all('mark')).toEqual(['refused_budget', 'refused_budget']);
		expect(fixture.all('execution')).toEqual([1, 1]);
	});

	test('a further member joins although the quota is used up', () => {
		const policy = { daily_limit: 1 };
		const fixture = new ModelFixture(setupOfTasks([{}, {}, {}], { ...display('a', 'b'), policy }));
		fixture.runs('a', 'fails').runs('b', 'fails');
		expect(fixture.task('b').execution).toBe(1);
		fixture.runs('a', 'succeeds').runs('b', 'succeeds').runs('c', 'fails');
		expect(fixture.task('c').mark).toBe('refused_quota');
	});

	test('waits for a member that was not dispatched yet', () => {
		const fixture = two().runs('a', 'fails').happen({ kind: 'monitor-runs' });
		expect(fixture.all('execution')).toEqual([0, 0]);
	});

	test('is not restarted if the only member on the list is aborted', () => {
		const fixture = two();
		expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
		fixture.marks('h1');
		expect(fixture.seen.quota_used).toBe(1);
		expect(fixture.aborts('a')).toBe('ok');
		expect([fixture.task('a').mark, fixture.seen.quota_used]).toEqual(['withdrawn', 0]);
		expect(fixture.all('automatic_restarts')).toEqual([0, 0]);
		fixture.deliver().ends('h2', 'succeeds');
		expect(fixture.all('execution')).toEqual([0, 0]);
		expect(displayed(fixture)?.status).toBe('failed');
	});

	test('is restarted by the mark of another one when the first is aborted', () => {
		const fixture = two();
		expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
		fixture.marks('h1').marks('h2');
		fixture.aborts('a');
		expect(fixture.seen.quota_used).toBe(1);
		fixture.deliver();
		expect(fixture.all('execution')).toEqual([1, 1]);
		expect(fixture.task('a').started_by).toEqual({ by: 'mark', task: 'b', execution: 0 });
	});

	test('an abort of all reaches those in progress, and no other', () => {
		const fixture = new ModelFixture(setupOfTasks([{}, {}, {}], display('a', 'b', 'c')));
		expect(fixture.aborts('d')).toBe('refused_not_running');
		fixture.asks('h1');
		fixture.asks('h2');
		fixture.marks('h1');
		expect(fixture.aborts('d')).toBe('ok');
		expect(fixture.all('aborted')).toEqual([true, true, false]);
		expect([fixture.all('mark')[0], fixture.seen.quota_used]).toEqual(['withdrawn', 0]);
		expect(fixture.aborts('d')).toBe('ok');
		expect(fixture.task('c')).toMatchObject({ status: 'undispatched', held: null });
	});

	test('a success that takes the last member off the list gives slot and budget back', () => {
		const fixture = two();
		expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
		const posted = { status: 'success', should_continue: true };
		fixture.happen({ kind: 'status-posted', host: 'h1', posted });
		fixture.ends('h1', 'fails');
		expect(fixture.task('a')).toMatchObject({ status: 'success', mark: 'granted' });
		expect([fixture.seen.quota_used, fixture.task('b').automatic_restarts]).toEqual([0, 0]);
		fixture.ends('h2', 'fails');
		expect(fixture.task('a').started_by).toEqual({ by: 'mark', task: 'b', execution: 0 });
	});

	test('is at the cap as soon as one member is', () => {
		const policy = { execution_cap: 1, max_automatic_restarts: 5 };
		const fixture = new ModelFixture(setupOfTasks([{}, {}], { ...display('a', 'b'), policy }));
		fixture.runs('a', 'fails unmarked').runs('b', 'succeeds');
		expect(fixture.restarts('d', 0, true)).toBe('ok');
		expect(fixture.all('execution')).toEqual([1, 0]);
		fixture.runs('a', 'fails');
		expect(fixture.task('a').mark).toBe('refused_cap');
		expect(fixture.restarts('d', 1)).toBe('ok');
		expect(fixture.all('execution')).toEqual([2, 1]);
	});

	test('a crash behind the last end leaves the restart to the monitor', () => {
		const fixture = two().runs('a', 'fails');
		fixture.asks('h1');
		fixture.happen({ kind: 'command-ends', host: 'h1', outcome: 'succeeded' });
		fixture.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(fixture.all('execution')).toEqual([0, 0]);
		expect(fixture.task('a').restart_pending).toBe(true);
		fixture.happen({ kind: 'monitor-runs' });
		expect(fixture.all('execution')).toEqual([1, 1]);
	});

	test('looks started while some have ended and some will run, and failed if one failed', () => {
		const fixture = two();
		expect(displayed(fixture)?.status).toBe('undispatched');
		fixture.runs('a', 'succeeds');
		expect(displayed(fixture)?.status).toBe('started');
		fixture.asks('h1');
		expect(displayed(fixture)?.status).toBe('started');
		fixture.ends('h1', 'fails unmarked');
		expect(displayed(fixture)?.status).toBe('failed');
	});

	test('an inactive member neither runs nor is waited for nor restarted', () => {
		const fixture = new ModelFixture(setupOfTasks([{}, { activated: false }], display('a', 'b')));
		expect(fixture.all('held')).toEqual([null, 'inactive']);
		fixture.runs('a', 'fails');
		expect(fixture.all('execution')).toEqual([1, 0]);
		fixture.runs('a', 'succeeds');
		expect(displayed(fixture)).toEqual({ id: 'd', status: 'success', execution: 1 });
		expect(fixture.asks('h1')).toBe(null);
	});
});

describe('a user restarts', () => {
	const two = () => new ModelFixture(setupOfTasks([{}, {}], display('a', 'b')));

	test('a whole display task, by its name or that of any member, when it is settled', () => {
		const fixture = two().runs('a', 'fails');
		expect(fixture.restarts('a', 0)).toBe('refused_not_finished');
		expect(fixture.restarts('d', 0)).toBe('refused_not_finished');
		expect(fixture.restarts('b', 0)).toBe('refused_not_finished');
		fixture.runs('b', 'succeeds');
		expect(fixture.all('execution')).toEqual([1, 1]);
		expect(fixture.restarts('a', 0)).toBe('older');
		expect(fixture.restarts('d', 0)).toBe('older');
		fixture.runs('a', 'fails unmarked').runs('b', 'succeeds');
		expect(fixture.restarts('b', 1)).toBe('ok');
		expect(fixture.all('started_by')).toEqual([{ by: 'user' }, { by: 'user' }]);
		expect(displayed(fixture)?.execution).toBe(2);
	});

	test('only those that failed, and nothing if none did', () => {
		const fixture = two().runs('a', 'fails unmarked').runs('b', 'succeeds');
		expect(fixture.restarts('d', 0, true)).toBe('ok');
		expect(fixture.all('execution')).toEqual([1, 0]);
		expect(displayed(fixture)).toEqual({ id: 'd', status: 'started', execution: 1 });
		fixture.runs('a', 'succeeds');
		expect(fixture.restarts('d', 1, true)).toBe('nothing_failed');
		expect(fixture.all('execution')).toEqual([1, 0]);
		expect(displayed(fixture)?.execution).toBe(1);
		expect(fixture.restarts('d', 0, true)).toBe('older');
	});

	test('and overtakes what is pending, which gives slot and budget back', () => {
		const fixture = two().runs('a', 'fails');
		fixture.asks('h1');
		fixture.happen({ kind: 'command-ends', host: 'h1', outcome: 'succeeded' });
		fixture.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(fixture.restarts('d', 0)).toBe('ok');
		expect([fixture.seen.quota_used, fixture.task('b').automatic_restarts]).toEqual([0, 0]);
		expect(fixture.task('a').history).toMatchObject([{ mark: 'granted' }]);
	});

	test('a single task as a whole, whatever is said of failures', () => {
		const fixture = new ModelFixture(setupOfTasks([{}])).runs('a', 'succeeds');
		expect(fixture.restarts('a', 0, true)).toBe('ok');
	});
});

test('a member that shows no change is the same object again, though its unit changed', () => {
	const fixture = new ModelFixture(setupOfTasks([{}, {}], display('a', 'b')));
	const before = fixture.task('b');
	fixture.asks('h1');
	expect(fixture.task('b')).toBe(before);
});
