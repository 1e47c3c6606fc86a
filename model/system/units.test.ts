import { describe, expect, test } from 'vitest';
import { display, displayed, Stage, setupOf } from './testing/stage.ts';

describe('a display task', () => {
	const two = () => new Stage(setupOf([{}, {}], display('a', 'b')));

	test('restarts as a whole when all of it has ended, by the mark of one', () => {
		const stage = two().runs('a', 'fails');
		expect(stage.all('restart_pending')).toEqual([true, false]);
		expect(stage.all('automatic_restarts')).toEqual([1, 1]);
		expect(displayed(stage)).toEqual({ id: 'd', status: 'started', execution: 0 });
		stage.runs('b', 'succeeds');
		expect(stage.all('execution')).toEqual([1, 1]);
		expect(stage.all('status')).toEqual(['undispatched', 'undispatched']);
		const startedBy = { by: 'mark', task: 'a', execution: 0 };
		expect(stage.all('started_by')).toEqual([startedBy, startedBy]);
		expect(stage.task('b').history).toMatchObject([
			{ mark: 'none', details: { status: 'success' } },
		]);
		expect(displayed(stage)).toEqual({ id: 'd', status: 'undispatched', execution: 1 });
		expect(stage.seen.quota_used).toBe(1);
	});

	test('has one budget and takes one slot, however many ask', () => {
		const stage = two().runs('a', 'fails').runs('b', 'fails');
		expect(stage.seen.quota_used).toBe(1);
		expect(stage.all('automatic_restarts')).toEqual([1, 1]);
		expect(stage.task('b').history).toMatchObject([{ mark: 'granted' }]);
		stage.runs('a', 'fails').runs('b', 'fails');
		expect(stage.all('mark')).toEqual(['refused_budget', 'refused_budget']);
		expect(stage.all('execution')).toEqual([1, 1]);
	});

	test('a further member joins although the quota is used up', () => {
		const policy = { daily_limit: 1 };
		const stage = new Stage(setupOf([{}, {}, {}], { ...display('a', 'b'), policy }));
		stage.runs('a', 'fails').runs('b', 'fails');
		expect(stage.task('b').execution).toBe(1);
		stage.runs('a', 'succeeds').runs('b', 'succeeds').runs('c', 'fails');
		expect(stage.task('c').mark).toBe('refused_quota');
	});

	test('waits for a member that was not dispatched yet', () => {
		const stage = two().runs('a', 'fails').happen({ kind: 'monitor-runs' });
		expect(stage.all('execution')).toEqual([0, 0]);
	});

	test('is not restarted if the only member on the list is aborted', () => {
		const stage = two();
		expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
		stage.marks('h1');
		expect(stage.seen.quota_used).toBe(1);
		expect(stage.aborts('a')).toBe('ok');
		expect([stage.task('a').mark, stage.seen.quota_used]).toEqual(['withdrawn', 0]);
		expect(stage.all('automatic_restarts')).toEqual([0, 0]);
		stage.deliver().ends('h2', 'succeeds');
		expect(stage.all('execution')).toEqual([0, 0]);
		expect(displayed(stage)?.status).toBe('failed');
	});

	test('is restarted by the mark of another one when the first is aborted', () => {
		const stage = two();
		expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
		stage.marks('h1').marks('h2');
		stage.aborts('a');
		expect(stage.seen.quota_used).toBe(1);
		stage.deliver();
		expect(stage.all('execution')).toEqual([1, 1]);
		expect(stage.task('a').started_by).toEqual({ by: 'mark', task: 'b', execution: 0 });
	});

	test('an abort of all reaches those in progress, and no other', () => {
		const stage = new Stage(setupOf([{}, {}, {}], display('a', 'b', 'c')));
		expect(stage.aborts('d')).toBe('refused_not_running');
		stage.asks('h1');
		stage.asks('h2');
		stage.marks('h1');
		expect(stage.aborts('d')).toBe('ok');
		expect(stage.all('aborted')).toEqual([true, true, false]);
		expect([stage.all('mark')[0], stage.seen.quota_used]).toEqual(['withdrawn', 0]);
		expect(stage.aborts('d')).toBe('ok');
		expect(stage.task('c')).toMatchObject({ status: 'undispatched', held: null });
	});

	test('a success that takes the last member off the list gives slot and budget back', () => {
		const stage = two();
		expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
		const posted = { status: 'success', should_continue: true };
		stage.happen({ kind: 'status-posted', host: 'h1', posted });
		stage.ends('h1', 'fails');
		expect(stage.task('a')).toMatchObject({ status: 'success', mark: 'granted' });
		expect([stage.seen.quota_used, stage.task('b').automatic_restarts]).toEqual([0, 0]);
		stage.ends('h2', 'fails');
		expect(stage.task('a').started_by).toEqual({ by: 'mark', task: 'b', execution: 0 });
	});

	test('is at the cap as soon as one member is', () => {
		const policy = { execution_cap: 1, max_automatic_restarts: 5 };
		const stage = new Stage(setupOf([{}, {}], { ...display('a', 'b'), policy }));
		stage.runs('a', 'fails unmarked').runs('b', 'succeeds');
		expect(stage.restarts('d', 0, true)).toBe('ok');
		expect(stage.all('execution')).toEqual([1, 0]);
		stage.runs('a', 'fails');
		expect(stage.task('a').mark).toBe('refused_cap');
		expect(stage.restarts('d', 1)).toBe('ok');
		expect(stage.all('execution')).toEqual([2, 1]);
	});

	test('a crash behind the last end leaves the restart to the monitor', () => {
		const stage = two().runs('a', 'fails');
		stage.asks('h1');
		stage.happen({ kind: 'command-ends', host: 'h1', outcome: 'succeeded' });
		stage.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(stage.all('execution')).toEqual([0, 0]);
		expect(stage.task('a').restart_pending).toBe(true);
		stage.happen({ kind: 'monitor-runs' });
		expect(stage.all('execution')).toEqual([1, 1]);
	});

	test('looks started while some have ended and some will run, and failed if one failed', () => {
		const stage = two();
		expect(displayed(stage)?.status).toBe('undispatched');
		stage.runs('a', 'succeeds');
		expect(displayed(stage)?.status).toBe('started');
		stage.asks('h1');
		expect(displayed(stage)?.status).toBe('started');
		stage.ends('h1', 'fails unmarked');
		expect(displayed(stage)?.status).toBe('failed');
	});

	test('an inactive member neither runs nor is waited for nor restarted', () => {
		const stage = new Stage(setupOf([{}, { activated: false }], display('a', 'b')));
		expect(stage.all('held')).toEqual([null, 'inactive']);
		stage.runs('a', 'fails');
		expect(stage.all('execution')).toEqual([1, 0]);
		stage.runs('a', 'succeeds');
		expect(displayed(stage)).toEqual({ id: 'd', status: 'success', execution: 1 });
		expect(stage.asks('h1')).toBe(null);
	});
});

