import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { descriptorOf, Event, type EventKind, KINDS } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { linesOf, readLine, StoryLine } from './lines.ts';

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

const PAGE = `# The events

All that can happen in a story, with an example of each. What is not possible when its turn comes is skipped.
What a correct system shows after each is in [semantics.md](semantics.md). The last two columns say how often random
stories try it, and which bound of a configuration of the checker it takes one of.

| kind | by | in words | possible while | in a scenario | random stories | the checker |
|---|---|---|---|---|---|---|
${KINDS.map(row).join('\n')}

Where a setup has one host only, or one task, a scenario need not name it. \`exchange: mark\` stands for
\`message-delivered\` of a request and of its reply.

Each kind is described once, in \`model/vocabulary/events/\`; this page is made from there.
`;

test('the page of the events is up to date', async () => {
	await expect(PAGE).toMatchFileSnapshot('../../docs/events.md');
});

const SETUP = Setup.parse({
	project: { id: 'p', tasks: [{ name: 'compile', commands: [] }] },
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
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
