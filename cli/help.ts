import type { AddHelpTextContext, Command } from 'commander';
import { Help } from 'commander';
import { docsPage } from './docs-page.ts';
import { exitsOf } from './exits.ts';

/** Narrowest column in which a description stands beside its option; in less it stands below. */
const NARROWEST = 30;
/** How far a description below its option is set in. */
const INDENT = 6;
/** The least that is wrapped at all. */
const LEAST = 20;

/** Lets help wrap at the width of the terminal, however narrow; commands that are added take it over. */
export const helpful = (program: Command): Command =>
	program.configureHelp({
		minWidthToWrap: LEAST,
		subcommandTerm: (command) => `${command.name()} ${command.usage()}`,
		formatItem(term, termWidth, description, helper) {
			const width = helper.helpWidth ?? 80;
			if (description === '' || width - termWidth - 4 >= NARROWEST)
				return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
			return `  ${term}\n${setIn(helper.boxWrap(description, width - INDENT))}`;
		},
		// That a switch is off unless it is given says nothing.
		optionDescription(option) {
			if (option.defaultValue !== false) return Help.prototype.optionDescription.call(this, option);
			return option.description;
		},
	});

const setIn = (text: string): string => text.replace(/^/gm, ' '.repeat(INDENT));

/** What stands below the help of a command, or of the whole (null): what it lists, its exit statuses, and an example or two. */
export const below =
	(
		command: string | null,
		{
			examples,
			items = () => [],
		}: {
			readonly examples: readonly string[];
			/** Configurations by name, and what they are. */
			readonly items?: () => readonly { readonly name: string; readonly what: string }[];
		},
	) =>
	({ command: shown }: AddHelpTextContext): string => {
		const helper = shown.createHelp();
		helper.prepareContext({ helpWidth: shown.configureOutput().getOutHelpWidth?.() ?? 80 });
		const exits =
			command === null
				? 'of each command'
				: exitsOf(command)
						.map(([status, meaning]) => `${status} ${meaning}`)
						.join(', ');
		const listed = items();
		const longest = Math.max(0, ...listed.map(({ name }) => name.length));
		return [
			...(listed.length === 0 ? [] : ['', 'Configurations:']),
			...listed.map(({ name, what }) => helper.formatItem(name, longest, what, helper)),
			'',
			helper.boxWrap(
				`Exit status: ${exits} (${docsPage('exit-codes.md')})`,
				helper.helpWidth ?? 80,
			),
			'',
			examples.length === 1 ? 'Example:' : 'Examples:',
			// An example stays in one line: whoever copies it copies all of it.
			...examples.map((example) => `  ${example}`),
		].join('\n');
	};
