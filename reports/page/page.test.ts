import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { Evidence } from '../evidence/evidence.ts';
import type { ReviewInput } from '../review/input.ts';
import { designsOf } from '../testing/designs.ts';
import { checkOf, evidenceOf, hostileEvidence, violationOf } from '../testing/evidence.ts';
import { hostsChange, narratedStory } from '../testing/narrated-story.ts';
import { reviewOf } from '../testing/review.ts';
import { FIELD, OURS } from '../wording/glossary.ts';
import { page } from './page.tsx';

const NASTY = '</script><img src=x onerror=alert(1)>"\'&<style>*{}</style>';
const TURNED = 'abc\u{202e}cba\u{2066}';
const LONG = 'n'.repeat(2000);

const documentOf = async (...[input]: Parameters<typeof page>) =>
	parseHTML(await page(input)).document;

describe('names from files', () => {
	test('are text wherever they stand, and never markup', async () => {
		const evidence = hostileEvidence();
		const told = narratedStory({
			token: 'v1.finding',
			setup: NASTY,
			lanes: [
				{ kind: 'agent', name: NASTY },
				{ kind: 'server', name: TURNED },
				{ kind: 'user', name: LONG },
			],
			broken: { index: 1, guarantee: NASTY, sentence: NASTY },
		});
		const usual = reviewOf().simulation;
		const document = await documentOf(
			reviewOf({
				evidence: { ...evidence, told: [told] },
				simulation: usual && { ...usual, project: { ...usual.project, file: NASTY } },
				since: { file: NASTY, evidence },
			}),
		);
		expect(document.querySelectorAll('img')).toHaveLength(0);
		expect(document.querySelectorAll('script')).toHaveLength(1);
		expect(document.querySelectorAll('style')).toHaveLength(1);
		expect(document.querySelector('#stories')?.textContent).toContain('onerror=alert(1)');
	});

	test('cannot turn the direction of text or act on a terminal that shows the file', async () => {
		const told = narratedStory({ token: 'v1.rest-S8', setup: `${TURNED}\u{1b}[31m` });
		const text = await page(reviewOf({ told: [told] }));
		for (const sign of ['\u{202e}', '\u{2066}', '\u{1b}']) expect(text).not.toContain(sign);
		expect(text).toContain('abc\\u{202e}cba');
	});
});

