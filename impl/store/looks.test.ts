import { expect, test } from 'vitest';
import { notedTransaction } from '../testing/noted-store.ts';
import { hostOf } from '../testing/sample-records.ts';
import { around } from './around.ts';
import { lookingBack } from './looks.ts';
import type { Transaction } from './store.ts';

const OLD = [hostOf('old')];

test('what is looked at first is what was seen before, in order, and is noted again', async () => {
	const { tx, done } = notedTransaction();
	const noted: unknown[] = [];
	const back = lookingBack(tx, [OLD, 7], noted);
	expect(await back.hosts()).toBe(OLD);
	expect(await back.queueLength()).toBe(7);
	expect(done).toEqual([]);
	expect(noted).toEqual([OLD, 7]);
});

test('what was not looked at before is looked at now', async () => {
	const { tx, done } = notedTransaction();
	const noted: unknown[] = [];
	const back = lookingBack(tx, [OLD], noted);
	await back.hosts();
	expect(await back.history('t1')).toEqual([]);
	expect(done).toEqual(['history']);
	expect(noted).toEqual([OLD, []]);
});

test.each<[keyof Transaction, (tx: Transaction) => unknown]>([
	['host', (tx) => tx.host('h1')],
	['firstReady', (tx) => tx.firstReady('h1', 0)],
	['saveHost', (tx) => tx.saveHost(hostOf('h1'))],
])('after %s all looks are new, and are noted no more', async (operation, hold) => {
	const { tx, done } = notedTransaction();
	const noted: unknown[] = [];
	const back = lookingBack(tx, [OLD, OLD], noted);
	await back.hosts();
	await hold(back);
	expect(await back.hosts()).not.toBe(OLD);
	expect(done).toEqual([operation, 'hosts']);
	expect(noted).toEqual([OLD]);
});

test('looks that are answered later are noted where they were asked', async () => {
	const { tx } = notedTransaction();
	const answers: (() => void)[] = [];
	const slow = around(tx, async (_, perform) => {
		await new Promise<void>((resolve) => answers.unshift(resolve));
		return perform();
	});
	const noted: unknown[] = [];
	const back = lookingBack(slow, [], noted);
	const both = Promise.all([back.hosts(), back.queueLength()]);
	for (const answer of answers) answer();
	expect(await both).toEqual([[], 0]);
	expect(noted).toEqual([[], 0]);
});
