import { accessSync, constants, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulationEvidence } from './simulation-evidence.ts';
import { OUT } from './write.ts';

const NAME = 'simulation.json';

/**
 * Makes the folder for the report and takes away that of an earlier run, so that what cannot be
 * written later is known before any work.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function prepareForSimulation(folder: string = OUT): void {
	mkdirSync(folder, { recursive: true });
	accessSync(folder, constants.W_OK);
	rmSync(join(folder, NAME), { force: true });
}

/**
 * Writes `simulation.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function writeSimulation(evidence: SimulationEvidence, folder: string = OUT): string {
	const path = join(folder, NAME);
	const draft = `${path}.${process.pid}.tmp`;
	const content = `${JSON.stringify(SimulationEvidence.parse(evidence), null, '\t')}\n`;
	mkdirSync(folder, { recursive: true });
	try {
		writeFileSync(draft, content);
		renameSync(draft, path);
	} finally {
		rmSync(draft, { force: true });
	}
	return path;
}