test('the words of the page are those of the glossary', async () => {
	const document = await documentOf(reviewOf());
	const words = [...document.querySelectorAll('#words tbody tr')].map((row) =>
		[...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
	);
	const means = Object.entries({ ...FIELD, ...OURS });
	expect(words).toEqual(means.map(([word, text]) => [word, text.replaceAll('`', '')]));
	expect(document.querySelector('#words td code')?.textContent).toBe('compile/1');
});

test('nothing is drawn of a host before it comes, and after it is gone', async () => {
	const told = hostsChange({ token: 'v1.rest-S8' });
	const document = await documentOf(reviewOf({ told: [told] }));
	const rows = [...document.querySelectorAll('#story-rest-S8 [data-event] .drawing')];
	const life = (row: (typeof rows)[number]) =>
		[...row.querySelectorAll('.life')].map((line) =>
			['x1', 'y1', 'y2'].map((name) => line.getAttribute(name)).join(' '),
		);
	const [server, user] = ['62.5% 0 100%', '87.5% 0 100%'];
	expect(rows.map(life)).toEqual([
		['12.5% 0 100%', server, user],
		['12.5% 0 100%', '37.5% 26 100%', server, user],
		['12.5% 0 26', '37.5% 0 100%', server, user],
		['37.5% 0 100%', server, user],
	]);
	const at = (name: string) =>
		rows.map((row) => row.querySelector(name)?.getAttribute(name === 'circle' ? 'cx' : 'x'));
	expect(at('circle')).toEqual([undefined, '37.5%', undefined, undefined]);
	expect(at('text.ends')).toEqual([undefined, undefined, '12.5%', undefined]);
	expect(rows[2]?.parentElement?.textContent).toContain('the host h1 is taken away');
});

describe('nothing leaves the page', () => {
	test('its policy allows this very script and style, and no network', async () => {
		const document = await documentOf(reviewOf());
		const policy = document
			.querySelector('meta[http-equiv="Content-Security-Policy"]')
			?.getAttribute('content');
		expect(policy).toContain("default-src 'none'");
		expect(policy?.match(/'sha256-[\w+/]+=*'/g)).toHaveLength(2);
		expect(policy).not.toContain('unsafe');
	});

	test('it names no address, and carries no style or handler in an attribute', async () => {
		const document = await documentOf(reviewOf());
		for (const element of document.querySelectorAll('*'))
			for (const { name, value } of element.attributes) {
				expect(name).not.toMatch(/^(style|on.*|src|srcset)$/);
				if (name === 'href') expect(value).toMatch(/^#/);
			}
	});
});

describe('what is missing', () => {
	test('is said with the command that makes it, and no number stands in its place', async () => {
		const document = await documentOf(
			reviewOf({ evidence: null, designs: null, simulation: null, told: [] }),
		);
		expect(document.querySelector('h1')?.textContent).toContain('Unknown.');
		expect(document.querySelector('#costs')?.textContent).toContain('npx mulligan simulate');
		expect(document.querySelector('#matrix')?.textContent).toContain('npx mulligan designs');
		expect(document.querySelector('#coverage')?.textContent).toContain('npx mulligan verify');
		expect(document.querySelector('#costs')?.textContent).not.toMatch(/\d %/);
	});
});

describe('every link has its target', () => {
	const usual = evidenceOf();
	const broken = evidenceOf({
		verdict: 'violated',
		guarantees: usual.guarantees.map((one) => ({ ...one, verdict: 'violated' as const })),
	});
	const checked = (...violations: Parameters<typeof violationOf>): Evidence => ({
		...broken,
		checks: ['blocks', 'a b', 'a-b'].map((configuration) =>
			checkOf({ configuration, violations: [violationOf(...violations)] }),
		),
	});
	const { designs } = designsOf();
	const strange = designsOf({
		designs: designs.map((one) => ({
			...one,
			cells: one.cells.flatMap((cell) => [
				cell,
				{ ...cell, guarantee: `${cell.guarantee} "x"` },
				cell,
			]),
		})),
	});
	const found = Array.from({ length: 250 }, () => ({
		kind: 'violated' as const,
		guarantee: 'L1',
		sentence: 'lost',
		source: 'corpus',
		events: 3,
		token: 'v1.found',
	}));
	const INPUTS: Record<string, ReviewInput> = {
		'all is well': reviewOf(),
		nothing: reviewOf({ evidence: null, designs: null, simulation: null, told: [] }),
		'no evidence': reviewOf({ evidence: null }),
		'broken by the checker': reviewOf({ evidence: checked(), designs: null }),
		'broken by the checker beside designs': reviewOf({ evidence: checked({ guarantee: 'L1' }) }),
		'broken without a story': reviewOf({ evidence: broken, designs: null }),
		'another design': reviewOf({ evidence: { ...checked(), design: 'rest' } }),
		unknown: reviewOf({ evidence: evidenceOf({ verdict: 'unknown', reason: 'interrupted' }) }),
		hostile: reviewOf({ evidence: hostileEvidence() }),
		'strange names, twice': reviewOf({ designs: strange }),
		'more stories than fit': reviewOf({ evidence: { ...broken, findings: found } }),
	};

	test.each(Object.keys(INPUTS))('%s', async (name) => {
		const document = await documentOf(INPUTS[name] ?? reviewOf());
		const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const link of document.querySelectorAll('a'))
			expect(ids).toContain(link.getAttribute('href')?.slice(1));
		for (const cell of document.querySelectorAll('#matrix td.violated'))
			expect(cell.querySelector('a')).not.toBeNull();
	});

	test('a cell that the checker broke leads to its story, which names every configuration', async () => {
		for (const input of [INPUTS['broken by the checker'], INPUTS['another design']]) {
			const document = await documentOf(input ?? reviewOf());
			const links = [...document.querySelectorAll('#matrix td.violated a')];
			const hrefs = links.map((link) => link.getAttribute('href'));
			expect(hrefs).toContain('#check-1');
			expect(document.querySelector('#check-1')?.textContent).toContain(
				'configuration blocks; also in a b, a-b',
			);
			expect(document.querySelectorAll('[id^="check-"]')).toHaveLength(1);
		}
	});
});

test('200 stories of 500 events stay under 3 MB, and the page says what it left out', async () => {
	const events = narratedStory().events.slice(0, 1);
	const told = Array.from({ length: 200 }, (_, place) =>
		narratedStory({
			token: `v1.${'x'.repeat(20_000)}${place}`,
			events: Array.from({ length: 500 }, () => events).flat(),
		}),
	);
	const usual = reviewOf().evidence;
	const findings = told.map(({ token }) => ({
		kind: 'violated' as const,
		guarantee: 'S1',
		sentence: LONG,
		source: 'generated',
		events: 500,
		token,
	}));
	const text = await page(reviewOf({ evidence: usual && { ...usual, findings, told } }));
	expect(Buffer.byteLength(text)).toBeLessThan(3_000_000);
	expect(text).toMatch(/\d+ stories could not be drawn within the size of this page/);
});

test('the same evidence gives the same page', async () => {
	expect(await page(reviewOf())).toBe(await page(reviewOf()));
});

describe('between the steps of drawing others have a turn', () => {
	const EXAMPLE = new URL('../../docs/example-evidence/evidence.json', import.meta.url);
	const evidence = Evidence.parse(JSON.parse(readFileSync(EXAMPLE, 'utf8')));

	test('so that a signal is heard within a second of work, also as real machines are placed', async () => {
		const steps_ms: number[] = [];
		let since = process.cpuUsage();
		await page(reviewOf({ evidence }), async () => {
			const { user, system } = process.cpuUsage(since);
			steps_ms.push((user + system) / 1000);
			await setImmediate();
			since = process.cpuUsage();
		});
		expect(steps_ms.length).toBeGreaterThan(evidence.graphs.length + 10);
		expect(Math.max(...steps_ms)).toBeLessThan(1000);
	});

	test('who may end it', async () => {
		let turns = 0;
		const drawing = page(reviewOf({ evidence }), async () => {
			if (++turns === 3) throw new Error('enough');
		});
		await expect(drawing).rejects.toThrow('enough');
		expect(turns).toBe(3);
	});
});
