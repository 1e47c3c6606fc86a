import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, openBrowser } from '../testing/browser.ts';
import { reviewOf } from '../testing/review.ts';
import { page as write } from './page.tsx';

const SECTIONS = [
	'decision',
	'matrix',
	'stories',
	'machines',
	'coverage',
	'costs',
	'traceability',
	'since',
	'reproduce',
	'not-covered',
	'words',
];
const reason = browserPath === null ? ' (skipped: no Chromium is installed)' : '';

describe.skipIf(browserPath === null)(`the review in a browser${reason}`, () => {
	let browser: Browser;
	let folder: string;
	let address: string;
	const heard: string[] = [];

	beforeAll(async () => {
		browser = await openBrowser(browserPath ?? '');
		folder = mkdtempSync(join(tmpdir(), 'mulligan-review-'));
		const file = join(folder, 'review.html');
		writeFileSync(file, await write(reviewOf()));
		address = pathToFileURL(file).href;
	});
	afterAll(async () => {
		await browser?.close();
		if (folder !== undefined) rmSync(folder, { recursive: true });
	});

	afterEach(async () => {
		await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
	});

	async function open(options: BrowserContextOptions = {}): Promise<Page> {
		const context = await browser.newContext(options);
		const page = await context.newPage();
		heard.length = 0;
		page.on('console', (message) => heard.push(message.text()));
		page.on('pageerror', (error) => heard.push(error.message));
		page.on('request', (request) => {
			if (request.url() !== address) heard.push(request.url());
		});
		await page.goto(address);
		return page;
	}

	/** All sections open, as the reader opens them. */
	async function openAll(options: BrowserContextOptions = {}): Promise<Page> {
		const page = await open(options);
		await page.getByRole('button', { name: 'Open all' }).click();
		return page;
	}

	test('opens from disk with every section, says nothing on the console and asks nobody for anything', async () => {
		const page = await open();
		for (const section of SECTIONS)
			expect(await page.locator(`#${section}`).innerText(), section).toMatch(/\S{3}/);
		expect(await page.locator('h1').innerText()).toContain('Holds');
		expect(heard).toEqual([]);
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
		const page = await open();
		expect(await page.locator('[data-choice]').count()).toBe(0);
		await page.locator('[data-opens="explorer"]').click();
		await page.locator('[data-choice]').first().click();
		await expect.poll(() => page.url()).toContain('#v2.');
		expect(await page.locator('#explorer .x-here').innerText()).toContain('1. h1 asks for work');
		expect(heard).toEqual([]);
	});

	test('a command is copied, or marked where the clipboard is closed', async () => {
		const page = await openAll();
		const shell = page.locator('#reproduce .shell').first();
		await shell.getByRole('button').click();
		await expect.poll(() => shell.getByRole('button').innerText()).toMatch(/Copied|Marked/);
	});

	test('nothing is lost without script: stories are whole and controls are not shown', async () => {
		const page = await open({ javaScriptEnabled: false });
		expect(await page.locator('#story-rest-S8 [data-event]').count()).toBe(5);
		expect(await page.locator('[data-controls]:visible').count()).toBe(0);
	});

	test.each([
		[1440, 'light'],
		[1440, 'dark'],
		[360, 'light'],
		[360, 'dark'],
	] as const)(
		'%i pixels wide and %s: nothing hangs over the edge, and it can be photographed',
		async (width, colorScheme) => {
			const page = await open({ viewport: { width, height: 900 }, colorScheme });
			await page.evaluate('dispatchEvent(new Event("beforeprint"))');
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
			const shot = join(folder, `${width}-${colorScheme}.png`);
			await page.screenshot({ path: shot, fullPage: true });
			expect(statSync(shot).size).toBeGreaterThan(10_000);
			expect(heard).toEqual([]);
		},
	);

	test.each([
		[1440, 'light'],
		[360, 'dark'],
	] as const)(
		'%i pixels wide and %s: axe finds nothing serious, with everything unfolded',
		async (width, colorScheme) => {
			const page = await open({ viewport: { width, height: 900 }, colorScheme });
			await page.evaluate('dispatchEvent(new Event("beforeprint"))');
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
				.analyze();
			const serious = violations.filter(
				({ impact }) => impact === 'serious' || impact === 'critical',
			);
			expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		},
	);

	test('prints without controls, with every section open and every story told in a sentence', async () => {
		const page = await open({ javaScriptEnabled: false });
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
