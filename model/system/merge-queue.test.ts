import { expect, test } from 'vitest';
import { display, ModelFixture, setupOfTasks } from './testing/model-fixture.ts';

test('when a task of the merge queue fails, those in progress are aborted and the others never run', () => {
	const setup = setupOfTasks([{}, {}, {}], {
		...display('b', 'c'),
		requester: 'github_merge_request',
	});
	const fixture = new ModelFixture(setup);
	expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
	fixture.ends('h1', 'fails');
	expect(fixture.all('aborted')).toEqual([false, true, false]);
	expect(fixture.all('held')).toEqual([null, null, 'inactive']);
	expect(fixture.asks('h1')).toBe(null);
	fixture.ends('h2', 'succeeds');
	expect(fixture.task('b').details?.description).toBe('aborted');
	expect(fixture.restarts('d', 0)).toBe('refused_merge_queue');
	fixture.happen({ kind: 'monitor-runs' });
	expect(fixture.all('execution')).toEqual([0, 0, 0]);
});

test('a success in the merge queue leaves the others alone, and so does an abort', () => {
	const setup = setupOfTasks([{}, {}, {}], { requester: 'github_merge_request' });
	const fixture = new ModelFixture(setup).runs('a', 'succeeds');
	fixture.asks('h1');
	fixture.aborts('b');
	fixture.ends('h1', 'succeeds');
	expect(fixture.all('status')).toEqual(['success', 'failed', 'undispatched']);
	expect(fixture.task('c').held).toBe(null);
});
