import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Model } from '../../model/system/model.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { fromToken, type Story, toToken } from '../../model/vocabulary/stories/story.ts';
import { bytesIn, STORY_LENGTH, tokenAround } from '../../model/vocabulary/stories/token-text.ts';
import { browserPath, type Look, OpenedPage, seriousIn } from '../testing/browser.ts';
import { explorerOf, fragmentOf } from '../testing/explorer.ts';
import { cardsOf } from './cards.ts';
import { Exploration } from './exploration.ts';
import { explorerPage } from './page.tsx';
import { STARTS } from './starts.ts';

const reason = browserPath === null ? ' (skipped: no Chromium is installed)' : '';

describe.skipIf(browserPath === null)(`the explorer in a browser${reason}`, () => {
	let opened: OpenedPage;

	beforeAll(async () => {
		const { openings } = explorerOf();
		const covering = { name: 'covering', token: toToken(STORY), about: 'What it covers.' };
		const all = { openings: [...openings, covering] };
		opened = await OpenedPage.of(await explorerPage(explorerOf(all)));
	});
	afterAll(() => opened?.close());

	async function open(story: readonly string[] = [], look: Look = {}): Promise<Page> {
		const page = await opened.open(story.length === 0 ? '' : fragmentOf(...story), look);
		await page.locator('[data-choice]').first().waitFor();
		return page;
	}

	/** What can happen now, by the beginning of its words. */
	const choice = (page: Page, words: string) =>
		page.locator('[data-choice]').filter({ hasText: words }).first();

	async function choose(page: Page, ...all: readonly string[]): Promise<void> {
		for (const words of all) {
			const before = await depth(page);
			await page.locator('[data-filter]').fill(words);
			await choice(page, words).click();
			await at(page, before + 1);
		}
		await page.locator('[data-filter]').fill('');
		// Keys are to steer again.
		await page.locator('h1').click();
	}

	/** How many events have happened. */
	const depth = async (page: Page): Promise<number> =>
		Number(await page.locator('.x-here [data-jump]').getAttribute('data-jump'));

	/** Waits until so many events have happened. */
	const at = (page: Page, events: number) =>
		page.locator(`.x-here [data-jump="${events}"]`).waitFor();

	const light = (page: Page, id: string): Promise<string | null> =>
		page.locator(`[data-guarantee="${id}"]`).getAttribute('data-light');

	/** The token in the address, once it is of so many events. */
	async function tokenOf(page: Page, events: number): Promise<string> {
		const read = (): string => page.url().split('#')[1] ?? '';
		await expect.poll(() => (read() === '' ? -1 : fromToken(read()).events.length)).toBe(events);
		return read();
	}

	const STARTED = [
		'h1 asks for work',
		'delivered: next request',
		'delivered: next reply',
		'delivered: start request',
		'delivered: start reply',
	];

	/** By rejected design: a story that breaks a promise, and which. */
	const BROKEN: Readonly<
		Record<Exclude<Design, 'flag'>, { readonly story: readonly string[]; readonly breaks: string }>
	> = {
		rest: {
			story: [...STARTED, 'somebody forges a mark of compile as h1 (service-key)'],
			breaks: 'S8',
		},
		'local-api': {
			story: [
				...STARTED,
				'a process on h1 posts the end status "failed", retryable',
				'the command on h1 succeeded',
				'delivered: end request',
			],
			breaks: 'S2',
		},
		'auto-retry': {
			story: [
				...STARTED,
				'delivered: mark request',
				'delivered: mark reply',
				'the command on h1 succeeded',
				'the command on h1 failed',
			],
			breaks: 'S4',
		},
	};

	describe.each(Object.entries(BROKEN))(
		'to a broken promise of %s',
		(design, { story, breaks }) => {
			// All of them begin alike, which is gone through once.
			const begun = design === 'rest' ? [] : STARTED;

			test('by mouse', async () => {
				const page = await open(begun);
				await page.locator('[data-design]').selectOption(design);
				await choose(page, ...story.slice(begun.length));
				expect(await light(page, breaks)).toBe('broken');
				expect(await page.locator('.x-told .broken').first().innerText()).toContain('is broken');
				expect(opened.heard).toEqual([]);
			});

			test('by keyboard alone', async () => {
				const page = await open(begun);
				await page.locator('[data-design]').focus();
				await page.keyboard.press(DESIGN_LETTERS[design] ?? '');
				await page.locator('h1').click();
				for (const [place, words] of story.slice(begun.length).entries()) {
					await page.keyboard.press('/');
					await page.keyboard.press('Control+A');
					await page.keyboard.type(words);
					await page.keyboard.press('ArrowDown');
					await page.keyboard.press('Enter');
					await at(page, begun.length + place + 1);
				}
				expect(await light(page, breaks)).toBe('broken');
			});
		},
	);

	/** What is pressed to choose a design in its list; a word would be begun anew by a letter that comes a second late. */
	const DESIGN_LETTERS: Readonly<Record<string, string>> = {
		...{ rest: 'r', 'local-api': 'l', 'auto-retry': 'a' },
	};

	test('keys that come as soon as one has chosen lead where they always do', async () => {
		const page = await open();
		const focused = () => page.evaluate('document.activeElement.matches("[data-filter]")');
		for (let turn = 1; turn <= 5; turn++) {
			await choice(page, 'an hour passes').focus();
			await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('/')]);
			await at(page, turn);
			expect(await focused()).toBe(true);
		}
		// A filter that leaves nothing is undone on the way out, one that leaves something is not.
		await page.keyboard.type('hour');
		await page.keyboard.press('Escape');
		expect(await page.locator('[data-choice]:focus').innerText()).toContain('hour');
		await page.keyboard.press('/');
		await page.keyboard.type(' of nothing');
		await page.getByText('Nothing that can happen now is called so.').waitFor();
		await page.keyboard.press('Escape');
		await page.locator('[data-choice]:focus').waitFor();
		expect(await page.locator('[data-filter]').inputValue()).toBe('');
		// In a list too, but not inside a name that is typed to find an entry.
		await page.locator('[data-design]').focus();
		await page.keyboard.press('u');
		await at(page, 4);
		await page.keyboard.type('au');
		expect(await page.locator('[data-design]').inputValue()).toBe('auto-retry');
		expect(await depth(page)).toBe(4);
		await page.keyboard.press('?');
		await page.getByRole('dialog', { name: 'Help' }).waitFor();
		expect(opened.heard).toEqual([]);
	});

	test('what another design leaves out of a story is said', async () => {
		const page = await open([...STARTED, 'the command on h1 failed', 'delivered: mark request']);
		await page.locator('[data-design]').selectOption('auto-retry');
		await page
			.getByText(/^Left out, as under auto.retry command it could not happen/)
			.first()
			.waitFor();
		expect(await page.locator('.x-toolbar > .x-trouble').innerText()).toMatch(
			/: [12] events? of 7, the first of them "the command on h1 failed"\.$/,
		);
		await page.keyboard.press('Escape');
		await page.locator('[data-undo]').click();
		expect(await page.locator('.x-toolbar > .x-trouble').count()).toBe(0);
	});

	test('what else was tried is kept under another design', async () => {
		const page = await open([...STARTED, 'the command on h1 failed']);
		await page.keyboard.press('u');
		await choose(page, 'an hour passes', 'an hour passes');
		await page.keyboard.press('u');
		await page.locator('[data-design]').selectOption('rest');
		await at(page, 6);
		expect(await page.locator('[data-turn]').innerText()).toContain('the command on h1 failed');
		await page.locator('[data-redo]').click();
		await at(page, 7);
	});

	test('of a story that is as long as it may be, nothing is claimed that did not happen', async () => {
		const hour = { kind: 'hours-pass', hours: 1 } as const;
		const long = { ...STORY, events: Array.from({ length: STORY_LENGTH - 1 }, () => hour) };
		const page = await opened.open(`#${toToken(long)}`);
		const trouble = page.locator('.x-toolbar > .x-trouble');
		for (const press of ['[data-rest]', '[data-seek]']) {
			await page.locator(press).click();
			await trouble.getByText('A story has at most 500 events').waitFor();
			expect(await page.locator('.x-toolbar').innerText()).not.toMatch(/At rest|Found:/);
			await page.keyboard.press('u');
			expect(await trouble.count()).toBe(0);
		}
	});

	test('of several versions and projects it is said which is whose', async () => {
		const page = await opened.open(`#${toToken({ setup: TWO_PROJECTS, events: [] })}`);
		const card = (title: string) => page.locator('[data-card]').filter({ hasText: title }).first();
		expect(await card('compile/0').innerText()).toMatch(/version\s+project_1 of project project/);
		expect(await card('other/0').innerText()).toMatch(/version\s+v2 of project tools/);
		expect(await card('App server').innerText()).toMatch(
			/version project_1\s+created\s+version v2\s+created/,
		);
	});

	test('nothing is drawn of a host before it comes, and after it is gone', async () => {
		const setup = { ...TWO_PROJECTS, hosts: ['h1', 'h2'], late_hosts: ['h2'] };
		const events = [
			...([
				{ kind: 'hours-pass', hours: 1 },
				{ kind: 'host-comes', host: 'h2' },
			] as const),
			...([
				{ kind: 'host-goes', host: 'h1' },
				{ kind: 'hours-pass', hours: 1 },
			] as const),
		];
		const page = await opened.open(`#${toToken({ setup, events })}`);
		const rows = page.locator('.x-story [data-event] .drawing');
		const count = async (what: string) =>
			Promise.all((await rows.all()).map((row) => row.locator(what).count()));
		expect(await count('.life')).toEqual([3, 4, 4, 3]);
		expect(await count('circle')).toEqual([0, 1, 0, 0]);
		expect(await count('text.ends')).toEqual([0, 0, 1, 0]);
		const card = (host: string) => page.locator(`[data-card="host ${host}"]`).innerText();
		expect(await card('h1')).toContain('gone for good');
		await page.locator('[data-jump="1"]').click();
		await expect.poll(() => card('h2')).toContain('yet to come');
	});

	test('undo and redo go back and forth; another turn is a branch, and the first one is kept', async () => {
		const page = await open([...STARTED, 'the command on h1 failed']);
		for (let more = 0; more < 8; more++) await page.keyboard.press('u');
		await at(page, 0);
		for (let more = 0; more < 8; more++) await page.keyboard.press('r');
		await at(page, 6);
		await page.keyboard.press('u');
		await page.keyboard.press('ArrowLeft');
		await at(page, 4);
		expect(await page.locator('.x-story .future').count()).toBe(2);
		await page.keyboard.press('r');
		await page.keyboard.press('ArrowRight');
		await at(page, 6);
		await page.keyboard.press('u');
		await choose(page, 'the command on h1 succeeded');
		const turn = page.locator('[data-turn]');
		expect(await turn.innerText()).toContain('the command on h1 failed');
		await turn.click();
		await expect
			.poll(() => page.locator('.x-here [data-jump]').innerText())
			.toContain('the command on h1 failed');
		await page.locator('[data-jump="2"]').click();
		await at(page, 2);
	});

	test('what an event would do is told on hover and on focus, before it happens', async () => {
		const page = await open([...STARTED, 'the command on h1 failed', 'delivered: mark request']);
		const abort = choice(page, 'a user aborts compile');
		await abort.hover();
		const preview = page.locator('[data-preview]');
		await expect.poll(() => preview.innerText()).toContain('compile/0 mark: withdrawn');
		await choice(page, 'an hour passes').focus();
		await expect.poll(() => preview.innerText()).toContain('an hour passes would do this');
		expect(await depth(page)).toBe(7);
	});

	test('500 random choices show at each step what the model shows on Node', {
		timeout: 120_000,
	}, async () => {
		const page = await open();
		await page.locator('[data-start]').selectOption({ label: 'A display task of two' });
		await page.locator('.x-json summary').click();
		await page.locator('[data-observation]').waitFor();
		const shown = await page.evaluate<{ seen: string; cards: string[] }[]>(WALK);
		expect(shown).toHaveLength(500);
		const { setup, events } = fromToken(await tokenOf(page, 500));
		const model = new Model(setup, tablesOf(setup));
		const exploration = new Exploration(setup);
		for (const [place, event] of events.entries()) {
			const seen = model.apply(event);
			exploration.choose(event);
			expect(JSON.parse(shown[place]?.seen ?? ''), `event ${place}`).toEqual(seen);
			const cards = cardsOf(setup, exploration.tables, exploration.here).map(
				({ title, state, facts }) =>
					`${title} ${state}${facts.map(({ label, value }) => label + value).join('')}`,
			);
			expect(shown[place]?.cards, `event ${place}`).toEqual(cards);
		}
		// Where the reader is stays in sight, also when other lines are longer than before.
		await page.locator('[data-jump="250"]').click();
		await page.setViewportSize({ width: 400, height: 900 });
		await expect.poll(() => page.evaluate(HERE_IN_SIGHT)).toBe(true);
	});

	test('a link that is opened anew shows the same', async () => {
		const first = await open(STARTED);
		await choose(first, 'the command on h1 failed', 'delivered: mark request');
		const link = `#${await tokenOf(first, 7)}`;
		const told = (page: Page) => page.locator('.x-story, .x-state, .x-promises').allInnerTexts();
		const before = await told(first);
		const second = await opened.open(link);
		await second.locator('[data-choice]').first().waitFor();
		expect(await told(second)).toEqual(before);
		expect(await tokenOf(second, 7)).toBe(link.slice(1));
	});

	test('a page that is loaded again is as it was: the other turns, what may be redone, the design beside it', async () => {
		const page = await open(STARTED);
		await page.locator('[data-compare]').selectOption('auto-retry');
		await choose(page, 'the command on h1 failed', 'delivered: mark request');
		await page.locator('[data-jump="5"]').click();
		await choose(page, 'the command on h1 succeeded');
		await tokenOf(page, 6);
		// What is done since is in no address yet, if it is done soon enough, and kept all the same.
		await choose(page, 'an hour passes');
		await page.keyboard.press('u');
		await at(page, 6);
		await tokenOf(page, 6);
		const told = () => page.locator('.x-story, .x-state').allInnerTexts();
		const before = await told();
		expect(before.join()).toContain('Other turns tried here');
		await page.reload();
		await page.locator('[data-turn]').waitFor();
		expect(await told()).toEqual(before);
		expect(await page.locator('.x-story .future').count()).toBe(1);
		expect(opened.heard).toEqual([]);
		// What was kept by somebody else is nothing. It is put there before the page begins, which keeps to the last.
		await page.addInitScript(
			"for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, sessionStorage.getItem(key).replace('branches', 'twigs'))",
		);
		await page.reload();
		await at(page, 6);
		expect(await page.locator('[data-turn], .x-story .future').count()).toBe(0);
		expect(opened.heard).toEqual([]);
	});

	test('a link that was altered opens nothing, says so, and leaves what the page begins with', async () => {
		const longer = tokenAround(Uint8Array.of(...bytesIn(toToken(STORY)), 0));
		for (const token of [longer, `${toToken(STORY)}x`, 'v2.abc.defghi', 'v2.%%', 'v3.a.b']) {
			const page = await opened.open(`#${token}`);
			const said = page.locator('.x-toolbar > .x-trouble');
			expect(await said.innerText()).toMatch(/is damaged|is no token|needs a later mulligan/);
			expect(await depth(page)).toBe(0);
			expect(await page.getByLabel('Begin with').inputValue()).toBe('0');
			expect(opened.heard).toEqual([]);
		}
	});

	test('what is pasted is text and nothing else, however it looks, and what it cannot be is said', async () => {
		const page = await open();
		await page.locator('[data-open]').click();
		const pasted = page.locator('[data-paste]');
		const dialog = page.locator('dialog[open]');
		for (const [text, said] of [
			['', 'no token'],
			['x'.repeat(300_000), 'no token'],
			[`v2.${'A'.repeat(300_000)}`, 'more than the 200000 allowed'],
			[HOSTILE.replace('mulligan: 1', 'mulligan: 9'), 'scenario:1:'],
			[HOSTILE.replace(/project:\n.*/, 'project_file: /etc/passwd'), 'no file can be read here'],
		] as const) {
			await pasted.evaluate((area, value) => Object.assign(area, { value }), text);
			await dialog.locator('[data-open-pasted]').click();
			await dialog.getByRole('alert').filter({ hasText: said }).waitFor();
			expect(await page.locator('.x-toolbar > .x-trouble').count()).toBe(0);
		}
		await pasted.fill(HOSTILE);
		await dialog.locator('[data-open-pasted]').click();
		await expect.poll(() => page.locator('.x-state').innerText()).toContain('<img src=x');
		expect(await page.locator('.x-explorer img').count()).toBe(0);
		expect(opened.heard).toEqual([]);
	});

	test('what is saved plays this story again, also where the address may not be changed and nothing be kept', async () => {
		const page = await open();
		await page.evaluate('history.replaceState = () => { throw new Error("too often") }');
		await page.evaluate('Storage.prototype.setItem = () => { throw new Error("not here") }');
		await choose(page, 'h1 asks for work');
		await page.locator('[data-save]').click();
		await expect.poll(() => page.locator('.x-token').first().innerText()).toMatch(/#v2\./);
		const [link = '', command = ''] = await page.locator('.x-token').allInnerTexts();
		for (const text of [link.split('#')[1] ?? '', command.split(' ').at(-1) ?? ''])
			expect(fromToken(text).events).toEqual(STORY.events);
		await page.getByRole('button', { name: 'Copy the link' }).click();
		await page.getByText(/^The link (is|could not be) copied/).waitFor();
		expect(await page.locator('dialog:modal').count()).toBe(1);
		await page.keyboard.press('Escape');
		expect(await page.locator('dialog[open]').count()).toBe(0);
		expect(opened.heard).toEqual([]);
	});

	test('two designs are gone through in step, and what is not possible under one is said', async () => {
		const page = await open(STARTED);
		await page.locator('[data-compare]').selectOption('auto-retry');
		const beside = page.locator('[data-beside]');
		await page.locator('[data-jump="0"]').click();
		await beside.getByText('No difference so far').waitFor();
		expect(await beside.locator('.x-card').count()).toBe(0);
		await page.locator('[data-jump="5"]').click();
		await choose(page, 'the command on h1 failed');
		expect(await beside.innerText()).toContain('the last event is not possible here');
		expect(await beside.locator('[data-card="host h1"]').innerText()).toContain('calls mark');
		expect(await page.locator('.unlike').count()).toBeGreaterThan(0);
	});

	test('each button does what it is called', async () => {
		const page = await open([...STARTED, 'the command on h1 failed']);
		const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
		await page.evaluate(CLIPBOARD);
		await press('Undo');
		await at(page, 5);
		await press('Redo');
		await at(page, 6);
		await press('Undo');
		await press('the command on h1 succeeded');
		await page.getByRole('button', { name: '6. the command on h1 succeeded' }).waitFor();
		await page
			.getByRole('listitem')
			.filter({ hasText: 'Other turns tried here:' })
			.getByRole('button', { name: 'the command on h1 failed' })
			.click();
		await page.getByRole('button', { name: '6. the command on h1 failed' }).waitFor();
		await press('Come to rest');
		await page.getByRole('status').getByText('At rest after').first().waitFor();
		await press('The beginning');
		await at(page, 0);
		await page
			.getByLabel('Take me to a state')
			.selectOption({ label: 'a restart is pending and the server is down' });
		await press('Go');
		expect(
			await page
				.getByText(/^Found: /)
				.first()
				.innerText(),
		).toMatch(/^Found: .*, \d+ events on; the shortest way with at most 2 .* states looked at\.$/);
		expect(await page.locator('[data-card="server"]').innerText()).toContain('down');
		expect(await page.locator('[data-card="unit 0"]').innerText()).toContain('restart pending');
		const events = await depth(page);

		await press('Save…');
		const copied = async (name: string): Promise<string> => {
			await press(name);
			await page.getByText(`The ${name.split(' ').at(-1)} is copied.`).waitFor();
			return await page.evaluate<string>('copied');
		};
		expect(fromToken(await copied('Copy the token')).events).toHaveLength(events);
		const link = await copied('Copy the link');
		expect(link.split('#')[0]).toBe(opened.address);
		expect(fromToken(link.split('#')[1] ?? '').events).toHaveLength(events);
		const scenario = await copied('Copy the scenario');
		const [saved] = await Promise.all([page.waitForEvent('download'), press('Save as scenario')]);
		expect(saved.suggestedFilename()).toMatch(/^a-story-[a-z0-9-]+\.yml$/);
		expect(readFileSync(await saved.path(), 'utf8')).toBe(scenario);
		await page.getByLabel('Name of the file').fill('Mine, at last.yml');
		const [named] = await Promise.all([page.waitForEvent('download'), press('Save as scenario')]);
		expect(named.suggestedFilename()).toBe('mine-at-last.yml');
		await press('Close');

		await press('The beginning');
		await press('Open…');
		await press('Leave it');
		await press('Open…');
		await page.getByLabel(/a scenario$/).fill(scenario);
		await press('Open');
		await at(page, events);
		expect(await page.locator('dialog[open]').count()).toBe(0);
		await press('Help ?');
		expect(await page.getByRole('dialog', { name: 'Help' }).innerText()).toContain('undo');
		expect(opened.heard).toEqual([]);
	});

	test('a promise tells what it is, and leads to where it is put to the test', async () => {
		const page = await open();
		await page.locator('[data-guarantee="S7"] button').click();
		const about = page.locator('.x-about');
		expect(await about.innerText()).toMatch(/\(S7\), untouched: .{30,}/);
		await about.getByRole('button', { name: 'is put to the test' }).click();
		await expect.poll(() => light(page, 'S7'), { timeout: 20_000 }).toBe('tested');
		expect(await about.innerText()).toContain('(S7), put to the test: ');
	});

	test('a search that is called off, or that another turn is taken in, is over', async () => {
		const page = await open();
		const goal = page.locator('[data-goal]');
		await goal.selectOption({ label: 'bounded restarts (S1) is broken' });
		await page.locator('[data-seek]').click();
		await page.locator('[data-stop]').click();
		await page.locator('[data-searching]').getByText('Called off.', { exact: true }).waitFor();
		await page.locator('[data-seek]').click();
		await page.locator('[data-stop]').waitFor();
		await choose(page, 'h1 asks for work');
		expect(await page.locator('[data-searching], [data-stop]').count()).toBe(0);
	});

	test('a search that finds nothing says its bound, and goes on beyond it when it is asked to', async () => {
		const page = await opened.open(`#${toToken({ setup: NOTHING_TO_DO, events: [] })}`);
		await page.locator('[data-rest]').click();
		await page.locator('[data-goal]').selectOption({ label: 'bounded restarts (S1) is broken' });
		await page.locator('[data-seek]').click();
		await page.locator('[data-searching]').getByText('Not found').waitFor();
		const searching = page.locator('[data-searching]');
		expect(await searching.innerText()).toMatch(
			/^Not found within the bound: .* at most 2 faults.* Beyond it nothing is said\.$/,
		);
		const states = async () =>
			Number(/([\d,]+) states/.exec(await searching.innerText())?.[1]?.replace(',', ''));
		const before = await states();
		await page.getByRole('button', { name: 'Search further' }).click();
		await searching.getByText('so far').waitFor();
		// From where it stopped, and not from the beginning.
		expect(await states()).toBeGreaterThanOrEqual(before);
		await page.locator('[data-stop]').click();
		await searching.getByText('Called off.', { exact: true }).waitFor();
	});

	test('the machine at hand shows where it is, what was taken, and every way on', async () => {
		const page = await open(['h1 asks for work', 'delivered: next request']);
		await page.locator('[data-machine]').selectOption({ label: 'task of compile' });
		const machine = page.locator('.x-neighbourhood');
		expect(await machine.innerText()).toMatch(/undispatched DISPATCH → inProgress/);
		expect(await page.locator('.x-node').innerText()).toBe('inProgress.dispatched');
		expect(await machine.innerText()).toContain('START');
		// Ways that lead elsewhere are counted apart from what is heard without leaving.
		const count = async (words: RegExp): Promise<number> =>
			Number(words.exec(await machine.innerText())?.[1]);
		expect(await count(/Ways on from here: (\d+)/)).toBe(
			await machine.locator('div:last-child > .x-ways > li').count(),
		);
		expect(await count(/without leaving this state: (\d+)/)).toBe(
			await machine.locator('.x-stays li').count(),
		);
		// Words are explained where they stand, and below for who has no mouse.
		expect(
			await page
				.locator('dt', { hasText: /^budget$/ })
				.first()
				.getAttribute('title'),
		).toBe('budget: how often a unit may restart automatically (max)');
		await page.getByText('What the words mean').click();
		expect(await page.locator('.x-words').innerText()).toContain(
			'asks for tasks, runs their commands',
		);
		expect(await page.locator('[data-about]').count()).toBe(0);
		await page.locator('[data-start]').selectOption('covering');
		await page.locator('[data-about]').getByText('What it covers.').waitFor();
	});

	describe('at rest', () => {
		test('what is owed is broken, and nothing more happens', async () => {
			const page = await open([...STARTED, 'the command on h1 panicked']);
			await page.locator('[data-design]').selectOption('rest');
			await page.locator('[data-rest]').click();
			await expect.poll(() => page.locator('.x-said').innerText()).toContain('At rest after');
			expect(await light(page, 'L1')).toBe('broken');
		});
	});

	describe.each([
		[1440, 'light'],
		[768, 'dark'],
		[360, 'light'],
	] as const)('%i pixels wide and %s', (width, colorScheme) => {
		test('nothing hangs over the edge, no text is smaller than 11 pixels, it can be photographed, and axe finds nothing serious', async () => {
			const page = await open(STARTED, { width, colorScheme });
			await page.locator('[data-design]').selectOption('rest');
			await choose(page, 'somebody forges a mark of compile as h1 (service-key)');
			await choose(page, 'the command on h1 failed');
			await page.locator('[data-guarantee="S7"] button').click();
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
			expect(await page.evaluate(SMALLEST)).toBeGreaterThanOrEqual(11);
			if (width < 1200) {
				// What happened last stays in sight where the story is far down.
				await page.locator('.x-machine').scrollIntoViewIfNeeded();
				const last = page.locator('[data-so-far]');
				expect(await last.innerText()).toContain('7 events, at last: the command on h1 failed');
				expect((await last.boundingBox())?.y).toBeLessThan(60);
				await last.click();
				await expect
					.poll(async () => (await page.locator('.x-story h2').boundingBox())?.y)
					.toBeLessThan(120);
			}
			expect(await page.evaluate(CROSSED)).toEqual([]);
			const shot = join(opened.folder, `${width}.png`);
			await page.screenshot({ path: shot, fullPage: true });
			expect(statSync(shot).size).toBeGreaterThan(10_000);
			expect(await seriousIn(page)).toEqual([]);
			for (const key of ['[data-help]', '[data-save]', '[data-open]']) {
				await page.locator(key).click();
				await page.locator('dialog[open]').waitFor();
				expect(await seriousIn(page, 'dialog[open]'), key).toEqual([]);
				expect(await page.evaluate(CLIPPED), key).toEqual([]);
				await page.keyboard.press('Escape');
			}
			await page.locator('[data-compare]').selectOption('auto-retry');
			await page.locator('[data-beside] .x-card').first().waitFor();
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
			expect(await page.evaluate(SMALLEST)).toBeGreaterThanOrEqual(11);
			expect(await seriousIn(page)).toEqual([]);
			if (width === 360) {
				await page.setViewportSize({ width: 320, height: 900 });
				expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
			}
		});
	});

	test('what happened is told to those who listen', async () => {
		const page = await open();
		await choose(page, 'h1 asks for work');
		const said = page.getByRole('status').first();
		expect(await said.getAttribute('aria-live')).toBe('polite');
		expect(await said.innerText()).toBe('Event 1: h1 asks for work. h1 calls next.');
	});

	test('the story is printed, and nothing that can be pressed', async () => {
		const page = await open(STARTED);
		await page.keyboard.press('u');
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('[data-choice]:visible, [data-undo]:visible').count()).toBe(0);
		expect(await page.locator('.x-story [data-event]:visible').count()).toBe(4);
	});

	test('it is one small file, which asks nobody for anything', async () => {
		await open();
		expect(statSync(opened.file).size).toBeLessThan(3_000_000);
		expect(readFileSync(opened.file, 'utf8').includes('default-src &#39;none&#39;')).toBe(true);
		expect(opened.heard).toEqual([]);
	});
});

