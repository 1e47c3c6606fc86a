import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addWanted, type Tools } from './commands.ts';
import { BadInput, EXIT } from './exit.ts';

const { version } = JSON.parse(
	readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/**
 * The command line. Bad input: exit 2, with what is wrong and no stack trace. A bug of mulligan's own
 * has shown nothing about the systems: exit 3, with a stack trace.
 */
export async function main(args: readonly string[], tools: Tools = {}): Promise<void> {
	const program = new Command('mulligan')
		.description('Puts the automatic retry of CI tasks on trial.')
		.version(version)
		.showHelpAfterError('(--help tells more)')
		.configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
		.exitOverride();
	await addWanted(program, args, tools);
	for (const command of program.commands) command.exitOverride();
	try {
		await program.parseAsync([...args], { from: 'user' });
	} catch (error) {
		if (error instanceof CommanderError) {
			process.exitCode = error.exitCode === 0 ? 0 : EXIT['bad input'];
			return;
		}
		if (error instanceof BadInput) {
			for (const line of error.lines) console.error(`mulligan: ${line}`);
			process.exitCode = EXIT['bad input'];
			return;
		}
		console.error('mulligan: this is a bug in mulligan:', error);
		process.exitCode = EXIT.unknown;
	}
}
