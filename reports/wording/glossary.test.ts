import { expect, test } from 'vitest';
import { FIELD, OURS } from './glossary.ts';

const table = (words: Readonly<Record<string, string>>): string =>
	[
		'| word | what it means here |',
		'|---|---|',
		...Object.entries(words).map(([word, means]) => `| ${word} | ${means} |`),
	].join('\n');

const PAGE = `# Words

Each is defined once, in \`reports/wording/glossary.ts\`; this page is made from there, and the review shows the same.
All that can happen in a story stands in [events.md](events.md).

## Of the field

${table(FIELD)}

## Ours

${table(OURS)}
`;

test('the page of the words is up to date', async () => {
	await expect(PAGE).toMatchFileSnapshot('../../docs/glossary.md');
});

test('a word is defined once', () => {
	const words = [...Object.keys(FIELD), ...Object.keys(OURS)];
	expect(new Set(words).size).toBe(words.length);
});