const STORY: Story = {
	setup: STARTS[0]?.setup ?? Setup.parse({}),
	events: [{ kind: 'host-asks', host: 'h1' }],
};

/** From where it is at rest, all within the bound is soon looked at. */
const NOTHING_TO_DO = Setup.parse({
	project: { id: 'project', tasks: [{ name: 'compile', commands: [] }] },
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
});

const TWO_PROJECTS = Setup.parse({
	...NOTHING_TO_DO,
	tasks: [...NOTHING_TO_DO.tasks, { ...NOTHING_TO_DO.tasks[0], id: 'other', version: 'v2' }],
	other_versions: [{ id: 'v2', project: { id: 'tools' } }],
});

/** In the page: what is copied is kept, as a page from disk may not have the clipboard. */
const CLIPBOARD = `Object.defineProperty(navigator, 'clipboard', {
	value: { writeText: async (text) => { window.copied = text; } },
})`;

/** A scenario whose names would be more than names, if they were not kept as text. */
const HOSTILE = `mulligan: 1
name: "<script>alert(1)</script>"
about: "<script>alert(2)</script>"
project:
  tasks: [{ name: "<img src=x onerror=alert(1)>", commands: [{ command: shell.exec }] }]
tasks: [{ task: "<img src=x onerror=alert(1)>" }]
hosts: [h1]
events: [{ host-asks: h1 }]
expect: { hosts: { h1: { doing: idle } } }
`;

