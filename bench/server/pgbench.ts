import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** As many as the app server has connections. */
export const CLIENTS = 10;

/**
 * Transactions a second of a script. `round` keeps the executions of one run apart from those of others:
 * each client counts its own up.
 */
export async function pgbench(
	url: string,
	script: string,
	seconds: number,
	round: number,
): Promise<number> {
	const { hostname, port, username, password, pathname } = new URL(url);
	const folder = await mkdtemp(join(tmpdir(), 'mulligan-bench-'));
	try {
		const file = join(folder, 'cycle.sql');
		await writeFile(file, script);
		const { stdout } = await promisify(execFile)(
			'pgbench',
			[
				...['-h', hostname, '-p', port, '-U', username, '-n', '-M', 'prepared'],
				...['-c', String(CLIENTS), '-j', '2', '-T', String(seconds), '-f', file],
				...['-D', `e=${round * 10_000_000}`, pathname.slice(1)],
			],
			{ env: { ...process.env, PGPASSWORD: password } },
		);
		const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
		if (tps === undefined || !/failed transactions: 0 /.test(stdout))
			throw new Error(`pgbench failed: ${stdout}`);
		return Number(tps);
	} finally {
		await rm(folder, { recursive: true });
	}
}
