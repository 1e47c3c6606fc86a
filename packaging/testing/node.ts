import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Another version of Node, put into a folder: the program alone of the package that the npm package `node`
 * chooses for this machine. Null when the registry does not give it.
 */
export async function nodeOf(major: number, folder: string): Promise<string | null> {
	const name = `node-${process.platform}-${process.arch}@${major}`;
	try {
		const { stdout } = await run('npm', ['pack', '--silent', name], { cwd: folder });
		await run('tar', ['xzf', stdout.trim(), 'package/bin/node'], { cwd: folder });
	} catch {
		return null;
	}
	const program = join(folder, 'package/bin/node');
	return existsSync(program) ? program : null;
}
