import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, OpenedPage } from '../testing/browser.ts';
import { explorerOf, fragmentOf } from '../testing/explorer.ts';
import { explorerPage } from './page.tsx';

const reason = browserPath === null ? ' (skipped: no Chromium is installed)' : '';

/**
 * Tasks for somebody who knows CI but not model checking, as they were written down before the page was. Each is done with
 * what such a reader sees or hears: the names of buttons, lists and parts of the page, and what stands there.
 */
describe.skipIf(browserPath === null)(`a reader with the page alone${reason}`, () => {
	let opened: OpenedPage;

	beforeAll(async () => {
		opened = await OpenedPage.of(await explorerPage(explorerOf()));
	});
	afterAll(() => opened?.close());

	const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

	const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

	/** Lets it happen, and waits until it has. */
	async function choose(page: Page, words: string): Promise<void> {
		await part(page, 'What can happen now').getByRole('button', { name: words }).first().click();
		await page.getByRole('status').getByText(`: ${words}`).first().waitFor();
	}

	const MARKED = [
		'h1 asks for work',
		'delivered: next request',
		'delivered: next reply',
		'delivered: start request',
		'delivered: start reply',
		'the command on h1 failed',
		'delivered: mark request',
	];

	test('finds what breaks the REST endpoint, and reads it in words', async () => {
		const page = await opened.open();
		await page.getByLabel('Design').selectOption('REST endpoint');
		await page.getByLabel('Take me to a state').selectOption('any promise is broken');
		await press(page, 'Go');
		const told = part(page, 'The promises').getByText('is broken').first();
		await told.waitFor();
		expect(await part(page, 'The promises').innerText()).toContain(
			'A forged mark for "compile" from host "h1" (service-key) should change nothing, but it changed a task.',
		);
		expect(await part(page, 'The story so far').innerText()).toContain(
			'somebody forges a mark of compile as h1',
		);
	});

	test('tries what if the abort comes first', async () => {
		const page = await opened.open(fragmentOf(...MARKED));
		await part(page, 'The state').getByText('restart pending', { exact: true }).waitFor();
		await press(page, 'Undo');
		await choose(page, 'a user aborts compile');
		await choose(page, 'delivered: mark request');
		expect(await part(page, 'The state').innerText()).toContain('no restart pending');
		expect(await part(page, 'The story so far').innerText()).toMatch(
			/Other turns tried here:\s+↳ delivered: mark request[\s\S]*the server answers 200 ignored_aborted/,
		);
	});

	test('sees who holds the slot now', async () => {
		const page = await opened.open();
		await page.getByLabel('Begin with').selectOption('Two tasks on two hosts, one slot a day');
		for (const words of MARKED) await choose(page, words);
		expect(await part(page, 'The state').innerText()).toMatch(
			/slots in use\s+1 of 1\s+slot 1\s+held by compile, free again in 24 hours/,
		);
	});

	test("opens a colleague's link, and goes on from there", async () => {
		const colleague = await opened.open(fragmentOf(...MARKED.slice(0, 6)));
		await press(colleague, 'Save…');
		const shown = colleague.getByRole('group', { name: 'This link opens it here' });
		const link = await shown.getByText('#v2.').innerText();
		const page = await opened.open(link.slice(link.indexOf('#')));
		await part(page, 'The story so far').getByText('6. the command on h1 failed').waitFor();
		await choose(page, 'delivered: mark request');
		expect(await part(page, 'The promises').innerText()).toContain(
			'Still to come: promised restart (L1)',
		);
	});

	test('saves the story as a scenario, and opens it again', async () => {
		const page = await opened.open(fragmentOf(...MARKED));
		const story = part(page, 'The story so far');
		const told = await story.innerText();
		await press(page, 'Save…');
		const [saved] = await Promise.all([
			page.waitForEvent('download'),
			press(page, 'Save as scenario'),
		]);
		const file = join(opened.folder, 'saved.yml');
		await saved.saveAs(file);
		const other = await opened.open();
		await press(other, 'Open…');
		const dialog = other.getByRole('dialog', { name: 'Open a story' });
		await dialog.getByLabel(/a scenario$/).fill(readFileSync(file, 'utf8'));
		await dialog.getByRole('button', { name: 'Open' }).click();
		await story.getByText('7. delivered: mark request').waitFor();
		expect(await story.innerText()).toBe(told);
	});
});
