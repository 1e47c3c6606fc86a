import { describe, expect, test } from 'vitest';
import { display, displayed, Stage, setupOf } from './testing/stage.ts';

describe('an execution that is lost with its agent', () => {
	const policy = { restart_system_failed: true } as const;
	const dies = (stage: Stage, host: string) =>
		stage.happen(
			{ kind: 'agent-dies', host },
			{ kind: 'agent-returns', host },
			{ kind: 'hours-pass', hours: 1 },
			{ kind: 'monitor-runs' },
		);

	test('is repaired once, without budget and slot', () => {
		const stage = new Stage(setupOf([{}], { policy: { ...policy, execution_cap: 0 } }));
		stage.asks('h1');
		dies(stage, 'h1');
		expect(stage.task('a')).toMatchObject({
			execution: 1,
			started_by: { by: 'system' },
			automatic_restarts: 0,
		});
		expect(stage.seen.quota_used).toBe(0);
		stage.asks('h1');
		dies(stage, 'h1');
		expect(stage.task('a')).toMatchObject({
			execution: 1,
			status: 'failed',
			repair_pending: false,
		});
	});

	test('is not repaired where the policy does not say so, or it was aborted', () => {
		for (const setup of [setupOf([{}]), setupOf([{}], { policy })]) {
			const stage = new Stage(setup);
			stage.asks('h1');
			stage.aborts('a');
			dies(stage, 'h1');
			expect(stage.task('a')).toMatchObject({ execution: 0, repair_pending: false });
		}
		const plain = new Stage(setupOf([{}]));
		plain.asks('h1');
		dies(plain, 'h1');
		expect(plain.task('a')).toMatchObject({ execution: 0, status: 'failed' });
	});

	test('waits until its display task is settled, which then restarts in part', () => {
		const stage = new Stage(
			setupOf([{}, {}, { depends_on: ['b'] }], { ...display('a', 'b'), policy }),
		);
		expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
		stage.ends('h2', 'succeeds');
		expect(stage.task('c').held).toBe(null);
		dies(stage, 'h1');
		expect(stage.all('execution')).toEqual([1, 0, 0]);
		expect(displayed(stage)?.execution).toBe(1);
	});

	test('is pending until then, and gives way to a mark', () => {
		const stage = new Stage(
			setupOf([{}, {}, { depends_on: ['a'] }], { ...display('a', 'b'), policy }),
		);
		expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
		dies(stage, 'h1');
		expect(stage.all('repair_pending')).toEqual([true, false, false]);
		expect(stage.task('c').held).toBe('waiting');
		stage.ends('h2', 'fails');
		expect(stage.all('execution')).toEqual([1, 1, 0]);
		expect(stage.task('a').started_by).toEqual({ by: 'mark', task: 'b', execution: 0 });
		expect(stage.task('a').repair_pending).toBe(false);
	});

	test('of a single-host group takes the whole group with it', () => {
		const groups = [{ name: 'g', tasks: ['a', 'b'], max_hosts: 1 }];
		const stage = new Stage(setupOf([{ group: 'g' }, { group: 'g' }], { groups, policy }));
		stage.runs('a', 'succeeds').asks('h1');
		dies(stage, 'h1');
		expect(stage.all('execution')).toEqual([1, 1]);
	});

	test('a user restarts it before the system does', () => {
		const stage = new Stage(setupOf([{}, {}], { ...display('a', 'b'), policy }));
		expect([stage.asks('h1'), stage.asks('h2')]).toEqual(['a', 'b']);
		dies(stage, 'h1');
		stage.happen({ kind: 'command-ends', host: 'h2', outcome: 'succeeded' });
		stage.happen(
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
			{ kind: 'server-returns' },
		);
		expect(stage.restarts('d', 0, true)).toBe('ok');
		expect(stage.all('execution')).toEqual([1, 0]);
		expect(stage.task('a')).toMatchObject({ started_by: { by: 'user' }, repair_pending: false });
		stage.happen({ kind: 'monitor-runs' });
		expect(stage.all('execution')).toEqual([1, 0]);
	});
});
