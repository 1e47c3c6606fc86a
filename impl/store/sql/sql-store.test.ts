import { expect, test } from 'vitest';
import { hostOf } from '../../testing/sample-records.ts';
import type { Database } from './database.ts';
import { SqlStore } from './sql-store.ts';

/** A database that answers as it is told to, and notes what it is asked. */
function fakeDatabase(answer: (statement: string) => Error | null, rows: readonly unknown[] = []) {
	const asked: string[] = [];
	const texts: string[] = [];
	const released: boolean[] = [];
	const database: Database = {
		place: 'database of the test',
		connect: async () => ({
			query: async (text) => {
				const [word = ''] = text.split(' ');
				asked.push(word);
				texts.push(text);
				const error = answer(word);
				if (error !== null) throw error;
				return word === 'SELECT' ? rows : [];
			},
			release: (broken) => released.push(broken),
		}),
		migrate: async () => {},
		close: async () => {},
	};
	return { database, asked, texts, released };
}

const failure = (code: string, message = 'said the server'): Error =>
	Object.assign(new Error(message), { code, params: ['a secret'] });

test.each(['40001', '40P01'])(
	'after %s a transaction is run again, so often and no more',
	async (code) => {
		const { database, released } = fakeDatabase((word) =>
			word === 'COMMIT' ? failure(code) : null,
		);
		const pauses: number[] = [];
		const pause = async (failures: number) => void pauses.push(failures);
		const store = new SqlStore(database, { retry: { attempts: 4, pause } });
		let runs = 0;
		await expect(store.transaction(() => void runs++)).rejects.toMatchObject({
			fault: 'busy',
			message:
				'the database of the test is too busy: a transaction was given up after 4 attempts, ' +
				'the database of the test failed: said the server',
		});
		expect(runs).toBe(4);
		expect(pauses).toEqual([1, 2, 3]);
		expect(released).toEqual([false, false, false, false]);
	},
);

test('another error is not tried again, and keeps its secrets', async () => {
	const { database } = fakeDatabase((word) => (word === 'SELECT' ? failure('53100') : null));
	let runs = 0;
	const work = new SqlStore(database).transaction(async (tx) => {
		runs++;
		await tx.hosts();
	});
	const error = await work.catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		fault: 'full',
		message: 'the database of the test has no space left: said the server',
	});
	expect(JSON.stringify(error)).not.toContain('a secret');
	expect(runs).toBe(1);
});

test('work that overlooks a failed query is not committed', async () => {
	const { database, asked } = fakeDatabase((word) => (word === 'SELECT' ? failure('XX000') : null));
	const work = new SqlStore(database).transaction(async (tx) => {
		await Promise.resolve(tx.hosts()).catch(() => []);
	});
	await expect(work).rejects.toThrow('the database of the test failed');
	expect(asked).toEqual(['BEGIN', 'SELECT', 'ROLLBACK']);
});

test('a connection that breaks while committing leaves it open what became of it', async () => {
	const { database, released } = fakeDatabase((word) =>
		word === 'BEGIN' ? null : failure('ECONNRESET'),
	);
	await expect(new SqlStore(database).transaction(() => 1)).rejects.toMatchObject({
		fault: 'lost',
		message: expect.stringContaining('it may have been committed'),
	});
	expect(released).toEqual([true]);
});

test('a connection that broke while nobody used it is replaced', async () => {
	let stale = 3;
	const { database, asked, released } = fakeDatabase((word) =>
		word === 'BEGIN' && stale-- > 0 ? failure('57P01') : null,
	);
	expect(await new SqlStore(database).transaction(() => 1)).toBe(1);
	expect(asked).toEqual(['BEGIN', 'BEGIN', 'BEGIN', 'BEGIN', 'COMMIT']);
	expect(released).toEqual([true, true, true, false]);
});

test('a database that closes every connection is given up', async () => {
	const { database } = fakeDatabase(() => failure('57P01'));
	await expect(new SqlStore(database).transaction(() => 1)).rejects.toMatchObject({
		fault: 'lost',
	});
});

test('a transaction that is over answers nothing more', async () => {
	const { database } = fakeDatabase(() => null);
	const left = await new SqlStore(database).transaction((tx) => ({ tx }));
	await expect(left.tx.hosts()).rejects.toThrow('the transaction is over');
});

test('a write that fails is told, though the commit after it is answered', async () => {
	const { database, asked } = fakeDatabase((word) => (word === 'INSERT' ? failure('23514') : null));
	const work = new SqlStore(database).transaction((tx) => tx.saveHost(hostOf('h1')));
	await expect(work).rejects.toThrow('the database of the test failed: said the server');
	expect(asked).toEqual(['BEGIN', 'INSERT', 'COMMIT', 'ROLLBACK']);
});

test('nothing is written outside of a transaction that could not begin', async () => {
	const { database, asked, released } = fakeDatabase((word) =>
		word === 'BEGIN' ? failure('57014') : null,
	);
	const work = new SqlStore(database).transaction(async (tx) => {
		await tx.saveHost(hostOf('h1'));
		await tx.hosts();
	});
	await expect(work).rejects.toThrow('took too long');
	expect(asked).toEqual(['BEGIN']);
	expect(released).toEqual([true]);
});

test('a record that is held is asked for once, and what has changed of it is written once', async () => {
	const { database, asked, texts } = fakeDatabase(() => null, [hostOf('h1')]);
	await new SqlStore(database).transaction(async (tx) => {
		const host = await tx.host('h1');
		if (host === undefined) throw new Error('no host');
		await tx.saveHost({ ...host, disabled: true });
		await tx.saveHost({ ...host, secret: 'other' });
		expect(await tx.host('h1')).toEqual(hostOf('h1', { secret: 'other' }));
	});
	expect(asked).toEqual(['BEGIN', 'SELECT', 'UPDATE', 'COMMIT']);
	expect(texts[2]).toBe('UPDATE hosts SET secret = $2 WHERE id = $1');
});
