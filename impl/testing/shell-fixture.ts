import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import type { Block } from '../../model/vocabulary/project.ts';
import { isAlive } from '../host/orphans.ts';
import { RealShell } from '../host/shell.ts';
import type { ShellOptions } from '../host/shell-options.ts';
import type { Configuration } from '../ports/configuration.ts';
import type { RenderedCommand } from '../ports/shell.ts';
import { testFolder } from './folder.ts';
import { until } from './until.ts';

/** A real shell with one execution, in a folder of its own. */
export class ShellFixture {
	readonly folder = testFolder();
	readonly shell: RealShell;

	constructor(options: Partial<ShellOptions> = {}, configuration: Partial<Configuration> = {}) {
		this.shell = new RealShell({
			workingDirectory: this.folder,
			logs: join(this.folder, 'logs'),
			secrets: [{ name: 'host_secret', value: 'host-secret' }],
			environment: {},
			...options,
		});
		this.shell.begin(
			{ execution: { task: 't1', execution: 3 }, secret: 'task-secret' },
			{
				project: { id: 'p1', tasks: [] },
				task: 'compile',
				variant: 'linux',
				requester: 'gitter_request',
				...configuration,
			},
		);
		onTestFinished(async () => {
			await this.shell.finish();
			this.shell.dismiss();
		});
	}

	/** Runs a script to its end. */
	run(
		script: string,
		params: object = {},
		block: Block = 'main',
	): Promise<CommandOutcome | 'killed'> {
		return this.outcome(commandOf('shell.exec', { script, ...params }, block));
	}

	async outcome(command: RenderedCommand): Promise<CommandOutcome | 'killed'> {
		return (await this.shell.run(command).ended).outcome;
	}

	log(): string {
		return readFileSync(join(this.folder, 'logs/t1/3/task.log'), 'utf8');
	}

	/** The process id that a script writes to a file of the folder, once it has. */
	async pid(file: string): Promise<number> {
		const path = join(this.folder, file);
		await until(
			`${file} is written`,
			() => existsSync(path) && /\n/.test(readFileSync(path, 'utf8')),
		);
		return Number(readFileSync(path, 'utf8'));
	}
}

export const commandOf = (
	command: string,
	params: object,
	block: Block = 'main',
	more: Partial<RenderedCommand> = {},
): RenderedCommand => ({
	position: { block, step: 0, member: null },
	command,
	type: 'test',
	background: false,
	retry_on_failure: false,
	params_yaml: stringify(params),
	...more,
});

/** Waits until a process is gone. */
export const untilGone = (pid: number): Promise<void> =>
	until(`process ${pid} is gone`, () => !isRunning(pid));

/** Whether there is such a process, and it is not over. */
export const isRunning = (pid: number): boolean => isAlive(pid) && !isZombie(pid);

/** Over, but not yet collected by its parent. */
function isZombie(pid: number): boolean {
	try {
		return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}
