import { accessSync, constants, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DesignsEvidence } from './design-evidence.ts';
import { Evidence } from './evidence.ts';
import { junit } from './junit.ts';
import { SimulationEvidence } from './simulation-evidence.ts';
import { summary } from './summary.ts';

/** Where reports go, seen from the folder in which mulligan is run. */
export const OUT = 'reports/out';

const NAMES: readonly string[] = [
	'evidence.json',
	'summary.md',
	'junit.xml',
	'review.html',
	'review.md',
];
/** What the trial of the designs leaves there. */
export const DESIGNS: readonly string[] = ['designs.json'];
/** What a simulation leaves there. */
export const SIMULATION: readonly string[] = ['simulation.json'];

/**
 * Makes the folder for reports, so that what cannot be written later is known before any work, and
 * takes away the reports of an earlier run, lest they be taken for those of this one.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function prepareFolder(folder: string = OUT, names = NAMES): void {
	mkdirSync(folder, { recursive: true });
	accessSync(folder, constants.W_OK);
	for (const name of names) rmSync(join(folder, name), { force: true });
}

/**
 * Writes `evidence.json`, `summary.md` and `junit.xml`, each whole or not at all. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function writeReports(evidence: Evidence, folder: string = OUT): string[] {
	const checked = Evidence.parse(evidence);
	return writeWhole(folder, [
		['evidence.json', `${JSON.stringify(checked, null, '\t')}\n`],
		['summary.md', summary(checked)],
		['junit.xml', junit(checked)],
	]);
}

/**
 * Writes `designs.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function writeDesigns(evidence: DesignsEvidence, folder: string = OUT): string[] {
	const checked = DesignsEvidence.parse(evidence);
	return writeWhole(folder, [['designs.json', `${JSON.stringify(checked, null, '\t')}\n`]]);
}

/**
 * Writes `simulation.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function writeSimulation(evidence: SimulationEvidence, folder: string = OUT): string[] {
	const checked = SimulationEvidence.parse(evidence);
	return writeWhole(folder, [['simulation.json', `${JSON.stringify(checked, null, '\t')}\n`]]);
}

/** Writes files into a folder, each whole or not at all. Returns their paths. */
export function writeWhole(
	folder: string,
	files: readonly (readonly [name: string, content: string])[],
): string[] {
	mkdirSync(folder, { recursive: true });
	const reports = files.map(([name, content]) => {
		const path = join(folder, name);
		return { path, draft: `${path}.${process.pid}.tmp`, content };
	});
	try {
		for (const { draft, content } of reports) writeFileSync(draft, content);
		for (const { path, draft } of reports) renameSync(draft, path);
	} finally {
		for (const { draft } of reports) rmSync(draft, { force: true });
	}
	return reports.map(({ path }) => path);
}
