import { MemoryStore } from './memory.ts';
import { storeSuite } from './store.suite.ts';

storeSuite('a store in memory', async () => new MemoryStore());
