import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where a browser may be installed; Debian's first. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Null: none is installed. */
export const browserPath: string | null = PLACES.find((path) => existsSync(path)) ?? null;

/** A browser that talks to nobody by itself. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
	chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});

/** How a reader looks at a page. */
export interface Look {
	readonly width?: number;
	readonly colorScheme?: 'light' | 'dark';
}

/** A page on disk, opened as a reader would: always anew, in the one tab that there is, as tabs are dear. */
export class OpenedPage {
	readonly folder = mkdtempSync(join(tmpdir(), 'mulligan-page-'));
	readonly file = join(this.folder, 'page.html');
	readonly address = pathToFileURL(this.file).href;
	/** Since it was opened last: lines on the console, errors, and requests to anybody. */
	readonly heard: string[] = [];
	readonly #browser: Browser;
	readonly #tab: Page;

	private constructor(browser: Browser, tab: Page) {
		this.#browser = browser;
		this.#tab = tab;
		// Shorter than a test may take, so that what was waited for is said.
		tab.setDefaultTimeout(15_000);
		tab.on('console', (message) => this.heard.push(message.text()));
		tab.on('pageerror', (error) => this.heard.push(error.message));
		tab.on('request', (request) => {
			const [address] = request.url().split('#');
			if (address !== this.address && !request.url().startsWith('blob:'))
				this.heard.push(request.url());
		});
	}

	static async of(html: string): Promise<OpenedPage> {
		const browser = await openBrowser(browserPath ?? '');
		const opened = new OpenedPage(browser, await browser.newPage());
		writeFileSync(opened.file, html);
		return opened;
	}

	async open(fragment = '', { width = 1280, colorScheme = 'light' }: Look = {}): Promise<Page> {
		// An address that differs by its fragment only would open nothing anew.
		await this.#tab.goto('about:blank');
		await this.#tab.setViewportSize({ width, height: 900 });
		await this.#tab.emulateMedia({ media: 'screen', colorScheme });
		this.heard.length = 0;
		await this.#tab.goto(`${this.address}${fragment}`);
		return this.#tab;
	}

	async openWithoutScript(): Promise<Page> {
		const context = await this.#browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(this.address);
		return page;
	}

	async close(): Promise<void> {
		await this.#browser.close();
		rmSync(this.folder, { recursive: true });
	}
}

/** What axe finds in the page, or in a part of it, that keeps somebody from it. */
export async function seriousIn(page: Page, part?: string): Promise<string[]> {
	const axe = new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
		// Else it opens a tab of its own, and this one falls asleep behind it.
		.setLegacyMode();
	const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
