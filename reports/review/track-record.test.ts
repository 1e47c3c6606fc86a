import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { reviewMarkdown } from '../markdown/review.ts';
import { page } from '../page/page.tsx';
import { reviewOf } from '../testing/review.ts';

const ANSWER =
	'2 real bugs of automatic retry, built into the reference one at a time: 1 found by a promise that breaks, 1 by a difference from the model, in stories of at most 12 events.';
const ROWS = [
	[
		'H09 (also H38)',
		'Restarts end at execution 3.',
		'bounded restarts (S1)',
		'6',
		'EVG-1',
		'1234567',
	],
	[
		'P4',
		'A name is shown wrong.',
		'no promise speaks of names',
		'12: a name is long',
		'elsewhere',
		'not yet',
	],
];

test('the real bugs that are found are told alike by the page and by the Markdown', async () => {
	const { document } = parseHTML(await page(reviewOf()));
	const record = document.querySelector('#record');
	expect(record?.querySelector('.answer')?.textContent).toBe(ANSWER);
	expect(
		[...(record?.querySelectorAll('tbody tr') ?? [])].map((row) =>
			[...row.children].map(({ textContent }) => textContent),
		),
	).toEqual(ROWS);
	const text = reviewMarkdown(reviewOf());
	expect(text).toContain(`## Real bugs that are found\n\n**${ANSWER}**`);
	for (const row of ROWS) expect(text).toContain(`| ${row.join(' | ')} |`);
});

test('where none is known, nothing is said of it', () => {
	expect(reviewMarkdown(reviewOf({ record: [] }))).not.toContain('Real bugs');
});
