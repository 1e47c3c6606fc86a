import type { Imported, ReadProject } from '../import/import.ts';
import type { Warning } from '../import/warning.ts';
import type { WrittenProject } from '../import/written.ts';
import { type Flagged, flaggedOf } from './flagged.ts';
import { keyOf } from './flags.ts';
import { type Instance, instancesOf } from './instances.ts';
import { UNDEFINED } from './names.ts';
import { nearNames } from './near-names.ts';
import { type Use, usesOf } from './uses.ts';

/** A project as rules see it: its files each for itself, all of them as one, and what runs of them. */
export type LintedProject = ReadProject & {
	/** What was told while it was read. */
	readonly told: readonly Warning[];
	/** `part`: it is no project without the file that includes it. `open`: something that it includes was not read. */
	readonly extent: 'whole' | 'part' | 'open';
	readonly instances: readonly Instance[];
	readonly uses: readonly Use[];
	readonly flagged: readonly Flagged[];
	/** Flags that work somewhere, by the key of their place: two commands may share one. */
	readonly working: ReadonlySet<string>;
};

export function lintedProject({ read, warnings }: Imported): LintedProject {
	const extent = extentOf(read.whole, warnings);
	const instances = instancesOf(read);
	const uses = usesOf(read, instances, extent === 'whole');
	return {
		...read,
		told: warnings,
		extent,
		instances,
		uses,
		flagged: flaggedOf(read.whole, uses),
		working: new Set(uses.filter(({ idle }) => idle === null).map(({ flag }) => keyOf(flag))),
	};
}

/** Up to so many names that nothing defines are taken for mistakes; more, for names of other files. */
const MISTAKES = 3;

function extentOf(whole: WrittenProject, told: readonly Warning[]): LintedProject['extent'] {
	if (told.some(({ rule }) => rule === 'missing-include' || rule === 'module-include'))
		return 'open';
	const { tasks, groups, variants, matrices } = whole;
	if (variants.length + matrices.length === 0 || tasks.length + groups.length === 0) return 'part';
	const unknown = [
		...new Set(
			told.flatMap(({ rule, name, message }) => (UNDEFINED.has(rule) ? [name ?? message] : [])),
		),
	];
	if (unknown.length <= MISTAKES) return 'whole';
	return unknown.length > SLIPS || withoutSlips(whole, unknown).length > MISTAKES
		? 'part'
		: 'whole';
}

/** Of more than so many nobody asks which are slips. */
const SLIPS = 20;

/** Those names that are like none that is defined. */
function withoutSlips(
	{ functions, tasks, groups, variants }: WrittenProject,
	unknown: readonly string[],
): string[] {
	const known = [
		...[...functions, ...tasks, ...groups, ...variants].map(({ name }) => name),
		...[...tasks, ...groups, ...variants].flatMap(({ tags }) => tags.map((tag) => `.${tag}`)),
	];
	const names = [...new Set(known)];
	return unknown.filter((name) => nearNames(name, names).length === 0);
}
