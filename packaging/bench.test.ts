import { pino } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { UNLIMITED } from '../bench/server/policy.ts';
import { populate } from '../bench/server/population.ts';
import { createHttpApp } from '../impl/http/app.ts';
import { systemClock, systemRandomness } from '../impl/http/system-ports.ts';
import { MemoryStore } from '../impl/store/memory.ts';

/** More cycles than any policy allows restarts. */
const CYCLES = 20;

const Task = z.object({ task_id: z.string(), task_secret: z.string() });

test('what the bench of the app server asks in a cycle is granted, however often', async () => {
	const store = new MemoryStore();
	await populate(store, 1);
	const secret = await store.transaction(async (tx) => (await tx.host('h0'))?.secret ?? '');
	const app = createHttpApp({
		...{ store, ...UNLIMITED, clock: systemClock(), randomness: systemRandomness },
		log: pino({ level: 'silent' }),
	});
	const host = { 'Host-Id': 'h0', 'Host-Secret': secret, 'Content-Type': 'application/json' };
	const ask = (path: string, init: RequestInit) =>
		app.fetch(new Request(`http://localhost/rest/v2/${path}`, init));
	for (let cycle = 0; cycle < CYCLES; cycle++) {
		const next = await ask('hosts/h0/agent/next_task', { headers: host });
		const { task_id, task_secret } = Task.parse(await next.json());
		expect({ cycle, task_id }).toEqual({ cycle, task_id: 't0' });
		const headers = { ...host, 'Task-Id': task_id, 'Task-Secret': task_secret };
		const body = JSON.stringify({
			...{ status: 'failed', type: 'test', desc: '', timed_out: false, timeout_type: '' },
		});
		const answers = [
			await ask('task/t0/restart', { method: 'POST', headers }),
			await ask('hosts/h0/task/t0/end', { method: 'POST', headers, body }),
		];
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	}
});
