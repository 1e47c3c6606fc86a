import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { toToken } from '../../model/vocabulary/stories/story.ts';
import { type ExplorerInput, explorerPage } from '../explorer/page.tsx';
import { STARTS } from '../explorer/starts.ts';

/** What a page is written from, for tests: the setups that come along. */
export const explorerOf = (input: Partial<ExplorerInput> = {}): ExplorerInput => ({
	about: 'Setups that come along',
	openings: STARTS.map(({ name, setup }) => ({ name, token: toToken({ setup, events: [] }) })),
	graphs: [],
	version: '0.0.0',
	...input,
});

/** A page of the explorer on disk, opened as a reader would, with what it says and asks for. */
export class OpenedExplorer {
	readonly folder = mkdtempSync(join(tmpdir(), 'mulligan-explore-'));
	readonly file = join(this.folder, 'explore.html');
	readonly address = pathToFileURL(this.file).href;
	/** Lines on the console, errors, and requests to anybody. */
	readonly heard: string[] = [];

	async write(input: Partial<ExplorerInput> = {}): Promise<this> {
		writeFileSync(this.file, await explorerPage(explorerOf(input)));
		return this;
	}

	async open(browser: Browser, fragment = '', options: BrowserContextOptions = {}): Promise<Page> {
		const context = await browser.newContext(options);
		const page = await context.newPage();
		this.heard.length = 0;
		page.on('console', (message) => this.heard.push(message.text()));
		page.on('pageerror', (error) => this.heard.push(error.message));
		page.on('request', (request) => {
			const [address] = request.url().split('#');
			if (address !== this.address && !request.url().startsWith('blob:'))
				this.heard.push(request.url());
		});
		await page.goto(`${this.address}${fragment}`);
		await page.locator('[data-choice]').first().waitFor();
		return page;
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}
}
