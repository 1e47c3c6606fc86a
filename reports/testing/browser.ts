import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
		const tab = this.#tab;
		await tab.setViewportSize({ width, height: 900 });
		await tab.emulateMedia({ media: 'screen', colorScheme });
		const address = `${this.address}${fragment}`;
		this.heard.length = 0;
		if (tab.url().split('#')[0] !== this.address) await tab.goto(address);
		// An address that differs by its fragment only opens nothing anew; to load again costs half of what another page does.
		else
			await Promise.all([
				tab.waitForEvent('load'),
				tab.evaluate(
					// In a tab of its own nothing would be kept.
					`sessionStorage.clear(); History.prototype.replaceState.call(history, null, '', '${address}'); location.reload()`,
				),
			]);
		return tab;
	}

	async openWithoutScript(fragment = ''): Promise<Page> {
		const context = await this.#browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${this.address}${fragment}`);
		return page;
	}

	async close(): Promise<void> {
		await this.#browser.close();
		rmSync(this.folder, { recursive: true });
	}
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds in the page, or in a part of it, that keeps somebody from it. */
export async function seriousIn(page: Page, part?: string): Promise<string[]> {
	if (!(await page.evaluate('"axe" in window'))) await page.evaluate(readFileSync(AXE, 'utf8'));
	return await page.evaluate<string[]>(`axe
		.run(${part === undefined ? 'document' : JSON.stringify(part)}, {
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
			resultTypes: ['violations'],
		})
		.then(({ violations }) => violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => id + ': ' + nodes[0]?.html))`);
}
