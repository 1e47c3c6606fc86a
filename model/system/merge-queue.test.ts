import { expect, test } from 'vitest';
import { display, Stage, setupOf } from './testing/stage.ts';

test('when a task of the merge queue fails, those in progress are aborted and the others never run', () => {
	const setup = setupOf([{}, {}, {}], { ...display('b', 'c'), requester: 'github_merge_request' });
	const stage = new Stage(setup);
	expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
	stage.ends('h1', 'fails');
	expect(stage.all('aborted')).toEqual([false, true, false]);
	expect(stage.all('held')).toEqual([null, null, 'inactive']);
	expect(stage.asks('h1')).toBe(null);
	stage.ends('h2', 'succeeds');
	expect(stage.task('b').details?.description).toBe('aborted');
	expect(stage.restarts('d', 0)).toBe('refused_merge_queue');
	stage.happen({ kind: 'monitor-runs' });
	expect(stage.all('execution')).toEqual([0, 0, 0]);
});

test('a success in the merge queue leaves the others alone, and so does an abort', () => {
	const setup = setupOf([{}, {}, {}], { requester: 'github_merge_request' });
	const stage = new Stage(setup).runs('a', 'succeeds');
	stage.asks('h1');
	stage.aborts('b');
	stage.ends('h1', 'succeeds');
	expect(stage.all('status')).toEqual(['success', 'failed', 'undispatched']);
	expect(stage.task('c').held).toBe(null);
});
