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

/** The script and the style of the explorer, the model in it. The package brings them made: its build puts them in the place of this file. */
export async function explorerAssets(): Promise<Assets> {
	const at = (name: string): string => fileURLToPath(new URL(`client/${name}`, import.meta.url));
	const { outputFiles } = await build({
		entryPoints: [at('main.ts'), at('style.css')],
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
	return { script: textOf('.js'), style: textOf('.css') };
}
