import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Policy } from '../../model/vocabulary/setup.ts';
import { load } from '../server/loading.ts';
import { MemoryStore } from '../store/memory.ts';
import { PROJECT } from '../testing/http-fixture.ts';
import { setupOf } from '../testing/setups.ts';
import { type ServeOptions, serve } from './serve.ts';
import { systemRandomness } from './system-ports.ts';

const optionsOf = (store: MemoryStore): ServeOptions => ({
	store,
	policy: Policy.parse({}),
	host: '127.0.0.1',
	port: 0,
	monitor_every_s: 0.02,
	log: pino({ level: 'silent' }),
});

test('the admin key is given on the first start only, and stays good', async () => {
	const store = new MemoryStore();
	const first = await serve(optionsOf(store));
	const { adminKey } = first;
	if (adminKey === null) throw new Error('no key');
	expect(adminKey).toMatch(/^[\w-]{43}$/);
	await first.close();
	const second = await serve(optionsOf(store));
	expect(second.adminKey).toBeNull();
	const put = (key: string) =>
		fetch(`${second.url}/rest/v2/admin/projects/p1`, {
			method: 'PUT',
			headers: { 'Api-User': 'admin', 'Api-Key': key },
			body: JSON.stringify(PROJECT),
		});
	expect((await put(adminKey)).status).toBe(200);
	expect((await put('wrong')).status).toBe(401);
	expect(JSON.stringify(await store.transaction((tx) => tx.user('admin')))).not.toContain(adminKey);
	await second.close();
});

test('a port in use is an error, not a crash', async () => {
	const first = await serve(optionsOf(new MemoryStore()));
	const port = Number(new URL(first.url).port);
	await expect(serve({ ...optionsOf(new MemoryStore()), port })).rejects.toThrow('EADDRINUSE');
	await first.close();
});

test('a restart that a crash left open is made good when the server comes back', async () => {
	const store = new MemoryStore();
	await load(store, setupOf(), systemRandomness);
	await store.transaction(async (tx) => {
		const task = await tx.task('t1');
		if (task === undefined) throw new Error('no task');
		// What is left when the server dies between the end and the restart.
		await tx.saveTask({
			...task,
			status: 'failed',
			host: 'h1',
			mark: 'granted',
			restart_pending: true,
			automatic_restarts: 1,
			dispatched_at_ms: 1,
			ended_at_ms: 2,
			details: { status: 'failed', type: 'test', description: '', timed_out: null },
		});
	});
	const [one, other] = await Promise.all([serve(optionsOf(store)), serve(optionsOf(store))]);
	await expect.poll(() => store.committedTask('t1')?.execution).toBe(1);
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(store.committedTask('t1')).toMatchObject({ execution: 1, started_by: { by: 'mark' } });
	await Promise.all([one.close(), other.close()]);
});

test('the policy of the first start is kept, and whoever starts with another is told', async () => {
	const store = new MemoryStore();
	const said: string[] = [];
	const log = pino({ level: 'warn' }, { write: (line) => void said.push(line) });
	const start = async (daily_limit: number) => {
		const policy = Policy.parse({ daily_limit });
		await (await serve({ ...optionsOf(store), policy, log })).close();
	};
	await start(7);
	await start(7);
	expect(said).toEqual([]);
	await start(8);
	expect(said).toEqual([expect.stringContaining('the policy that the store keeps counts')]);
	expect(store.committedPolicy()?.heeded.daily_limit).toBe(7);
});
