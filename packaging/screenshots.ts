import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { gather } from '../cli/review.ts';
import { page as write } from '../reports/page/page.tsx';
import { browserPath, openBrowser } from '../reports/testing/browser.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Where the pictures are, and beside them what they are of. */
export const IMAGES = at('docs/images');
export const DIGEST = join(IMAGES, 'review.sha256');

/** Each picture of the example review: its name, and what is done to the page before it is taken. A new view gets a line. */
export const PICTURES: readonly { readonly name: string; before(page: Page): Promise<unknown> }[] =
	[
		{ name: 'review.png', before: async () => {} },
		{
			name: 'review-story.png',
			before: (page) => page.locator('nav a[href="#stories"]').click(),
		},
	];

/** The page that is in the pictures. */
export const exampleReview = async (): Promise<string> =>
	write(
		await gather({
			...{ folder: at('docs/example-evidence'), version: '0.1.0' },
			...{ project: null, since: null },
		}),
	);

/** What tells whether the pictures are of this page. */
export const digestOf = (html: string): string =>
	`${createHash('sha256').update(html, 'utf8').digest('hex')}\n`;

/** Takes all pictures anew. */
export async function takePictures(path: string): Promise<void> {
	const html = await exampleReview();
	const folder = mkdtempSync(join(tmpdir(), 'mulligan-screenshots-'));
	const browser = await openBrowser(path);
	try {
		const file = join(folder, 'review.html');
		writeFileSync(file, html);
		for (const { name, before } of PICTURES) {
			const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
			await page.goto(pathToFileURL(file).href);
			await before(page);
			await page.screenshot({ path: join(IMAGES, name), animations: 'disabled' });
		}
		writeFileSync(DIGEST, digestOf(html));
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	if (browserPath === null) throw new Error('no Chromium is installed, which takes the pictures');
	await takePictures(browserPath);
}
