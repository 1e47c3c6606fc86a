import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPIN_FLAGS } from '../to-promela.ts';

/** What a run of SPIN came to. */
export interface SpinRun {
	readonly states: number;
	/** Steps taken. SPIN's own figure also counts the way into the first state. */
	readonly transitions: number;
	readonly errors: number;
	/** Whether the whole graph was searched; else it ended with the first error. */
	readonly complete: boolean;
	/** Processor time from start to end, in hundredths. */
	readonly seconds: number;
	/** Bytes of a state while it is explored, and as it is stored with what SPIN keeps of it. */
	readonly vectorBytes: number;
	readonly storedBytes: number;
}

/** How a verifier runs. */
export interface SpinOptions {
	/** States that are expected; the hash table gets more slots than that. */
	readonly states: number;
	/** Longest path that is searched. */
	readonly depth?: number;
	/** Whether to go on after an error, and count them all. */
	readonly goOn?: boolean;
	readonly timeout_ms?: number;
}

const DEPTH = 1_000_000;
const TIMEOUT_MS = 600_000;
/** Most megabytes: SPIN's own limit is 1024. */
const MEMORY_MB = 8192;

const missing = Object.entries({ spin: '-V', gcc: '--version', sh: '-c :' })
	.filter(([program, ask]) => spawnSync(program, ask.split(' ')).status !== 0)
	.map(([program]) => `${program} is not installed`);

/** Null, or why SPIN cannot run here. */
export const spinIsMissing: string | null = missing.length === 0 ? null : missing.join(', ');

/** The verifier that SPIN makes of a model, compiled, in a folder of its own. */
export class Verifier {
	readonly #folder = mkdtempSync(join(tmpdir(), 'mulligan-spin-'));

	/** @throws Error with what SPIN or the compiler said. */
	constructor(model: string, flags = SPIN_FLAGS) {
		writeFileSync(join(this.#folder, 'model.pml'), model);
		this.#run('spin', ['-a', 'model.pml']);
		this.#run('gcc', [...flags, `-DMEMLIM=${MEMORY_MB}`, '-w', '-o', 'pan', 'pan.c']);
	}

	/** @throws RangeError if the search was cut short, or its report cannot be read. */
	verify({ states, depth = DEPTH, goOn = false, timeout_ms = TIMEOUT_MS }: SpinOptions): SpinRun {
		const slots = Math.ceil(Math.log2(states)) + 1;
		const all = goOn ? '-c0' : '';
		const command = `./pan -w${slots} -m${depth} ${all}; times`;
		return readReport(this.#run('sh', ['-c', command], timeout_ms));
	}

	remove(): void {
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#run(program: string, args: readonly string[], timeout = TIMEOUT_MS): string {
		const options = { cwd: this.#folder, timeout, encoding: 'utf8', stdio: 'pipe' } as const;
		return execFileSync(program, args, options);
	}
}

/** Reads what a verifier printed, with the times of a shell behind it. */
function readReport(report: string): SpinRun {
	const numbers = (pattern: RegExp): number[] => {
		const found = pattern.exec(report);
		if (found === null) throw new RangeError(`no ${pattern} in the report of SPIN:\n${report}`);
		return found.slice(1).map(Number);
	};
	if (/max search depth too small|out of memory|memory limit/i.test(report))
		throw new RangeError(`SPIN did not search everything:\n${report}`);
	const [states = 0] = numbers(/([\d.e+]+) states, stored/);
	const [transitions = 0] = numbers(/([\d.e+]+) transitions \(= stored\+matched\)/);
	const [vectorBytes = 0, errors = 0] = numbers(/State-vector (\d+) byte,.* errors: (\d+)/);
	const [m = 0, s = 0, systemM = 0, systemS = 0] = numbers(/(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/);
	const stored = /state-vector as stored = (\d+) byte(?: \+ (\d+) byte overhead)?/.exec(report);
	return {
		states,
		transitions: transitions - 1,
		errors,
		complete: !/Search not completed/i.test(report),
		seconds: (m + systemM) * 60 + s + systemS,
		vectorBytes,
		storedBytes: Number(stored?.[1] ?? vectorBytes) + Number(stored?.[2] ?? 0),
	};
}
