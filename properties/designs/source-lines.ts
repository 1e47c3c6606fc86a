import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Design } from '../../model/vocabulary/design.ts';
import { repositoryTop } from '../../scenarios/yaml/inside.ts';

/** The package brings the files that are counted, as it brings the judges: they are named in what it writes. */
const ROOT = repositoryTop(import.meta.filename, ['package.json']);

/** A file that only some designs need, and its lines of code. */
export interface CountedFile {
	/** From the top of the repository. */
	readonly path: string;
	readonly lines: number;
}

/** Which file holds the part of a design; the one that was chosen serves where a design has none of its own. */
function fileOf(part: 'agent' | 'server', design: Design): string {
	const own = `impl/designs/${design}-${part}.ts`;
	return existsSync(join(ROOT, own)) ? own : `impl/designs/flag-${part}.ts`;
}

/** The lines of a part of the reference, or of the model, that are this design's alone. */
export function linesOf(part: 'agent' | 'server' | 'model', design: Design): CountedFile {
	const path = part === 'model' ? `model/designs/${design}.ts` : fileOf(part, design);
	return { path, lines: codeLines(readFileSync(join(ROOT, path), 'utf8')) };
}

/** Lines that are neither blank nor comment nor import. */
export const codeLines = (text: string): number =>
	text
		.replaceAll(/\/\*[\s\S]*?\*\//g, '')
		.replaceAll(/^import [\s\S]*?;$/gm, '')
		.split('\n')
		.filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
