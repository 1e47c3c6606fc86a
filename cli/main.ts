import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { CheckTools } from './check.ts';
import type { DesignsTools } from './designs.ts';
import { BadInput, EXIT, INTERRUPTED, Interrupted } from './exit.ts';
import type { ReviewTools } from './review.ts';
import type { VerifyTools } from './verify.ts';

const { version } = JSON.parse(
	readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

type Tools = VerifyTools & CheckTools & DesignsTools & ReviewTools;
type Add = (program: Command, tools: Tools) => void;

/** Each command, loaded only when it is wanted: all of them take a second. In the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
	verify: async () => (await import('./verify.ts')).addVerify,
	check: async () => (await import('./check.ts')).addCheck,
	designs: async () => (await import('./designs.ts')).addDesigns,
	simulate: async () => (await import('./simulate.ts')).addSimulate,
	export: async () => (await import('./export.ts')).addExport,
	replay: async () => (await import('./replay.ts')).addReplay,
	review: async () => (await import('./review.ts')).addReview,
	run: async () => (await import('./run.ts')).addRun,
	serve: async () => (await import('./serve.ts')).addServe,
	submit: async () => (await import('./submit.ts')).addSubmit,
	host: async () => (await import('./host.ts')).addHost,
	agent: async () => (await import('./agent.ts')).addAgent,
};

/** The commands that the arguments may mean: one, or all where help or a correction is due. */
function wanted([name = '']: readonly string[]): readonly (() => Promise<Add>)[] {
	const one = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	return one === undefined ? Object.values(COMMANDS) : [one];
}

/**
 * The command line. Bad input: exit 2, with what is wrong and no stack trace. A bug of mulligan's own
 * has shown nothing about the systems: exit 70, with a stack trace.
 */
export async function main(args: readonly string[], tools: Tools = {}): Promise<void> {
	const program = new Command('mulligan')
		.description('Puts the automatic retry of CI tasks on trial.')
		.version(version)
		.addHelpText('after', '\nA bug in mulligan itself exits with 70, whatever the command.')
		.showHelpAfterError('(--help tells more)')
		.exitOverride();
	for (const load of wanted(args)) (await load())(program, tools);
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
		if (error instanceof Interrupted) {
			console.error(`mulligan: interrupted: ${error.message}`);
			process.exitCode = INTERRUPTED;
			return;
		}
		console.error('mulligan: this is a bug in mulligan:', error);
		process.exitCode = EXIT.bug;
	}
}
