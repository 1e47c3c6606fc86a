import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './checker/measured.ts';

const ROOT = join(import.meta.dirname, '..');
const ROUNDS = 9;
const STORY = 'a-transient-clone-failure-is-retried-once';
/** Most of what `node -e 0` takes, for the version and the help of the package. */
const GOAL_RATIO = 4;
/** Most processor time of a replay from the package, and of the version and the help in a checkout. */
const GOAL_S = 1;

interface Measured {
	readonly name: string;
	readonly args: readonly string[];
	/** What it may take; null for none. */
	readonly most: { readonly ratio: number } | { readonly seconds: number } | null;
}

/** How long commands take until they have said what they say, beside Node that does nothing, in the same run. */
export async function start(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'mulligan-bench-'));
	try {
		const built = packageIn(folder);
		const inPlace = join(ROOT, 'cli/mulligan.mjs');
		const commands: readonly Measured[] = [
			{ name: 'package, --version', args: [built, '--version'], most: { ratio: GOAL_RATIO } },
			{ name: 'package, --help', args: [built, '--help'], most: { ratio: GOAL_RATIO } },
			{ name: 'package, replay --help', args: [built, 'replay', '--help'], most: null },
			{ name: 'package, replay', args: [built, 'replay', STORY], most: { seconds: GOAL_S } },
			{ name: 'checkout, --version', args: [inPlace, '--version'], most: { seconds: GOAL_S } },
			{ name: 'checkout, --help', args: [inPlace, '--help'], most: { seconds: GOAL_S } },
			{ name: 'checkout, replay', args: [inPlace, 'replay', STORY], most: null },
		];
		print(measured([{ name: 'node -e 0', args: ['-e', '0'], most: null }, ...commands], folder));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The package as it is installed, without asking a registry: its dependencies are those of the checkout. */
function packageIn(folder: string): string {
	const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const tarball = packed.trim().split('\n').at(-1) ?? '';
	execFileSync('tar', ['xzf', join(folder, tarball), '-C', folder]);
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	return join(folder, 'package/cli/mulligan.mjs');
}

/** Processor seconds of each, once a round, so that a busy minute falls on all. */
function measured(commands: readonly Measured[], folder: string): Map<Measured, number[]> {
	const cwd = join(folder, 'empty');
	mkdirSync(cwd);
	const seconds = new Map<Measured, number[]>(commands.map((command) => [command, []]));
	for (let round = 0; round < ROUNDS; round++)
		for (const [{ args }, taken] of seconds) taken.push(processorSeconds(args, cwd));
	return seconds;
}

const SCRIPT = `TIMEFORMAT='%U %S'; time "$@" > /dev/null 2>&1`;

function processorSeconds(args: readonly string[], cwd: string): number {
	const { stderr, status } = spawnSync('bash', ['-c', SCRIPT, 'bash', process.execPath, ...args], {
		cwd,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`${args.join(' ')}: ended with ${status}`);
	return stderr
		.trim()
		.split(' ')
		.reduce((sum, one) => sum + Number(one), 0);
}

function print(seconds: Map<Measured, number[]>): void {
	const [nothing = 0] = [...seconds.values()].map(median);
	console.log(`start: processor time, median of ${ROUNDS} rounds, beside node -e 0`);
	for (const [{ name, most }, taken] of seconds) {
		const middle = median(taken);
		const ratio = middle / nothing;
		const goal =
			most === null
				? ''
				: 'ratio' in most
					? `  goal: at most ${most.ratio} x: ${ratio <= most.ratio ? 'reached' : 'missed'}`
					: `  goal: under ${most.seconds} s: ${middle < most.seconds ? 'reached' : 'missed'}`;
		console.log(
			`${name.padEnd(24)} ${middle.toFixed(3).padStart(6)} s  ${ratio.toFixed(1).padStart(5)} x${goal}`,
		);
	}
}
