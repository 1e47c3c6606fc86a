import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tablesOf } from '../model/system/tables-by-design.ts';
import { SimulationEvidence } from '../reports/evidence/simulation-evidence.ts';
import { page as write } from '../reports/page/page.tsx';
import type { ReviewInput } from '../reports/review/input.ts';
import { browserPath, type Look, OpenedPage } from '../reports/testing/browser.ts';
import { gather } from './review.ts';

const EXAMPLE = 'docs/example-evidence';
const reason = browserPath === null ? ' (skipped: no Chromium is installed)' : '';
/** Sheets of A4 that the page may take. */
const SHEETS = 15;
/** Pixels of the smallest text. */
const LEAST_PX = 11;
/** The largest machine, in its frame. */
const AGENT = '#machines [data-drawn="flag-agent"] [data-frame]';

// What is measured here depends on how much there is to read: it is the committed evidence of a real run.
describe.skipIf(browserPath === null)(`reading the example review${reason}`, () => {
	let opened: OpenedPage;

	beforeAll(async () => {
		const found = await gather({ folder: EXAMPLE, version: '0.1.0', project: null, since: null });
		// It is of another project, and left out there; here the page is to be as long as it can be.
		const costs = readFileSync(join(EXAMPLE, 'simulation.json'), 'utf8');
		const input: ReviewInput = {
			...found,
			simulation: SimulationEvidence.parse(JSON.parse(costs)),
		};
		opened = await OpenedPage.of(await write(input));
	});
	afterAll(() => opened?.close());

	const open = (hash = '', look?: Look): Promise<Page> => opened.open(hash, look);
	const isOpen = (page: Page, section: string): Promise<unknown> =>
		page.evaluate(`document.querySelector('#${section} > details').open`);

	test('is folded to an answer a section: no more than three screens', async () => {
		const page = await open('', { width: 1440 });
		expect(await page.locator('.part[open]').count()).toBe(0);
		expect(await page.locator('.part:visible .answer:visible').count()).toBeGreaterThan(10);
		expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(3 * 900);
	});

	test('on paper it takes no more sheets than are read', async () => {
		const page = await open();
		await page.emulateMedia({ media: 'print' });
		const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
		const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
		expect(sheets).toBeGreaterThan(3);
		expect(sheets).toBeLessThanOrEqual(SHEETS);
	});

	test.each([1440, 768, 360])('%i pixels wide no text is too small to be read', async (width) => {
		const page = await open('', { width });
		await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
		const small =
			await page.evaluate(`[...document.querySelectorAll('main *, nav *')].flatMap((one) => {
			const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
			if (!own || one.getClientRects().length === 0) return [];
			const scale = one instanceof SVGGraphicsElement ? Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b) : 1;
			const size = parseFloat(getComputedStyle(one).fontSize) * scale;
			return size < ${LEAST_PX} - 0.001 ? [size.toFixed(1) + ' ' + one.tagName + ' ' + one.textContent] : [];
		})`);
		expect(small).toEqual([]);
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
	});

	test('every transition of every machine is drawn as a line of an arrow, or listed beside the drawing', async () => {
		const page = await open('#machines');
		const shown = await page.evaluate(`[...document.querySelectorAll('.machine')].map((one) =>
			[...one.querySelectorAll('.edge text, [data-still]')].filter((line) => line.getClientRects().length > 0).length)`);
		expect(shown).toEqual(Object.values(tablesOf({})).map(({ transitions }) => transitions.length));
	});

	test('a machine is zoomed and moved by buttons, keys, mouse and fingers, and what is looked at stays where it is', async () => {
		const page = await open('#machines');
		const frame = page.locator(AGENT);
		const drawn = frame.locator('..');
		const asked = async (what: string): Promise<number> =>
			Number(await page.evaluate(`(({ ${what} }) => ${what})(document.querySelector('${AGENT}'))`));
		const zoom = async () => Number.parseInt(await drawn.locator('[data-zoomed]').innerText(), 10);
		await frame.scrollIntoViewIfNeeded();
		// It begins where the machine does, and not in a corner where nothing is.
		await expect.poll(() => asked('scrollLeft')).toBeGreaterThan(0);
		await drawn.getByRole('button', { name: 'All of it' }).click();
		expect(await asked('scrollWidth')).toBeLessThanOrEqual(await asked('clientWidth'));
		expect(await zoom()).toBeLessThan(100);
		await drawn.getByRole('button', { name: 'As drawn' }).click();
		await drawn.getByRole('button', { name: 'Larger' }).click();
		expect(await zoom()).toBe(125);
		await frame.focus();
		for (const key of ['+', '-', '-', '-']) await page.keyboard.press(key);
		expect(await zoom()).toBe(80);
		await page.keyboard.press('0');
		expect(await zoom()).toBe(100);
		const { x = 0, y = 0, width = 0 } = (await frame.boundingBox()) ?? {};
		const [left, middle] = [await asked('scrollLeft'), (await asked('clientWidth')) / 2];
		await page.mouse.move(x + width / 2, y + 100);
		await page.mouse.down();
		await page.mouse.move(x + width / 2 - 60, y + 100);
		await page.mouse.up();
		await page.mouse.move(x + 20, y + 100);
		expect(await asked('scrollLeft')).toBeCloseTo(left + 60, 0);
		await page.keyboard.press('+');
		expect(await asked('scrollLeft')).toBeCloseTo((left + 60 + middle) * 1.25 - middle, 0);
		await page.keyboard.down('Control');
		await page.mouse.wheel(0, 100);
		await page.keyboard.up('Control');
		await expect.poll(zoom).toBeLessThan(125);
		await page.keyboard.press('0');
		const fingers = await page.context().newCDPSession(page);
		await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: true });
		const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...across: readonly number[]) =>
			fingers.send('Input.dispatchTouchEvent', {
				type,
				touchPoints: across.map((one) => ({ x: x + one, y: y + 100 })),
			});
		await touch('touchStart', 100, 200);
		await touch('touchMove', 80, 220);
		await touch('touchMove', 50, 250);
		await touch('touchEnd');
		await expect.poll(zoom).toBe(200);
		await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: false });
	});

	test('the explorer in it opens a story of the page, and shows whole machines of its design, where they are now', async () => {
		const page = await open('#stories');
		await page.getByRole('button', { name: 'Explore' }).first().click();
		await page.locator('.x-here').getByText('5. the monitor runs').waitFor({ timeout: 10_000 });
		await page.locator('[data-machine]').selectOption({ label: 'agent of host-1' });
		await page.getByText('The whole machine: agent').click();
		const drawn = page.locator('.x-whole [data-drawn="rest-agent"]');
		await expect.poll(() => drawn.locator('.x-active').allTextContents()).toEqual(['idle']);
		expect(await drawn.locator('.edge text, [data-still]').count()).toBe(
			tablesOf({ design: 'rest' }).agent.transitions.length,
		);
		await drawn.locator('[data-frame]').press('ArrowRight');
		await drawn.getByRole('button', { name: 'Larger' }).click();
		expect(await drawn.locator('[data-zoomed]').innerText()).toBe('125 %');
	});

	test('a link into a section opens it, with and without script, and the focus goes there', async () => {
		const page = await open();
		await page.locator('nav a[href="#matrix"]').click();
		await expect.poll(() => isOpen(page, 'matrix')).toBe(true);
		const cell = page.locator('#matrix td.violated a').first();
		const anchor = (await cell.getAttribute('href')) ?? '';
		await cell.click();
		await expect
			.poll(() => page.evaluate('document.activeElement.parentElement.id'))
			.toBe(anchor.slice(1));
		expect(await isOpen(page, 'stories')).toBe(true);
		const without = await opened.openWithoutScript(anchor);
		expect(await without.locator(anchor).isVisible()).toBe(true);
	});

	test('a search opens what has the words and nothing else, and Enter goes there', async () => {
		const page = await open();
		await page.getByLabel('Search').fill('merge queue excluded');
		expect(await isOpen(page, 'matrix')).toBe(true);
		expect(await isOpen(page, 'machines')).toBe(false);
		expect(await page.locator('[data-found]').innerText()).toMatch(/^In \d+ places/);
		await page.getByLabel('Search').press('Enter');
		expect(await page.locator('.found').innerText()).toContain('merge queue excluded (S6)');
		await page.getByLabel('Search').fill('no such words');
		expect(await page.locator('[data-found]').innerText()).toBe('Nowhere');
	});

	test('of a verdict that is chosen only its rows and stories are shown', async () => {
		const page = await open('#matrix');
		const rows = page.locator('.matrix tbody tr:visible');
		const all = await rows.count();
		await page.getByRole('radio', { name: 'broken' }).check();
		const broken = await rows.count();
		expect(broken).toBeLessThan(all);
		expect(await rows.locator('td.violated').count()).toBeGreaterThanOrEqual(broken);
		await page.getByRole('radio', { name: 'all' }).check();
		expect(await rows.count()).toBe(all);
	});

	test('what is read is marked in the navigation, and its heading stays in sight', async () => {
		const page = await open('#coverage', { width: 1440 });
		await page.evaluate('document.querySelector("#coverage tr:last-child").scrollIntoView()');
		await expect
			.poll(() => page.locator('nav [aria-current]').allInnerTexts())
			.toEqual(['Coverage']);
		const heading = await page.locator('#coverage h2').boundingBox();
		expect(heading?.y).toBeLessThan(100);
		expect(heading?.y).toBeGreaterThanOrEqual(0);
	});

	test('360 pixels wide the chosen design stands first, and in sight', async () => {
		const page = await open('#matrix', { width: 360 });
		const first = page.locator('.matrix thead th').nth(1);
		expect(await first.innerText()).toContain('chosen');
		const box = await first.boundingBox();
		expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(360);
		expect(await page.locator('.options li').first().textContent()).toContain('chosen');
	});

	test('768 pixels wide the facts have room: each in one line with its design', async () => {
		const page = await open('#matrix', { width: 768 });
		const cell = page.locator('.facts td').nth(1);
		expect((await cell.boundingBox())?.width).toBeGreaterThan(600);
		expect(
			await page.evaluate(
				`getComputedStyle(document.querySelectorAll('.facts td')[1], '::before').content`,
			),
		).toContain('REST endpoint');
	});

	test('a click on an event selects it, and a term leads to what it means', async () => {
		const page = await open('#stories');
		const event = page.locator('.story.first [data-event]').first();
		await event.click();
		expect(await event.getAttribute('aria-current')).toBe('step');
		const term = page.locator('#matrix .term').first();
		await page.locator('nav a[href="#matrix"]').click();
		expect(await term.getAttribute('title')).toBe(
			'one of the options of the decision record, on trial like the others',
		);
		await term.click();
		await expect.poll(() => page.locator('#word-design').isVisible()).toBe(true);
	});
});
