import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { main } from '../main.ts';

/** What each test of a file finds when it begins. */
export interface Surroundings {
	/** An empty folder, which is removed when the test is over. */
	readonly folder: string;
	/** What was said since, one text for each time; it is not shown. */
	readonly stdout: string[];
	readonly stderr: string[];
}

/** Gives each test of a file a folder of its own, and keeps all that is said. */
export function surroundEachTest(): Surroundings {
	const folder = join(tmpdir(), `mulligan-${randomUUID()}`);
	const stdout: string[] = [];
	const stderr: string[] = [];
	beforeEach(() => {
		mkdirSync(folder);
		stdout.length = 0;
		stderr.length = 0;
		const into =
			(texts: string[]) =>
			(...said: readonly unknown[]): boolean =>
				texts.push(said.join(' ')) > 0;
		const written = (texts: string[]) => (text: unknown) => into(texts)(text);
		vi.spyOn(console, 'log').mockImplementation(into(stdout));
		vi.spyOn(console, 'error').mockImplementation(into(stderr));
		vi.spyOn(process.stdout, 'write').mockImplementation(written(stdout));
		vi.spyOn(process.stderr, 'write').mockImplementation(written(stderr));
	});
	afterEach(() => {
		vi.restoreAllMocks();
		rmSync(folder, { recursive: true });
	});
	return { folder, stdout, stderr };
}

/** Calls the command line in this process and tells with which status it would exit. */
export async function exitStatus(...[args, tools]: Parameters<typeof main>): Promise<unknown> {
	const before = process.exitCode;
	process.exitCode = undefined;
	try {
		await main(args, tools);
		return process.exitCode ?? 0;
	} finally {
		process.exitCode = before;
	}
}