describe('a user restarts', () => {
	const two = () => new Stage(setupOf([{}, {}], display('a', 'b')));

	test('a whole display task, by its name or that of any member, when it is settled', () => {
		const stage = two().runs('a', 'fails');
		expect(stage.restarts('a', 0)).toBe('refused_not_finished');
		expect(stage.restarts('d', 0)).toBe('refused_not_finished');
		expect(stage.restarts('b', 0)).toBe('refused_not_finished');
		stage.runs('b', 'succeeds');
		expect(stage.all('execution')).toEqual([1, 1]);
		expect(stage.restarts('a', 0)).toBe('older');
		expect(stage.restarts('d', 0)).toBe('older');
		stage.runs('a', 'fails unmarked').runs('b', 'succeeds');
		expect(stage.restarts('b', 1)).toBe('ok');
		expect(stage.all('started_by')).toEqual([{ by: 'user' }, { by: 'user' }]);
		expect(displayed(stage)?.execution).toBe(2);
	});

	test('only those that failed, and nothing if none did', () => {
		const stage = two().runs('a', 'fails unmarked').runs('b', 'succeeds');
		expect(stage.restarts('d', 0, true)).toBe('ok');
		expect(stage.all('execution')).toEqual([1, 0]);
		expect(displayed(stage)).toEqual({ id: 'd', status: 'started', execution: 1 });
		stage.runs('a', 'succeeds');
		expect(stage.restarts('d', 1, true)).toBe('nothing_failed');
		expect(stage.all('execution')).toEqual([1, 0]);
		expect(displayed(stage)?.execution).toBe(1);
		expect(stage.restarts('d', 0, true)).toBe('older');
	});

	test('and overtakes what is pending, which gives slot and budget back', () => {
		const stage = two().runs('a', 'fails');
		stage.asks('h1');
		stage.happen({ kind: 'command-ends', host: 'h1', outcome: 'succeeded' });
		stage.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(stage.restarts('d', 0)).toBe('ok');
		expect([stage.seen.quota_used, stage.task('b').automatic_restarts]).toEqual([0, 0]);
		expect(stage.task('a').history).toMatchObject([{ mark: 'granted' }]);
	});

	test('a single task as a whole, whatever is said of failures', () => {
		const stage = new Stage(setupOf([{}])).runs('a', 'succeeds');
		expect(stage.restarts('a', 0, true)).toBe('ok');
	});
});

test('a member that shows no change is the same object again, though its unit changed', () => {
	const stage = new Stage(setupOf([{}, {}], display('a', 'b')));
	const before = stage.task('b');
	stage.asks('h1');
	expect(stage.task('b')).toBe(before);
});
