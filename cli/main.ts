import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAgent } from './agent.ts';
import { BadInput, EXIT } from './exit.ts';
import { addReplay } from './replay.ts';
import { addRun } from './run.ts';
import { addServe } from './serve.ts';
import { addVerify } from './verify.ts';

const { version } = JSON.parse(
	readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The command line: exits 2 on bad input, with what is wrong and no stack trace. */
export async function main(args: readonly string[]): Promise<void> {
	const program = new Command('mulligan')
		.description('Puts the automatic retry of CI tasks on trial.')
		.version(version)
		.showHelpAfterError('(--help tells more)')
		.exitOverride();
	addVerify(program);
	addReplay(program);
	addRun(program);
	addServe(program);
	addAgent(program);
	for (const command of program.commands) command.exitOverride();
	try {
		await program.parseAsync([...args], { from: 'user' });
	} catch (error) {
		if (error instanceof CommanderError) {
			process.exitCode = error.exitCode === 0 ? 0 : EXIT['bad input'];
			return;
		}
		if (!(error instanceof BadInput)) throw error;
		for (const line of error.lines) console.error(`mulligan: ${line}`);
		process.exitCode = EXIT['bad input'];
	}
}

await main(process.argv.slice(2));
