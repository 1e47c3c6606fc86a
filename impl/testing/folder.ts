import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder of the test's own; gone when it is over. */
export function testFolder(): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mulligan-test-')));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
