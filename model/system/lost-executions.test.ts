import { describe, expect, test } from 'vitest';
import { display, displayed, ModelFixture, setupOfTasks } from './testing/model-fixture.ts';

describe('an execution that is lost with its agent', () => {
	const policy = { restart_system_failed: true } as const;
	const dies = (fixture: ModelFixture, host: string) =>
		fixture.happen(
			{ kind: 'agent-dies', host },
			{ kind: 'agent-returns', host },
			{ kind: 'hours-pass', hours: 1 },
			{ kind: 'monitor-runs' },
		);

	test('is repaired once, without budget and slot', () => {
		const fixture = new ModelFixture(
			setupOfTasks([{}], { policy: { ...policy, execution_cap: 0 } }),
		);
		fixture.asks('h1');
		dies(fixture, 'h1');
		expect(fixture.task('a')).toMatchObject({
			execution: 1,
			started_by: { by: 'system' },
			automatic_restarts: 0,
		});
		expect(fixture.seen.quota_used).toBe(0);
		fixture.asks('h1');
		dies(fixture, 'h1');
		expect(fixture.task('a')).toMatchObject({
			execution: 1,
			status: 'failed',
			repair_pending: false,
		});
	});

	test('is not repaired where the policy does not say so, or it was aborted', () => {
		for (const setup of [setupOfTasks([{}]), setupOfTasks([{}], { policy })]) {
			const fixture = new ModelFixture(setup);
			fixture.asks('h1');
			fixture.aborts('a');
			dies(fixture, 'h1');
			expect(fixture.task('a')).toMatchObject({ execution: 0, repair_pending: false });
		}
		const plain = new ModelFixture(setupOfTasks([{}]));
		plain.asks('h1');
		dies(plain, 'h1');
		expect(plain.task('a')).toMatchObject({ execution: 0, status: 'failed' });
	});

	test('waits until its display task is settled, which then restarts in part', () => {
		const fixture = new ModelFixture(
			setupOfTasks([{}, {}, { depends_on: ['b'] }], { ...display('a', 'b'), policy }),
		);
		expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
		fixture.ends('h2', 'succeeds');
		expect(fixture.task('c').held).toBe(null);
		dies(fixture, 'h1');
		expect(fixture.all('execution')).toEqual([1, 0, 0]);
		expect(displayed(fixture)?.execution).toBe(1);
	});

	test('is pending until then, and gives way to a mark', () => {
		const fixture = new ModelFixture(
			setupOfTasks([{}, {}, { depends_on: ['a'] }], { ...display('a', 'b'), policy }),
		);
		expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
		dies(fixture, 'h1');
		expect(fixture.all('repair_pending')).toEqual([true, false, false]);
		expect(fixture.task('c').held).toBe('waiting');
		fixture.ends('h2', 'fails');
		expect(fixture.all('execution')).toEqual([1, 1, 0]);
		expect(fixture.task('a').started_by).toEqual({ by: 'mark', task: 'b', execution: 0 });
		expect(fixture.task('a').repair_pending).toBe(false);
	});

	test('of a single-host group takes the whole group with it', () => {
		const groups = [{ name: 'g', tasks: ['a', 'b'], max_hosts: 1 }];
		const fixture = new ModelFixture(
			setupOfTasks([{ group: 'g' }, { group: 'g' }], { groups, policy }),
		);
		fixture.runs('a', 'succeeds').asks('h1');
		dies(fixture, 'h1');
		expect(fixture.all('execution')).toEqual([1, 1]);
	});

	test('a user restarts it before the system does', () => {
		const fixture = new ModelFixture(setupOfTasks([{}, {}], { ...display('a', 'b'), policy }));
		expect([fixture.asks('h1'), fixture.asks('h2')]).toEqual(['a', 'b']);
		dies(fixture, 'h1');
		fixture.happen({ kind: 'command-ends', host: 'h2', outcome: 'succeeded' });
		fixture.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(fixture.restarts('d', 0, true)).toBe('ok');
		expect(fixture.all('execution')).toEqual([1, 0]);
		expect(fixture.task('a')).toMatchObject({ started_by: { by: 'user' }, repair_pending: false });
		fixture.happen({ kind: 'monitor-runs' });
		expect(fixture.all('execution')).toEqual([1, 0]);
	});
});
