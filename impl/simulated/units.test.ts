import { expect, test } from 'vitest';
import { setupOf, several } from '../testing/setups.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';

const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];

/** t1 and t2 of the display task d run on h1 and h2; t1 was granted a mark. */
async function marked(): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(
		setupOf({}, {}, { ...several({}, {}), display_tasks }),
	);
	await fixture.begin('h1');
	await fixture.begin('h2');
	await fixture.command('failed', 'h1');
	await fixture.exchange('mark');
	return fixture;
}

test('the budget of a unit is seen on each member, and its display task as its members make it look', async () => {
	const fixture = await marked();
	expect(fixture.seen.tasks.map((task) => task.automatic_restarts)).toEqual([1, 1]);
	expect(fixture.seen.tasks.map((task) => task.restart_pending)).toEqual([true, false]);
	expect(fixture.seen.display_tasks).toEqual([{ id: 'd', status: 'started', execution: 0 }]);
	await fixture.exchange('end');
	expect(fixture.seen.display_tasks[0]?.status).toBe('started');
	await fixture.command('succeeded', 'h2');
	await fixture.exchange('end');
	expect(fixture.seen.tasks.map((task) => task.execution)).toEqual([1, 1]);
	expect(fixture.seen.display_tasks).toEqual([{ id: 'd', status: 'undispatched', execution: 1 }]);
});

test('the monitor restarts a unit whose last end was the last thing that the server did', async () => {
	const fixture = await marked();
	await fixture.exchange('end');
	await fixture.command('succeeded', 'h2');
	const end = { leg: 'request', route: 'end' } as const;
	await fixture.play({ kind: 'server-crashes', message: end, commit: 'after' });
	expect(fixture.seen.tasks.map((task) => task.status)).toEqual(['failed', 'success']);
	expect(fixture.seen.display_tasks[0]?.status).toBe('started');
	await fixture.play({ kind: 'server-returns' }, { kind: 'monitor-runs' });
	expect(fixture.seen.tasks.map((task) => task.started_by)).toEqual([
		{ by: 'mark', task: 't1', execution: 0 },
		{ by: 'mark', task: 't1', execution: 0 },
	]);
});

test('a user restarts the failed members of a display task, or aborts it', async () => {
	const fixture = await SimulationFixture.of(
		setupOf({}, {}, { ...several({}, {}), display_tasks }),
	);
	await fixture.begin('h1');
	await fixture.begin('h2');
	await fixture.play({ kind: 'user-aborts', task: 'd' });
	expect(fixture.seen.answer).toEqual({ outcome: 'ok', status: 200 });
	expect(fixture.seen.tasks.map((task) => task.aborted)).toEqual([true, true]);
	await fixture.command('succeeded', 'h1');
	await fixture.exchange('end');
	await fixture.command('succeeded', 'h2');
	await fixture.exchange('end');
	await fixture.play({ kind: 'user-restarts', task: 'd', execution: 0, failed_only: true });
	expect(fixture.seen.answer).toEqual({ outcome: 'ok', status: 200 });
	expect(fixture.seen.tasks.map((task) => task.execution)).toEqual([1, 1]);
});

test('a failure in the merge queue aborts the others in the transaction of its end, crash or no crash', async () => {
	const tasks = several({}, {}, {});
	const setup = { ...tasks, hosts: ['h1', 'h2'] };
	const requester = 'github_merge_request';
	const fixture = await SimulationFixture.of(setupOf({}, {}, { ...setup, requester }));
	await fixture.begin('h1');
	await fixture.begin('h2');
	await fixture.command('failed', 'h1');
	const end = { leg: 'request', route: 'end' } as const;
	await fixture.play({ kind: 'server-crashes', message: end, commit: 'after' });
	expect(fixture.seen.tasks.map((task) => task.status)).toEqual([
		'failed',
		'started',
		'undispatched',
	]);
	expect(fixture.seen.tasks.map((task) => task.aborted)).toEqual([false, true, false]);
	expect(fixture.seen.tasks.map((task) => task.held)).toEqual([null, null, 'inactive']);
	await fixture.play({ kind: 'server-returns' }, { kind: 'call-retried', host: 'h1' });
	await fixture.play(delivered('request', 'end'));
	expect(fixture.seen.answer).toEqual({ outcome: 'already_ended', status: 200 });
});

test('before the commit such an end has done nothing', async () => {
	const setup = { ...several({}, {}), requester: 'github_merge_request' } as const;
	const fixture = await SimulationFixture.of(setupOf({}, {}, setup));
	await fixture.begin('h1');
	await fixture.begin('h2');
	await fixture.command('failed', 'h1');
	const end = { leg: 'request', route: 'end' } as const;
	await fixture.play({ kind: 'server-crashes', message: end, commit: 'before' });
	expect(fixture.seen.server).toBe('down');
	expect(fixture.seen.tasks.map((task) => [task.status, task.aborted])).toEqual([
		['started', false],
		['started', false],
	]);
});

test('who waits is seen to wait, and to be blocked when what it waits for failed', async () => {
	const fixture = await SimulationFixture.of(setupOf({}, {}, several({}, { depends_on: ['t1'] })));
	expect(fixture.task(1).held).toBe('waiting');
	await fixture.begin('h1');
	await fixture.command('panicked');
	await fixture.play({ kind: 'call-abandoned', host: 'h1' });
	await fixture.exchange('end');
	expect(fixture.task(1).held).toBe('blocked');
	await fixture.play({ kind: 'user-restarts', task: 't1', execution: 0 });
	expect(fixture.task(1).held).toBe('waiting');
});
