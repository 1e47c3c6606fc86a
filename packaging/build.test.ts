import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInto, runtimeDependencies } from './build.ts';
import { ENTRIES } from './entries.ts';

const ROOT = join(import.meta.dirname, '..');

describe('the build', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mulligan-build-'));
	let metafile: Metafile;
	beforeAll(async () => {
		metafile = await buildInto(folder);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	test('needs the dependencies of the package, each of them and no other', () => {
		const imported = Object.values(metafile.outputs)
			.flatMap(({ imports }) => imports)
			.filter(({ external, path }) => external === true && !path.startsWith('node:'))
			.map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
		expect([...new Set(imported)].sort()).toEqual(runtimeDependencies().sort());
	});

	test('holds no test, no bench, and nothing that only a checkout writes', () => {
		const strange =
			/\.test\.|\.suite\.|^bench\/|^packaging\/|^model\/machines\/diagrams|\/write-(schema|openapi)/;
		expect(Object.keys(metafile.inputs).filter((file) => strange.test(file))).toEqual([]);
	});

	test('loads commander and next to nothing else to say its version and its help', () => {
		const files = new Set<string>();
		const packages = new Set<string>();
		const follow = (file: string): void => {
			if (files.has(file)) return;
			files.add(file);
			for (const { external, kind, path } of metafile.outputs[file]?.imports ?? []) {
				if (kind !== 'import-statement') continue;
				if (external !== true) follow(path);
				else if (!path.startsWith('node:')) packages.add(path);
			}
		};
		const main = Object.keys(metafile.outputs).find((file) => /[/\\]main\.mjs$/.test(file));
		follow(main ?? '');
		expect([...packages]).toEqual(['commander']);
		const bytes = [...files].map((file) => metafile.outputs[file]?.bytes ?? 0);
		expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(20_000);
	});

	test.each(Object.entries(ENTRIES))('%s can be started in a checkout too', (name, source) => {
		expect(existsSync(join(ROOT, source))).toBe(true);
		if (name === 'index') return;
		const starter = name === 'main' ? 'cli/mulligan.mjs' : source.replace(/\.ts$/, '.mjs');
		const text = readFileSync(join(ROOT, starter), 'utf8');
		expect(text).toContain(`start.mjs'`);
		expect(text).toContain(`'./${source.split('/').at(-1)}'`);
	});
});
