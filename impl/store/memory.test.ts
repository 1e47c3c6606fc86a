import { expect, test } from 'vitest';
import { newProject } from '../server/loading.ts';
import { MemoryStore } from './memory.ts';
import type { HostRecord } from './store.ts';

const HOST: HostRecord = { id: 'h1', secret: 's', running: null, disabled: false, gone: false };

test('a transaction sees its own writes, and nobody else does before it commits', async () => {
	const store = new MemoryStore();
	await store.transaction(async (tx) => {
		await tx.saveHost(HOST);
		expect(await tx.host('h1')).toBe(HOST);
		expect(store.committedHost('h1')).toBeUndefined();
	});
	expect(store.committedHost('h1')).toBe(HOST);
});

test('a transaction that throws leaves nothing behind, in any table', async () => {
	const store = new MemoryStore();
	await store.transaction((tx) => tx.saveHost(HOST));
	const work = store.transaction(async (tx) => {
		await tx.saveHost({ ...HOST, secret: 'other' });
		await tx.saveProject(newProject({ id: 'p1', tasks: [] }, []));
		throw new Error('no');
	});
	await expect(work).rejects.toThrow('no');
	expect(store.committedHost('h1')).toBe(HOST);
	expect(store.committedProject('p1')).toBeUndefined();
	expect(await store.transaction((tx) => tx.host('h1'))).toBe(HOST);
});

test('transactions that overlap run one after another, a failed one too', async () => {
	const store = new MemoryStore();
	await store.transaction((tx) => tx.saveHost({ ...HOST, secret: '' }));
	const append = (letter: string, fails = false) =>
		store.transaction(async (tx) => {
			const secret = (await tx.host('h1'))?.secret;
			await new Promise((resolve) => setTimeout(resolve, 1));
			await tx.saveHost({ ...HOST, secret: secret + letter });
			if (fails) throw new Error(letter);
		});
	await Promise.allSettled([append('a'), append('b', true), append('c'), append('d')]);
	expect(store.committedHost('h1')?.secret).toBe('acd');
});
