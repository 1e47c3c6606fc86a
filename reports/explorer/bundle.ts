import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Assets } from '../page/bundle.ts';

/** Of the languages in which schemas can speak, the page needs one. */
const oneLanguage: Plugin = {
	name: 'one language',
	setup: ({ onLoad }) =>
		onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, ({ path }) => ({
			contents: 'export { default as en } from "./en.js";',
			resolveDir: fileURLToPath(new URL('.', `file://${path}`)),
		})),
};

/** What the explorer needs: in a page of its own, and in one that has the style of the review already. */
export interface ExplorerAssets extends Assets {
	readonly own: string;
}

let made: Promise<ExplorerAssets> | undefined;

/** The script and the style of the explorer, the model in it. The package brings them made: its build puts them in the place of this file. */
export function explorerAssets(): Promise<ExplorerAssets> {
	// A second of work, which a process that writes several pages needs once.
	made ??= bundled();
	return made;
}

async function bundled(): Promise<ExplorerAssets> {
	const at = (name: string): string => fileURLToPath(new URL(`client/${name}`, import.meta.url));
	const { outputFiles } = await build({
		entryPoints: [at('main.ts'), at('style.css'), at('own.css')],
		bundle: true,
		minify: true,
		write: false,
		format: 'iife',
		target: 'es2022',
		charset: 'utf8',
		platform: 'browser',
		jsx: 'automatic',
		jsxImportSource: 'hono/jsx/dom',
		outdir: 'explorer',
		plugins: [oneLanguage],
	});
	const textOf = (end: string): string =>
		outputFiles.find(({ path }) => path.endsWith(end))?.text.trim() ?? '';
	return { script: textOf('main.js'), style: textOf('style.css'), own: textOf('own.css') };
}
