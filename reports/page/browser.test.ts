import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, OpenedPage, seriousIn } from '../testing/browser.ts';
import { reviewOf } from '../testing/review.ts';
import { page as write } from './page.tsx';

const SECTIONS = [
	'decision',
	'matrix',
	'stories',
	'machines',
	'coverage',
	'record',
	'costs',
	'traceability',
	'since',
	'reproduce',
	'not-covered',
	'words',
];
const reason = browserPath === null ? ' (skipped: no Chromium is installed)' : '';

describe.skipIf(browserPath === null)(`the review in a browser${reason}`, () => {
	let opened: OpenedPage;

	beforeAll(async () => {
		opened = await OpenedPage.of(await write(reviewOf()));
	});
	afterAll(() => opened?.close());

	/** All sections open, as the reader opens them. */
	async function openAll(): Promise<Page> {
		const page = await opened.open();
		await page.getByRole('button', { name: 'Open all' }).click();
		return page;
	}

	test('opens from disk with every section, says nothing on the console and asks nobody for anything', async () => {
		const page = await opened.open();
		for (const section of SECTIONS)
			expect(await page.locator(`#${section}`).innerText(), section).toMatch(/\S{3}/);
		expect(await page.locator('h1').innerText()).toContain('Holds');
		expect(opened.heard).toEqual([]);
	});

	test('an address that was mistyped stops nothing', async () => {
		const page = await opened.open('#%%%');
		await page.locator('nav a').last().click();
		await page.locator('nav [aria-current]').waitFor();
		expect(opened.heard).toEqual([]);
	});

	test('a story is gone through with the mouse: back, on, first, and to the first broken event', async () => {
		const page = await openAll();
		const story = page.locator('#story-rest-S8');
		await story.locator('summary').first().click();
		const current = story.locator('[aria-current="step"]');
		expect(await current.innerText()).toContain('somebody forges a mark');
		await story.getByRole('button', { name: 'Back' }).click();
		expect(await current.innerText()).toContain('an hour passes');
		await story.getByRole('button', { name: 'First', exact: true }).click();
		expect(await current.innerText()).toContain('h1 asks for work');
		expect(await story.getByRole('button', { name: 'Back' }).getAttribute('aria-disabled')).toBe(
			'true',
		);
		await story.getByRole('button', { name: 'On' }).click();
		expect(await story.locator('[data-place]').innerText()).toBe(
			'Event 2 of 5: ⚡ fault lost: next reply',
		);
		await story.getByRole('button', { name: 'First broken event' }).click();
		expect(await current.innerText()).toContain('It should change nothing');
		expect(await story.locator('.future').count()).toBe(1);
	});

	test('a story is gone through by keyboard alone, and the arrow keys of others are left alone', async () => {
		const page = await openAll();
		await page.keyboard.press('ArrowLeft');
		const story = page.locator('#story-rest-S8');
		await story.locator('summary').first().focus();
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		await page.keyboard.press('ArrowLeft');
		const current = story.locator('[aria-current="step"]');
		expect(await current.innerText()).toContain('an hour passes');
		await page.keyboard.press('End');
		expect(await current.innerText()).toContain('the monitor runs');
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowRight');
		expect(await current.innerText()).toContain('lost: next reply');
	});

	test('a cell of the matrix leads to its story, which opens', async () => {
		const page = await openAll();
		await page.locator('#matrix a[href="#story-local-api-S8"]').click();
		await expect
			.poll(() => page.locator('#story-local-api-S8').getAttribute('open'))
			.not.toBeNull();
	});

	test('the model is begun when the explorer is opened, and not before', async () => {
		const page = await opened.open();
		expect(await page.locator('[data-choice]').count()).toBe(0);
		await page.locator('[data-opens="explorer"]').click();
		await page.locator('[data-choice]').first().click();
		await expect.poll(() => page.url()).toContain('#v2.');
		expect(await page.locator('#explorer .x-here').innerText()).toContain('1. h1 asks for work');
		expect(opened.heard).toEqual([]);
	});

	test('a command is copied, or marked where the clipboard is closed', async () => {
		const page = await openAll();
		const shell = page.locator('#reproduce .shell').first();
		await shell.getByRole('button').click();
		await expect.poll(() => shell.getByRole('button').innerText()).toMatch(/Copied|Marked/);
	});

	test('nothing is lost without script: stories are whole and controls are not shown', async () => {
		const page = await opened.openWithoutScript();
		expect(await page.locator('#story-rest-S8 [data-event]').count()).toBe(5);
		expect(await page.locator('[data-controls]:visible').count()).toBe(0);
	});

	test.each([
		[1440, 'light'],
		[1440, 'dark'],
		[360, 'light'],
		[360, 'dark'],
	] as const)(
		'%i pixels wide and %s, with everything unfolded: nothing hangs over the edge, it can be photographed, and axe finds nothing serious',
		async (width, colorScheme) => {
			const page = await opened.open('', { width, colorScheme });
			await page.evaluate('dispatchEvent(new Event("beforeprint"))');
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
			const shot = join(opened.folder, `${width}-${colorScheme}.png`);
			await page.screenshot({ path: shot, fullPage: true });
			expect(statSync(shot).size).toBeGreaterThan(10_000);
			expect(opened.heard).toEqual([]);
			// What is wide is wrong in any colour, and colours in any width.
			if ((width === 1440) === (colorScheme === 'light')) expect(await seriousIn(page)).toEqual([]);
			if (width === 1440) return;
			await page.setViewportSize({ width: 320, height: 900 });
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
		},
	);

	test('prints without controls, with every section open and every story told in a sentence', async () => {
		const page = await opened.openWithoutScript();
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('[data-controls]:visible, [data-tools]:visible').count()).toBe(0);
		for (const section of SECTIONS)
			expect(await page.locator(`#${section} .part > :not(summary)`).first().isVisible()).toBe(
				section !== 'words',
			);
		const stories = page.locator('.story > summary');
		expect(await stories.count()).toBeGreaterThan(2);
		for (const story of await stories.all()) expect(await story.isVisible()).toBe(true);
	});
});
