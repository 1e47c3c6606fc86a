import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Evidence } from './evidence.ts';
import { junit } from './junit.ts';
import { summary } from './summary.ts';

/** Where reports go, seen from the folder in which mulligan is run. */
export const OUT = 'reports/out';

/**
 * Writes `evidence.json`, `summary.md` and `junit.xml`, each whole or not at all. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function writeReports(evidence: Evidence, folder: string = OUT): string[] {
	const checked = Evidence.parse(evidence);
	mkdirSync(folder, { recursive: true });
	return (
		[
			['evidence.json', `${JSON.stringify(checked, null, '\t')}\n`],
			['summary.md', summary(checked)],
			['junit.xml', junit(checked)],
		] as const
	).map(([name, content]) => {
		const path = join(folder, name);
		const draft = `${path}.${process.pid}.tmp`;
		writeFileSync(draft, content);
		renameSync(draft, path);
		return path;
	});
}
