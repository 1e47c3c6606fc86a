import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { FOLDER, Outgoing } from './channel.ts';
import { type Entry, entryFile } from './entry.ts';

const TIMEOUT = { timeout: 60_000 };
const ENTRIES: readonly Entry[] = ['server-process', 'agent-process'];

/** An entry file as a process of its own, once it is ready. */
async function started(entry: Entry): Promise<{ child: ChildProcess; folder: string }> {
	const folder = testFolder();
	const child = fork(entryFile(entry), [], {
		execArgv: [],
		// Wherever it is started: nothing that it needs is looked for there.
		cwd: folder,
		env: { ...process.env, [FOLDER]: folder },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	const [ready] = await once(child, 'message');
	expect(Outgoing.parse(ready)).toEqual({ id: 0, result: 'ready' });
	return { child, folder };
}

async function ask(child: ChildProcess, id: number, order: object): Promise<object> {
	child.send({ id, order });
	const [answer] = await once(child, 'message');
	return Outgoing.parse(answer);
}

test.each(ENTRIES)(
	'%s ends with its parent, and takes the folder of the trial along',
	TIMEOUT,
	async (entry) => {
		const { child, folder } = await started(entry);
		child.disconnect();
		expect(await once(child, 'exit')).toEqual([0, null]);
		expect(existsSync(folder)).toBe(false);
	},
);

test.each(ENTRIES)(
	'%s says of an order that it cannot obey why, and goes on',
	TIMEOUT,
	async (entry) => {
		const { child } = await started(entry);
		const unknown = await ask(child, 7, { kind: 'dance' });
		expect(unknown).toEqual({ id: 7, error: expect.stringContaining('kind') });
		const early = await ask(child, 8, { kind: 'look', projects: ['p1'], tasks: [], hosts: [] });
		expect(early).toEqual({
			id: 8,
			error: expect.stringMatching(/no (store is open|agent has begun)/),
		});
	},
);
