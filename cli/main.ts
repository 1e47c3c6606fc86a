import { Command } from 'commander';
import { MAKES } from '../reports/wording/commands.ts';
import { addWanted, type Tools } from './commands.ts';
import { reportFailure } from './failure.ts';
import { below, helpful } from './help.ts';
import { VERSION } from './package-version.ts';

/**
 * The command line. Bad input: exit 2, with what is wrong and no stack trace. A bug of mulligan's own
 * has shown nothing about the systems: exit 70, with a stack trace.
 */
export async function main(args: readonly string[], tools: Tools = {}): Promise<void> {
	const program = helpful(new Command('mulligan'))
		.description('Puts the automatic retry of CI tasks on trial.')
		.version(VERSION)
		.addHelpText('after', below(null, { examples: [MAKES.evidence] }))
		.showHelpAfterError('(--help tells more)')
		.exitOverride();
	await addWanted(program, args, tools);
	for (const command of program.commands) command.exitOverride();
	try {
		await program.parseAsync([...args], { from: 'user' });
	} catch (error) {
		reportFailure(error, args);
	}
}
