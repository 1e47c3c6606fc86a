import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DesignEntry } from '../model/catalogue/entry.ts';

/*
 * Who has written a design's entry and its two variants has registered it: these lists are made of their files. A design
 * is called as its files are: `model/catalogue/auto-retry.ts` holds `autoRetry`, `impl/designs/auto-retry-agent.ts` its agent.
 */

const ROOT = join(import.meta.dirname, '..');
const CATALOGUE = 'model/catalogue';
/** Files of the catalogue that are no entries. */
const OTHERS = ['entry.ts', 'index.ts'];

/** A design, as its files show it. */
export interface Found {
	readonly name: string;
	readonly entry: Pick<DesignEntry, 'option' | 'entrance'>;
	/** The parts of the reference that are its own; for the others the flag's serve. */
	readonly own: readonly ('agent' | 'server')[];
}

const camel = (name: string): string =>
	name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const key = (name: string): string => (name.includes('-') ? `'${name}'` : name);

/** The designs that there are, in the order of their options. */
export async function findDesigns(top = ROOT): Promise<Found[]> {
	const names = readdirSync(join(top, CATALOGUE))
		.filter((file) => !OTHERS.includes(file))
		.map((file) => file.replace(/\.ts$/, ''));
	const found = names.map(async (name): Promise<Found> => {
		const module: Record<string, DesignEntry> = await import(
			pathToFileURL(join(top, CATALOGUE, `${name}.ts`)).href
		);
		const entry = module[camel(name)];
		if (entry === undefined)
			throw new Error(`${CATALOGUE}/${name}.ts has no entry "${camel(name)}"`);
		const own = (['agent', 'server'] as const).filter((part) =>
			existsSync(join(top, 'impl/designs', `${name}-${part}.ts`)),
		);
		return { name, entry, own };
	});
	return (await Promise.all(found)).sort((a, b) => a.entry.option - b.entry.option);
}

const imports = (files: readonly string[], suffix = ''): string[] =>
	[...new Set(files)]
		.sort()
		.map((file) => `import { ${camel(file)}${suffix} } from './${file}.ts';`);

const HEAD = '/** Made of the files of the designs: `npm run schemas`. */';

/** The lists, by the file that each stands in. */
export function listDesigns(designs: readonly Found[]): Readonly<Record<string, string>> {
	const names = designs.map(({ name }) => name);
	const part = ({ name, own }: Found, which: 'agent' | 'server'): string =>
		`${own.includes(which) ? name : 'flag'}-${which}`;
	const parts = designs.flatMap((one) => [part(one, 'agent'), part(one, 'server')]);
	const byName = names.map((name) =>
		name === camel(name) ? `\t${name},` : `\t${key(name)}: ${camel(name)},`,
	);
	const file = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
	return {
		'model/vocabulary/designs-listed.ts': file([
			HEAD,
			'export const LISTED = {',
			...designs.map(
				({ name, entry: { entrance } }) =>
					`\t${key(name)}: { proof: '${entrance.proof}', forwards: ${entrance.forwards} },`,
			),
			'} as const;',
		]),
		'model/catalogue/index.ts': file([
			"import type { Design } from '../vocabulary/design.ts';",
			...imports(names.concat('entry')).map((line) =>
				line === "import { entry } from './entry.ts';"
					? "import type { DesignEntry } from './entry.ts';"
					: line,
			),
			'',
			HEAD,
			'export const DESIGNS: Readonly<Record<Design, DesignEntry>> = {',
			...byName,
			'};',
		]),
		'model/designs/designs-listed.ts': file([
			"import type { Design } from '../vocabulary/design.ts';",
			...imports(names),
			"import type { DesignVariant } from './variant.ts';",
			'',
			HEAD,
			'export const LISTED: Readonly<Record<Design, DesignVariant>> = {',
			...byName,
			'};',
		]),
		'impl/designs/designs-listed.ts': file([
			...imports(parts),
			'',
			HEAD,
			'export const LISTED = {',
			...designs.map(
				(one) =>
					`\t${key(one.name)}: { agent: ${camel(part(one, 'agent'))}, server: ${camel(part(one, 'server'))} },`,
			),
			'};',
		]),
	};
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
	for (const [file, text] of Object.entries(listDesigns(await findDesigns())))
		writeFileSync(join(ROOT, file), text);
