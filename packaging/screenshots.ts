import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { explored } from '../cli/explored.ts';
import { gather } from '../cli/review.ts';
import { explorerPage } from '../reports/explorer/page.tsx';
import { page as write } from '../reports/page/page.tsx';
import { browserPath, openBrowser } from '../reports/testing/browser.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Where the pictures are, and beside them what they are of. */
export const IMAGES = at('docs/images');
export const DIGEST = join(IMAGES, 'review.sha256');

interface Picture {
	readonly name: string;
	readonly of: 'review' | 'explorer';
	/** What is done to the page before it is taken. */
	before(page: Page): Promise<unknown>;
}

/** Each picture of the example review and of the explorer. A new view gets a line. */
export const PICTURES: readonly Picture[] = [
	{ name: 'review.png', of: 'review', before: async () => {} },
	{
		name: 'review-story.png',
		of: 'review',
		before: (page) => page.locator('nav a[href="#stories"]').click(),
	},
	{
		name: 'explorer.png',
		of: 'explorer',
		before: async (page) => {
			await page.getByLabel('Design').selectOption('REST endpoint');
			await page.getByLabel('Take me to a state').selectOption('any promise is broken');
			await page.getByRole('button', { name: 'Go' }).click();
			await page.locator('.x-told .broken').first().waitFor();
		},
	},
];

/** The pages that are in the pictures. */
export const pagesPictured = async (): Promise<Readonly<Record<Picture['of'], string>>> => ({
	review: await write(
		await gather({
			...{ folder: at('docs/example-evidence'), version: '0.1.0' },
			...{ project: null, since: null },
		}),
	),
	explorer: await explorerPage({ ...explored(undefined), graphs: [], version: '0.1.0' }),
});

/** What tells whether the pictures are of these pages. */
export const digestOf = ({ review, explorer }: Readonly<Record<Picture['of'], string>>): string =>
	`${createHash('sha256').update(review, 'utf8').update(explorer, 'utf8').digest('hex')}\n`;

/** Takes all pictures anew. */
export async function takePictures(path: string): Promise<void> {
	const pages = await pagesPictured();
	const folder = mkdtempSync(join(tmpdir(), 'mulligan-screenshots-'));
	const browser = await openBrowser(path);
	try {
		for (const { name, of, before } of PICTURES) {
			const file = join(folder, `${of}.html`);
			writeFileSync(file, pages[of]);
			const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
			await page.goto(pathToFileURL(file).href);
			await before(page);
			await page.screenshot({ path: join(IMAGES, name), animations: 'disabled' });
		}
		writeFileSync(DIGEST, digestOf(pages));
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	if (browserPath === null) throw new Error('no Chromium is installed, which takes the pictures');
	await takePictures(browserPath);
}
