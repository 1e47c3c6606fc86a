import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LONG } from './longest-first.ts';

test('each test that is to begin early is there', () => {
	const missing = LONG.filter(
		(name) => !existsSync(join(import.meta.dirname, '../..', `${name}.test.ts`)),
	);
	expect(missing).toEqual([]);
});
