import { printable } from '../../model/vocabulary/printable.ts';
import { TEXT } from '../evidence/verdict.ts';
import { replayCommand } from '../wording/commands.ts';
import { NO_TOKEN, sentence } from '../wording/fate.ts';

/** Text as text: nothing in it is markup, acts on a terminal, turns the direction, or ends the line or the cell. */
export const plain = (text: string): string => {
	const letters = [...printable(text)];
	const short = letters.length <= TEXT ? letters : [...letters.slice(0, TEXT - 1), '…'];
	return short
		.join('')
		.replaceAll(/[\\`*_[\]<>|&#~$@]|:(?=\/\/)|(?<=www)\./gi, (mark) => `&#${mark.charCodeAt(0)};`);
};

/** A command as a block, whose fence is longer than any that could stand in it: not a letter of a command may change. */
export function shell(command: string): string {
	const longest = Math.max(2, ...(command.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}sh`, printable(command), fence].join('\n');
}

/** What plays a story, or what stands in its place. */
export const replay = (token: string | null, on?: string): string =>
	token === null ? sentence(NO_TOKEN) : shell(replayCommand(token, on));

export const table = (
	head: readonly string[],
	rows: readonly (readonly string[])[],
): readonly string[] => [
	'',
	`| ${head.join(' | ')} |`,
	`|${head.map(() => '---').join('|')}|`,
	...rows.map((row) => `| ${row.join(' | ')} |`),
	'',
];

/** Text inside a Mermaid diagram, which has characters of its own and knows entities by `#`. */
export const inMermaid = (text: string, most = 60): string => {
	const letters = [...printable(text)];
	const short = letters.length <= most ? letters : [...letters.slice(0, most - 1), '…'];
	return short
		.map((letter) =>
			/[\p{L}\p{N} .,_/()'+=×✕…→?–-]/u.test(letter) ? letter : `#${letter.codePointAt(0)};`,
		)
		.join('');
};
