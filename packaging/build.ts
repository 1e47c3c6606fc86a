import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { explorerAssets } from '../reports/explorer/bundle.ts';
import { assets } from '../reports/page/bundle.ts';
import { ENTRIES } from './entries.ts';

const ROOT = join(import.meta.dirname, '..');

/** The pages' scripts and styles are put into the build as they are made, so that nothing is bundled where mulligan is installed. */
const pageAssets: Plugin = {
	name: 'page assets',
	setup: ({ onLoad }) => {
		onLoad({ filter: /[/\\]reports[/\\]page[/\\]bundle\.ts$/ }, async () => ({
			contents: `export const assets = async () => (${JSON.stringify(await assets())});`,
		}));
		onLoad({ filter: /[/\\]reports[/\\]explorer[/\\]bundle\.ts$/ }, async () => ({
			contents: `export const explorerAssets = async () => (${JSON.stringify(await explorerAssets())});`,
		}));
	},
};

/**
 * Builds what is run where mulligan is installed. All of it lies in one folder: what a source finds beside
 * itself by `import.meta.url`, a thread or the migrations, the build finds beside itself.
 */
export async function buildInto(folder: string): Promise<Metafile> {
	rmSync(folder, { recursive: true, force: true });
	const { metafile } = await build({
		absWorkingDir: ROOT,
		entryPoints: ENTRIES,
		outdir: folder,
		outExtension: { '.js': '.mjs' },
		bundle: true,
		// Each command loads what it needs of what many share.
		splitting: true,
		packages: 'external',
		format: 'esm',
		platform: 'node',
		target: 'node20.19',
		charset: 'utf8',
		jsx: 'automatic',
		jsxImportSource: 'hono/jsx',
		sourcemap: true,
		metafile: true,
		plugins: [pageAssets],
	});
	cpSync(join(ROOT, 'impl/store/sql/migrations'), join(folder, 'migrations'), { recursive: true });
	return metafile;
}

/** The type declarations of what programs may use. */
export function declareInto(folder: string): void {
	const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
	const args = ['-p', join(ROOT, 'packaging'), '--outDir', folder];
	execFileSync(process.execPath, [tsc, ...args], { stdio: 'inherit' });
}

/** The package's `dependencies`. */
export const runtimeDependencies = (): string[] => {
	const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	return Object.keys(dependencies);
};
