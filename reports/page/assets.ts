import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Assets {
	readonly script: string;
	readonly style: string;
}

/** The script and the style of the page, each as one small text. */
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

const hash = (text: string): string =>
	`'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing may be loaded, sent or run but this very script and style. */
export const policyOf = ({ script, style }: Assets): string =>
	[
		"default-src 'none'",
		`script-src ${hash(script)}`,
		`style-src ${hash(style)}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
