import { afterAll, beforeAll } from 'vitest';
import { emptied } from '../../testing/emptied.ts';
import { storeSuite } from '../store.suite.ts';
import { openPglite } from './pglite.ts';
import type { SqlStore } from './sql-store.ts';

let store: SqlStore;

beforeAll(async () => {
	store = await openPglite();
}, 60_000);
afterAll(() => store.close());

storeSuite('a store in an embedded PostgreSQL', () => emptied(store));