/** In the page: takes 500 turns, and gives what is shown after each. */
const WALK = `(async () => {
	const shown = [];
	let state = 7;
	const roll = () => {
		state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
		return state / 0x80000000;
	};
	const here = () => document.querySelector('.x-here [data-jump]')?.dataset.jump;
	// What is not seen need not be painted; what stands in it is read all the same.
	document.body.hidden = true;
	for (let turn = 0; turn < 500; turn++) {
		const choices = [...document.querySelectorAll('[data-choice]')];
		choices[Math.floor(roll() * choices.length)].click();
		while (here() !== String(turn + 1)) await new Promise((resolve) => setTimeout(resolve));
		shown.push({
			seen: document.querySelector('[data-observation]').textContent,
			cards: [...document.querySelectorAll('[data-card]')].map((card) => card.textContent),
		});
	}
	document.body.hidden = false;
	return shown;
})()`;

/** In the page: whether the event at which the reader is can be seen in the list of events. */
const HERE_IN_SIGHT = `(() => {
	const here = document.querySelector('.x-story .x-here').getBoundingClientRect();
	const list = document.querySelector('.x-story .events').getBoundingClientRect();
	return here.top >= list.top && here.bottom <= list.bottom + 1;
})()`;

/** In the page: events whose words a lifeline crosses. */
const CROSSED = `[...document.querySelectorAll('.x-story [data-event]')]
	.filter((event) => {
		const { top } = event.querySelector('.said').getBoundingClientRect();
		return [...event.querySelectorAll('.life')].some((line) => line.getBoundingClientRect().bottom > top + 1);
	})
	.map((event) => event.textContent)`;

/** In the page: what in the open dialog is wider than its place. */
const CLIPPED = `[...document.querySelectorAll('dialog[open], dialog[open] *')]
	.filter((one) => !(one instanceof HTMLTextAreaElement) && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
	.map((one) => one.outerHTML.slice(0, 60))`;

/** In the page: the size of the smallest text that can be seen. */
const SMALLEST = `Math.min(...[...document.querySelectorAll('body *')]
	.filter((one) => one.offsetParent !== null || one instanceof SVGElement)
	.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
	.map((one) => parseFloat(getComputedStyle(one).fontSize)))`;
