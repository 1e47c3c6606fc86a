import { readdirSync, readFileSync } from 'node:fs';

/** How often to look again for what was started meanwhile. */
const ROUNDS = 20;

/**
 * Kills every process of this user that has an environment variable with this value, save this one:
 * commands that left their process group, or that an agent left behind. Works where `/proc` tells the
 * environment of processes (Linux), else does nothing. Tells how many were killed.
 */
export function killOrphans(variable: string, value: string): number {
	const killed = new Set<number>();
	for (let round = 0; round < ROUNDS; round++) {
		const orphans = processIds().filter(
			(pid) => pid !== process.pid && hasVariable(pid, `${variable}=${value}`),
		);
		if (orphans.length === 0) break;
		for (const pid of orphans) if (kill(pid)) killed.add(pid);
	}
	return killed.size;
}

/** Kills a process, or with a negative number a group; false when there is none. */
export function kill(pid: number): boolean {
	try {
		return process.kill(pid, 'SIGKILL');
	} catch {
		return false;
	}
}

/** Whether there is such a process, or with a negative number any process of that group. */
export function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

function processIds(): number[] {
	try {
		return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
	} catch {
		return [];
	}
}

/** False as well for a process that is over, and for those of other users. */
function hasVariable(pid: number, assignment: string): boolean {
	try {
		return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(assignment);
	} catch {
		return false;
	}
}
