import { CommanderError } from 'commander';
import { printable } from '../model/vocabulary/printable.ts';
import { BadInput, EXIT, Interrupted } from './exit.ts';

/** Why a command came to no result: what `--json` prints, as `{"error": …}`, in place of one. */
export interface Failure {
	/** `bad input` is for the user to set right, `bug` for mulligan; `interrupted` came before anything was known. */
	readonly kind: 'bad input' | 'bug' | 'interrupted';
	/** What is wrong, each line for itself, as people read it on stderr. */
	readonly lines: readonly string[];
	/** The exit status. */
	readonly exit: number;
}

/** What an error comes to; null: commander was asked for help or its version, and gave it. */
export function failureOf(error: unknown): Failure | null {
	if (error instanceof BadInput)
		return { kind: 'bad input', lines: error.lines, exit: EXIT['bad input'] };
	if (error instanceof Interrupted)
		return { kind: 'interrupted', lines: [`interrupted: ${error.message}`], exit: error.exit };
	if (error instanceof CommanderError)
		return error.exitCode === 0
			? null
			: { kind: 'bad input', lines: sayUsage(error), exit: EXIT['bad input'] };
	const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return { kind: 'bug', lines: [printable(said)], exit: EXIT.bug };
}

const sayUsage = ({ code, message }: CommanderError): string[] =>
	code === 'commander.help'
		? ['a command is missing']
		: message
				.replace(/^error: /, '')
				.split('\n')
				.map(printable);

/** Says on stderr what is wrong, and where JSON was asked for also on stdout, as the one object there. */
export function reportFailure(error: unknown, args: readonly string[]): void {
	const failure = failureOf(error);
	if (failure === null) {
		process.exitCode = 0;
		return;
	}
	// What commander found wrong it has said itself.
	if (failure.kind === 'bug') console.error('mulligan: this is a bug in mulligan:', error);
	else if (!(error instanceof CommanderError))
		for (const line of failure.lines) console.error(`mulligan: ${line}`);
	if (asksForJson(args)) console.log(JSON.stringify({ error: failure }));
	process.exitCode = failure.exit;
}

/** Whether `--json` is among the arguments, which nobody may have read when something is wrong with them. */
function asksForJson(args: readonly string[]): boolean {
	const end = args.indexOf('--');
	return (end < 0 ? args : args.slice(0, end)).includes('--json');
}
