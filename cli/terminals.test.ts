import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../impl/testing/folder.ts';
import { until } from '../impl/testing/until.ts';
import { fits } from './testing/shown.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');

/** A program in a terminal takes seconds to start, on a busy machine many. */
const TIMEOUT_MS = 90_000;

/** A shell that is given one command after another, and keeps what is printed. */
class Terminal {
	#printed = '';
	/** Lines that a page was found to show already. */
	#seen = 0;
	readonly #shell;

	constructor() {
		this.#shell = spawn('bash', [], {
			cwd: root,
			detached: true,
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.#printed += text;
		});
		const { pid } = this.#shell;
		onTestFinished(async () => {
			if (pid === undefined || this.#shell.exitCode !== null) return;
			process.kill(-pid, 'SIGTERM');
			await once(this.#shell, 'close');
		});
	}

	/** A user types a command; it goes on while it runs. */
	type(command: string): void {
		this.#shell.stdin.write(`{ ${command}\n} < /dev/null 2>&1\n`);
	}

	/** Waits until a line is printed, after those that were waited for before; gives it. */
	async shows(line: string): Promise<string> {
		let found = '';
		const isShown = (): boolean => {
			const lines = this.#printed.split('\n');
			const at = lines.findIndex((one, index) => index >= this.#seen && fits(line, one));
			if (at < 0) return false;
			this.#seen = at + 1;
			found = lines[at] ?? '';
			return true;
		};
		await until(`"${line}" is printed`, isShown, TIMEOUT_MS);
		return found;
	}
}

/** The processes that were started by this one, and those that they started. */
function descendantsOf(pid: number): number[] {
	const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
		textOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
	);
	return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Empty where there is no such file any more. */
function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

test('what the README shows of a server and an agent is what two terminals show', {
	timeout: 240_000,
}, async () => {
	const page = readme.slice(readme.indexOf('## A server and agents'));
	const blocks = [...page.matchAll(/```text\n([\s\S]*?)```/g)].slice(0, 2);
	const lines = blocks.flatMap(([, block = '']) => block.split('\n'));
	expect(lines.length).toBeGreaterThan(15);
	const folder = testFolder();
	const port = String(await freePort());
	const terminals = new Map([
		['one', new Terminal()],
		['two', new Terminal()],
	]);
	for (const terminal of terminals.values())
		terminal.type(`export MULLIGAN_API_SERVER=http://127.0.0.1:${port}`);
	let terminal: Terminal | undefined;
	let key = '';
	for (const line of lines.filter((line) => line !== '' && line !== '…')) {
		const [, name, command] = line.match(/^(one|two)(?::$|\$ (.*))/) ?? [];
		if (name !== undefined) terminal = terminals.get(name);
		// A port and folders of the test's own, and the key that was shown.
		const typed = command
			?.replace('serve ', `serve --port ${port} `)
			.replace(' agent ', ' agent --status_port 0 ')
			.replace('8080', port)
			.replace('/tmp/h1', folder)
			.replace('…', key);
		if (typed !== undefined) terminal?.type(typed);
		else if (name === undefined) {
			const shown = (await terminal?.shows(line.replace('8080', port))) ?? '';
			if (line.startsWith('key of')) key = shown.split(' ').at(-1) ?? '';
		}
	}
	expect(key).toHaveLength(43);
	// The key is in the list of arguments, the environment and the logs of nothing that still runs.
	const logs = readFileSync(join(folder, 'logs/v1_linux_unit-test/1/task.log'), 'utf8');
	expect(logs).toContain('12 tests passed');
	const running = process.platform === 'linux' ? descendantsOf(process.pid) : [];
	expect(running.length).toBeGreaterThan(process.platform === 'linux' ? 2 : -1);
	for (const pid of running)
		for (const file of ['environ', 'cmdline'])
			expect(textOf(`/proc/${pid}/${file}`)).not.toContain(key);
});
