import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { descriptorOf, Event, type EventKind, KINDS } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { expand } from '../words/expand.ts';
import { WORDS } from '../words/index.ts';
import { Rehearsal } from '../words/rehearsal.ts';
import type { Word } from '../words/word.ts';
import { linesOf, onlyOf, readLine, StoryLine } from './lines.ts';

/** Where host and task need not be said. */
const ONLY = { host: 'h1', task: 'compile' };

const lineOf = (kind: EventKind): string => {
	const { line, example } = descriptorOf(kind);
	const value = line.write(example, ONLY);
	const written = stringify(value === undefined ? kind : { [kind]: value }, {
		collectionStyle: 'flow',
	});
	return `\`- ${written.trim().replace(/^\{ ([a-z-]+: .*) \}$/, '$1')}\``;
};

const tried = (kind: EventKind): string => {
	const { weight } = descriptorOf(kind);
	if ('always' in weight) return `in every story, weight ${weight.always}`;
	if ('beside' in weight) return `wherever \`${weight.beside}\` is`;
	if ('inSetups' in weight) return 'in all stories of setups with `late_hosts`';
	const often =
		weight.sometimes === 1
			? 'in some stories'
			: `in some stories, ${weight.sometimes} times as often`;
	return weight.undoneBy === undefined ? often : `${often}; then \`${weight.undoneBy}\` too`;
};

const row = (kind: EventKind): string => {
	const { by, isFault, when, cost, say, example } = descriptorOf(kind);
	const cells = [
		`\`${kind}\`${isFault ? ' (a fault)' : ''}`,
		by,
		say(example),
		when,
		lineOf(kind),
		tried(kind),
		cost === null ? 'nothing' : `one of \`${cost}\``,
	];
	return `| ${cells.join(' | ')} |`;
};

/** One task on one host. */
const SETUP = Setup.parse({
	project: {
		id: 'p',
		tasks: [
			{
				name: 'compile',
				commands: [
					{ command: 'git.get_project', retry_on_failure: true },
					{ command: 'shell.exec' },
				],
			},
		],
	},
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
});

/** What a word stands for, where the documentation shows it. */
function shown({ word, of, shownAfter }: Word): { line: string; lines: string[] } {
	const rehearsal = new Rehearsal(SETUP);
	const only = onlyOf(SETUP);
	for (const before of shownAfter) {
		const told = readLine(before, only);
		if (told.kind === 'word') expand(told.word, told.said, rehearsal);
		else if (told.kind === 'event') rehearsal.happen(Event.parse(told.draft));
	}
	const said = of === 'task' ? 'compile' : 'h1';
	const told = readLine(StoryLine.parse({ [word]: said }), only);
	const expanded = told.kind === 'word' ? expand(told.word, told.said, rehearsal) : null;
	if (expanded?.kind !== 'events') throw new Error(`${word} is not possible where it is shown`);
	return {
		line: `${word}: ${said}`,
		lines: linesOf(expanded.events, SETUP).map((line) => stringify(line).trim()),
	};
}

const wordRow = (word: Word): string => {
	const { line, lines } = shown(word);
	const cells = [
		`\`- ${line}\``,
		word.means,
		word.when,
		lines.map((one) => `\`${one}\``).join(', '),
	];
	return `| ${cells.join(' | ')} |`;
};

const PAGE = `# The events

All that can happen in a story, with an example of each. What is not possible when its turn comes is skipped.
What a correct system shows after each is in [semantics.md](semantics.md). The last two columns say how often random
stories try it, and which bound of a configuration of the checker it takes one of.

| kind | by | in words | possible while | in a scenario | random stories | the checker |
|---|---|---|---|---|---|---|
${KINDS.map(row).join('\n')}

Where a setup has one host only, or one task, a scenario need not name it. \`exchange: mark\` stands for
\`message-delivered\` of a request and of its reply: of several requests, that which the agent waits for.

## Words

What is always done in the same way has a word. It stands for the events that follow from it on the model, one after the
other; the last column is what \`npx mulligan replay --expand\` writes for a task of two commands, the first of which has the
flag. The value is a name, or \`{ task: compile, host: h1 }\` where that is not enough; it may be left out where only one is
possible.

| word | tells | possible while | stands for, here |
|---|---|---|---|
${WORDS.map(wordRow).join('\n')}

Each kind is described once, in \`model/vocabulary/events/\`, and each word in \`scenarios/words/\`; this page is made from there.
`;

test('the page of the events is up to date', async () => {
	await expect(PAGE).toMatchFileSnapshot('../../docs/events.md');
});

test.each(KINDS)('what a correct system shows after %s stands in docs/semantics.md', (kind) => {
	const page = readFileSync(join(import.meta.dirname, '../../docs/semantics.md'), 'utf8');
	expect(page).toContain(`\`${kind}\``);
});

test.each(KINDS)('the line of %s is read as the event that it was written for', (kind) => {
	const { example } = descriptorOf(kind);
	for (const only of [ONLY, { host: undefined, task: undefined }]) {
		const { line } = descriptorOf(kind);
		const value = line.write(example, only);
		const storyLine = StoryLine.parse(value === undefined ? kind : { [kind]: value });
		const told = readLine(storyLine, only);
		expect(told.kind === 'event' && Event.parse(told.draft)).toEqual(example);
	}
	expect(linesOf([example], SETUP)).toHaveLength(1);
});
