import { expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { notedStore } from '../testing/noted-store.ts';
import { hostOf } from '../testing/sample-records.ts';
import { HeldHandlers } from './held-handlers.ts';

const HOST = hostOf('h1');
const change = (store: Store) =>
	store.transaction(async (tx) => {
		await tx.hosts();
		await Promise.all([tx.host('h1'), tx.hosts()]);
		await tx.saveHost(HOST);
	});
const read = (store: Store) => store.transaction((tx) => tx.host('h1'));

test('a handler is held when it has looked, and before it holds anything', async () => {
	const { store, done } = notedStore();
	const handlers = new HeldHandlers();
	const answered = handlers.begin(store, change);
	expect(await handlers.at(0).stands()).toEqual({ commits: 0 });
	const scouted = ['hosts', 'host', 'hosts', 'saveHost'];
	expect(done.splice(0)).toEqual([...scouted, 'hosts']);
	expect(await handlers.at(0).goOn()).toBeNull();
	await answered;
	expect(done).toEqual(['host', 'hosts', 'saveHost']);
});

test('it is held again before its next change, however often it only reads', async () => {
	const { store } = notedStore();
	const handlers = new HeldHandlers();
	void handlers.begin(store, async (own) => {
		for (const step of [read, change, read, read, change, read]) await step(own);
	});
	expect(await handlers.at(0).stands()).toEqual({ commits: 0 });
	expect(await handlers.at(0).goOn()).toEqual({ commits: 1 });
	expect(await handlers.at(0).goOn()).toBeNull();
	expect(await handlers.at(0).goOn()).toBeNull();
});

test('one that changes nothing is held before its last look', async () => {
	const { store, done } = notedStore();
	const handlers = new HeldHandlers();
	const answered = handlers.begin(store, async (own) => {
		await read(own);
		await own.transaction((tx) => tx.hosts());
		return own.transaction(() => 'answer');
	});
	expect(await handlers.at(0).stands()).toEqual({ commits: 0 });
	expect(done).toEqual(['host', 'hosts', 'host', 'hosts']);
	expect(await handlers.at(0).goOn()).toBeNull();
	expect(await answered).toBe('answer');
});

test('what is given up ends without a change, and the next one is the first again', async () => {
	const { store, done } = notedStore();
	const handlers = new HeldHandlers();
	const given = Promise.allSettled([1, 2].map(() => handlers.begin(store, change)));
	for (const place of [0, 1]) await handlers.at(place).stands();
	done.length = 0;
	await handlers.giveUp();
	expect((await given).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(done).toEqual([]);
	void handlers.begin(store, change);
	expect(await handlers.at(0).stands()).toEqual({ commits: 0 });
});
