import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, several } from '../testing/setups.ts';

const POLICY = { restart_system_failed: true, daily_limit: 1, execution_cap: 0 } as const;
const SUCCESS = { status: 'success', type: '' } as const;
const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3'] }];

test('a lost first execution is begun anew by the system, without budget, slot or cap; a second is not', async () => {
	const fixture = await ServerFixture.started(setupOf({}, POLICY));
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(fixture.seen()).toMatchObject({
		execution: 1,
		started_by: { by: 'system' },
		repair_pending: false,
		automatic_restarts: 0,
	});
	expect(fixture.slots()).toBe(0);
	await fixture.startOn('h1');
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(fixture.seen()).toMatchObject({ status: 'failed', execution: 1, repair_pending: false });
});

test('an aborted execution is not repaired, and none is where the policy says nothing', async () => {
	const aborted = await ServerFixture.started(setupOf({}, POLICY));
	await aborted.abort();
	const unset = await ServerFixture.started();
	for (const fixture of [aborted, unset]) {
		fixture.clock.pass(1);
		await fixture.server.monitor();
		expect(fixture.seen()).toMatchObject({ status: 'failed', execution: 0, repair_pending: false });
	}
});

test('of a display task the members that failed are repaired, once all have ended', async () => {
	const setup = setupOf({}, POLICY, { ...several({}, {}, {}), display_tasks });
	const fixture = await ServerFixture.of(setup);
	await fixture.startOn('h1', 'h2', 'h3');
	await fixture.end(SUCCESS, 'h1', 't1');
	fixture.clock.pass(1);
	await fixture.call('heartbeat', 'h2', 't2');
	await fixture.server.monitor();
	expect(fixture.seen('t3')).toMatchObject({
		status: 'failed',
		execution: 0,
		repair_pending: true,
	});
	await fixture.end({}, 'h2', 't2');
	expect(['t1', 't2', 't3'].map((id) => fixture.seen(id).execution)).toEqual([0, 1, 1]);
	expect(fixture.seen('t2').started_by).toEqual({ by: 'system' });
	expect(fixture.displays()[0]?.execution).toBe(1);
});

test('the list wins: the unit is restarted by the mark, and the repair is forgotten', async () => {
	const policy = { ...POLICY, execution_cap: 9 };
	const fixture = await ServerFixture.of(
		setupOf({}, policy, { ...several({}, {}, {}), display_tasks }),
	);
	await fixture.startOn('h1', 'h2', 'h3');
	await fixture.call('mark', 'h2', 't2');
	await fixture.end(SUCCESS, 'h1', 't1');
	fixture.clock.pass(1);
	await fixture.server.monitor();
	for (const id of ['t1', 't2', 't3'])
		expect(fixture.seen(id)).toMatchObject({
			execution: 1,
			started_by: { by: 'mark', task: 't2', execution: 0 },
			repair_pending: false,
			automatic_restarts: 1,
		});
});

test('a repair keeps a dependent waiting, and a restart by a user overtakes it', async () => {
	const tasks = several({}, {}, {}, { depends_on: ['t3'] });
	const fixture = await ServerFixture.of(setupOf({}, POLICY, { ...tasks, display_tasks }), {
		isSettled: () => false,
	});
	await fixture.startOn('h1', 'h2', 'h3');
	await fixture.end(SUCCESS, 'h1', 't1');
	await fixture.end(SUCCESS, 'h2', 't2');
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(fixture.seen('t3')).toMatchObject({ status: 'failed', repair_pending: true });
	expect(fixture.seen('t4').held).toBe('waiting');
	const again = fixture.again();
	expect(await again.restart(0, 'd')).toEqual([200, 'ok']);
	expect(again.seen('t3')).toMatchObject({ repair_pending: false, started_by: { by: 'user' } });
});
