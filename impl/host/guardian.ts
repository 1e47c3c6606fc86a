import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Reads `+ 123` and `- 123` and keeps a list of process groups; when its input ends, for whatever
 * reason, it kills those that are left. Signals that end the agent must not end it.
 */
const SCRIPT = `
trap '' HUP INT TERM
groups=' '
while read -r change group; do
	case $change in
		+) groups="$groups$group " ;;
		-) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
	esac
done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
`;

/**
 * A process beside the agent that outlives it by a moment: when the agent is killed with SIGKILL, or
 * crashes, it kills the commands that the agent had started, so that none of them runs beside the next
 * execution (S5).
 */
export class Guardian {
	readonly #process: ChildProcess;

	constructor() {
		this.#process = spawn('/bin/sh', ['-c', SCRIPT], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
			cwd: '/',
			env: {},
		});
		this.#process.unref();
		// Without a guardian the agent works all the same.
		this.#process.on('error', () => {});
		this.#process.stdin?.on('error', () => {});
	}

	watch(group: number): void {
		this.#process.stdin?.write(`+ ${group}\n`);
	}

	forget(group: number): void {
		this.#process.stdin?.write(`- ${group}\n`);
	}

	/** Ends it; what it still watches is killed. */
	dismiss(): void {
		this.#process.stdin?.end();
	}
}
