import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Assets {
	readonly script: string;
	readonly style: string;
}

/** The script and the style of the page, each as one small text. The package brings them made: its build puts them in the place of this file. */
export async function assets(): Promise<Assets> {
	const at = (name: string): string => fileURLToPath(new URL(`client/${name}`, import.meta.url));
	const { outputFiles } = await build({
		entryPoints: [at('main.ts'), at('style.css')],
		bundle: true,
		minify: true,
		write: false,
		format: 'iife',
		target: 'es2022',
		charset: 'utf8',
		outdir: 'page',
	});
	const textOf = (end: string): string =>
		outputFiles.find(({ path }) => path.endsWith(end))?.text.trim() ?? '';
	return { script: textOf('.js'), style: textOf('.css') };
}
