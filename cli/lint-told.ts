import { resolve } from 'node:path';
import { type BaselineEntry, entryOf } from '../scenarios/lint/baseline.ts';
import type { Finding } from '../scenarios/lint/finding.ts';
import { fingerprintsOf } from '../scenarios/lint/fingerprint.ts';
import { keyOf } from '../scenarios/lint/flags.ts';
import type { Linted } from '../scenarios/lint/lint.ts';
import { pathInRepository } from '../scenarios/yaml/inside.ts';

/** A finding as it is told; `baselined`: a baseline has it, so that it is not counted. */
export type Told = {
	readonly finding: Finding;
	readonly entry: BaselineEntry;
	readonly baselined: boolean;
};

/** A project file, and what is told of it. */
export type ToldProject = { readonly linted: Linted; readonly told: readonly Told[] };

/** Nothing says that it is to be lived with. */
export const isOpen = ({ finding, baselined }: Told): boolean =>
	!baselined && finding.silenced === undefined;

/** Looks up each finding of a project in a baseline. */
export function tell(linted: Linted, baseline: readonly BaselineEntry[]): ToldProject {
	const known = new Set(baseline.map(({ fingerprint }) => fingerprint));
	const fingerprints = fingerprintsOf(linted.findings, linted.sources, pathInRepository);
	const told = linted.findings.map((finding): Told => {
		const fingerprint = fingerprints.get(finding) ?? '';
		return {
			finding,
			entry: entryOf(finding, fingerprint, pathInRepository(finding.file)),
			baselined: finding.silenced === undefined && known.has(fingerprint),
		};
	});
	return { linted, told };
}

/** What a baseline of a project lists: all that no comment silences. */
export const openEntries = (linted: Linted): BaselineEntry[] =>
	tell(linted, [])
		.told.filter(isOpen)
		.map(({ entry }) => entry);

/** Of several projects, without what only seems to silence nothing, as it does in another of them. */
export function withoutUsed(projects: readonly Linted[]): Linted[] {
	const unused = projects.map(
		({ findings }) => new Set(findings.filter(isUnused).map((one) => keyOf(inFull(one)))),
	);
	const isRead = projects.map(
		({ sources }) => new Set([...sources.keys()].map((file) => resolve(file))),
	);
	const isUsed = (finding: Finding): boolean =>
		unused.some(
			(keys, at) => isRead[at]?.has(resolve(finding.file)) && !keys.has(keyOf(inFull(finding))),
		);
	return projects.map((one) => ({
		...one,
		findings: one.findings.filter((finding) => !isUnused(finding) || !isUsed(finding)),
	}));
}

const isUnused = ({ rule }: Finding): boolean => rule === 'unused-ignore';

const inFull = ({ file, line, column }: Finding) => ({ file: resolve(file), line, column });

/** Entries of a baseline that no finding has any more, of files that were read. */
export function goneFrom(
	baseline: readonly BaselineEntry[],
	projects: readonly ToldProject[],
): BaselineEntry[] {
	const found = new Set(projects.flatMap(({ told }) => told.map(({ entry }) => entry.fingerprint)));
	const read = new Set(
		projects.flatMap(({ linted }) => [...linted.sources.keys()].map(pathInRepository)),
	);
	return baseline.filter(({ fingerprint, file }) => read.has(file) && !found.has(fingerprint));
}
