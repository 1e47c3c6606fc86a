import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildInto } from '../build.ts';

/** Beside the sources as `dist/` is, so that all that comes along is found; one for each run of the tests. */
const FOLDER = join(import.meta.dirname, '../..', `.built-${process.pid}`);

/** Builds the sources once for all processes that the tests start, and again when a test is to run again. */
export default async function setup(project: TestProject): Promise<() => void> {
	const build = async (): Promise<void> => void (await buildInto(FOLDER));
	await build();
	project.onTestsRerun(build);
	process.env['MULLIGAN_BUILT'] = FOLDER;
	return () => rmSync(FOLDER, { recursive: true });
}
