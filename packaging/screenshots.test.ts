import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIGEST, digestOf, IMAGES, PICTURES, pagesPictured } from './screenshots.ts';

test('the pictures in the README are of the pages as they are: else `npm run screenshots` takes them anew', async () => {
	expect(readFileSync(DIGEST, 'utf8')).toBe(digestOf(await pagesPictured()));
});

test('each picture is there, small, and shown in the README', () => {
	const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
	for (const { name } of PICTURES) {
		expect(readme).toContain(`](docs/images/${name})`);
		expect(statSync(join(IMAGES, name)).size).toBeLessThan(200_000);
	}
});
