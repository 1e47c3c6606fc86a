import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { built } from './built.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCRIPT = join(ROOT, 'cli/mulligan.mjs');

/** A call of npx, as it was made. */
const Call = z.object({ args: z.array(z.string()), yes: z.string().nullable() });
type Call = z.infer<typeof Call>;

/** What stands for npx: small runs in place of large ones, and what was done once is not done again. */
const NPX = `
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
const [home, ...args] = process.argv.slice(2);
const call = { args, yes: process.env.npm_config_yes ?? null };
appendFileSync(home + '/calls', JSON.stringify(call) + '\\n');
const [program, command] = args;
if (program !== 'mulligan') throw new Error('a stranger: ' + program);
const valueOf = (name) => args[args.indexOf(name) + 1];
const small = args.slice(1).map((arg, at) =>
	args[at] === '--profile' ? 'quick' : args[at] === '--stories' ? '8' : arg,
);
// What is not asked for in parts is one of as many here: its first.
if (command === 'verify' && !args.includes('--shard')) small.push('--shard', '1/4');
const output = args.includes('--output') ? valueOf('--output') : 'reports/out';
const place = process.env.JOB_COMPLETION_INDEX;
const key = small
	.filter((arg) => arg !== output)
	.join(' ')
	.replace(/--shard index/, '--shard ' + (Number(place) + 1));
const kept = home + '/' + createHash('sha256').update(key).digest('hex');
if (command === 'verify' && existsSync(kept)) {
	cpSync(kept, output, { recursive: true });
	process.exit(Number(readFileSync(kept + '.status', 'utf8')));
}
const { status } = spawnSync(process.execPath, [${JSON.stringify(SCRIPT)}, ...small], { stdio: 'inherit' });
if (command === 'verify') {
	cpSync(output, kept, { recursive: true });
	writeFileSync(kept + '.status', String(status));
}
process.exit(status ?? 70);
`;

/** What stands for GNU parallel: each line of input in turn, here instead of elsewhere. */
const PARALLEL = `
for last; do :; done
case " $* " in *" --nonall "*) exit 0 ;; esac
failed=0
while read -r line; do
	sh -c "$(printf '%s' "$last" | sed "s/{}/$line/g")" < /dev/null || failed=$((failed + 1))
done
exit $failed
`;

/** Machines that run what a file of a CI says: each job in an empty folder with a checkout, and the same tools. */
export class Runner {
	readonly #home = mkdtempSync(join(tmpdir(), 'mulligan-ci-'));
	#jobs = 0;

	constructor() {
		const tool = (name: string, script: string): void =>
			writeFileSync(join(this.#home, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
		mkdirSync(join(this.#home, 'bin'));
		writeFileSync(join(this.#home, 'npx.mjs'), NPX);
		tool('npx', `exec "${process.execPath}" "${this.#home}/npx.mjs" "${this.#home}" "$@"`);
		tool('npm', '[ "$1" = ci ]');
		tool('date', '[ "$*" = "-u +%Y%m%d" ] && echo 20261128');
		tool('parallel', PARALLEL);
	}

	/** A folder with nothing but the project file. */
	checkout(): string {
		const folder = join(this.#home, `job-${++this.#jobs}`);
		mkdirSync(join(folder, 'path/to'), { recursive: true });
		cpSync(join(ROOT, 'scenarios/projects/example.yml'), join(folder, 'path/to/evergreen.yml'));
		return folder;
	}

	/** Runs lines of a job as a runner does, and tells how they exit and what they print. */
	run(
		folder: string,
		script: string,
		env: Readonly<Record<string, string>>,
	): Promise<{ readonly status: number; readonly said: string }> {
		const path = [join(this.#home, 'bin'), process.env['PATH'] ?? ''].join(delimiter);
		return new Promise((resolve) => {
			execFile(
				'sh',
				['-e', '-c', script],
				{ cwd: folder, env: { PATH: path, HOME: folder, ...built(), ...env } },
				(error, stdout, stderr) =>
					resolve({
						status: error === null ? 0 : Number(error.code ?? 70),
						said: `${stdout}${stderr}`,
					}),
			);
		});
	}

	/** How npx was called since this was asked last. */
	calls(): Call[] {
		const file = join(this.#home, 'calls');
		const lines = readFileSync(file, 'utf8').trim().split('\n');
		rmSync(file);
		return lines.map((line) => Call.parse(JSON.parse(line)));
	}

	remove(): void {
		rmSync(this.#home, { recursive: true });
	}
}
