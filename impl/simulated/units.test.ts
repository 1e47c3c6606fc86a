import { expect, test } from 'vitest';
import { setupOf, several } from '../testing/setups.ts';
import { delivered, Stage } from '../testing/stage.ts';

const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];

/** t1 and t2 of the display task d run on h1 and h2; t1 was granted a mark. */
async function marked(): Promise<Stage> {
	const stage = await Stage.of(setupOf({}, {}, { ...several({}, {}), display_tasks }));
	await stage.begin('h1');
	await stage.begin('h2');
	await stage.command('failed', 'h1');
	await stage.exchange('mark');
	return stage;
}

test('the budget of a unit is seen on each member, and its display task as its members make it look', async () => {
	const stage = await marked();
	expect(stage.seen.tasks.map((task) => task.automatic_restarts)).toEqual([1, 1]);
	expect(stage.seen.tasks.map((task) => task.restart_pending)).toEqual([true, false]);
	expect(stage.seen.display_tasks).toEqual([{ id: 'd', status: 'started', execution: 0 }]);
	await stage.exchange('end');
	expect(stage.seen.display_tasks[0]?.status).toBe('started');
	await stage.command('succeeded', 'h2');
	await stage.exchange('end');
	expect(stage.seen.tasks.map((task) => task.execution)).toEqual([1, 1]);
	expect(stage.seen.display_tasks).toEqual([{ id: 'd', status: 'undispatched', execution: 1 }]);
});

test('the monitor restarts a unit whose last end was the last thing that the server did', async () => {
	const stage = await marked();
	await stage.exchange('end');
	await stage.command('succeeded', 'h2');
	const end = { leg: 'request', route: 'end' } as const;
	await stage.play({ kind: 'server-crashes', message: end, commit: 'after' });
	expect(stage.seen.tasks.map((task) => task.status)).toEqual(['failed', 'success']);
	expect(stage.seen.display_tasks[0]?.status).toBe('failed');
	await stage.play({ kind: 'server-returns' }, { kind: 'monitor-runs' });
	expect(stage.seen.tasks.map((task) => task.started_by)).toEqual([
		{ by: 'mark', task: 't1', execution: 0 },
		{ by: 'mark', task: 't1', execution: 0 },
	]);
});

test('a user restarts the failed members of a display task, or aborts it', async () => {
	const stage = await Stage.of(setupOf({}, {}, { ...several({}, {}), display_tasks }));
	await stage.begin('h1');
	await stage.begin('h2');
	await stage.play({ kind: 'user-aborts', task: 'd' });
	expect(stage.seen.answer).toEqual({ outcome: 'ok', status: 200 });
	expect(stage.seen.tasks.map((task) => task.aborted)).toEqual([true, true]);
	await stage.command('succeeded', 'h1');
	await stage.exchange('end');
	await stage.command('succeeded', 'h2');
	await stage.exchange('end');
	await stage.play({ kind: 'user-restarts', task: 'd', execution: 0, failed_only: true });
	expect(stage.seen.answer).toEqual({ outcome: 'ok', status: 200 });
	expect(stage.seen.tasks.map((task) => task.execution)).toEqual([1, 1]);
});

test('a failure in the merge queue aborts the others in the transaction of its end, crash or no crash', async () => {
	const tasks = several({}, {}, {});
	const setup = { ...tasks, hosts: ['h1', 'h2'] };
	const requester = 'github_merge_request';
	const stage = await Stage.of(setupOf({}, {}, { ...setup, requester }));
	await stage.begin('h1');
	await stage.begin('h2');
	await stage.command('failed', 'h1');
	const end = { leg: 'request', route: 'end' } as const;
	await stage.play({ kind: 'server-crashes', message: end, commit: 'after' });
	expect(stage.seen.tasks.map((task) => task.status)).toEqual([
		'failed',
		'started',
		'undispatched',
	]);
	expect(stage.seen.tasks.map((task) => task.aborted)).toEqual([false, true, false]);
	expect(stage.seen.tasks.map((task) => task.held)).toEqual([null, null, 'inactive']);
	await stage.play({ kind: 'server-returns' }, { kind: 'call-retried', host: 'h1' });
	await stage.play(delivered('request', 'end'));
	expect(stage.seen.answer).toEqual({ outcome: 'already_ended', status: 200 });
});

test('before the commit such an end has done nothing', async () => {
	const setup = { ...several({}, {}), requester: 'github_merge_request' } as const;
	const stage = await Stage.of(setupOf({}, {}, setup));
	await stage.begin('h1');
	await stage.begin('h2');
	await stage.command('failed', 'h1');
	const end = { leg: 'request', route: 'end' } as const;
	await stage.play({ kind: 'server-crashes', message: end, commit: 'before' });
	expect(stage.seen.server).toBe('down');
	expect(stage.seen.tasks.map((task) => [task.status, task.aborted])).toEqual([
		['started', false],
		['started', false],
	]);
});

test('who waits is seen to wait, and to be blocked when what it waits for failed', async () => {
	const stage = await Stage.of(setupOf({}, {}, several({}, { depends_on: ['t1'] })));
	expect(stage.task(1).held).toBe('waiting');
	await stage.begin('h1');
	await stage.command('panicked');
	await stage.play({ kind: 'call-abandoned', host: 'h1' });
	await stage.exchange('end');
	expect(stage.task(1).held).toBe('blocked');
	await stage.play({ kind: 'user-restarts', task: 't1', execution: 0 });
	expect(stage.task(1).held).toBe('waiting');
});
