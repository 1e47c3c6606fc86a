import { describe, expect, test } from 'vitest';
import { junit } from './junit.ts';
import { checkOf, evidenceOf, hostileEvidence, sourceOf, violationOf } from './testing/evidence.ts';

interface Element {
	name: string;
	attributes: Record<string, string>;
	text: string;
	children: Element[];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** A parser for as much of XML as there is in a report; throws when it is not well-formed. */
function parse(xml: string): Element {
	const head = '<?xml version="1.0" encoding="UTF-8"?>';
	if (!xml.startsWith(head)) throw new Error('no head');
	if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(xml))
		throw new Error('a character that XML does not know');
	const root: Element = { name: '', attributes: {}, text: '', children: [] };
	const open: Element[] = [root];
	const tag = /([^<]*)<(?:\/([a-z]+)|([a-z]+)((?: [a-z]+="[^"<]*")*)(\/)?)>/uy;
	tag.lastIndex = head.length;
	while (xml.slice(tag.lastIndex).trim() !== '') {
		const at = tag.lastIndex;
		const found = tag.exec(xml);
		if (found === null) throw new Error(`not well-formed: ${xml.slice(at, at + 80)}`);
		const [, before = '', closing, name, attributes = '', empty] = found;
		const inside = open.at(-1);
		if (inside === root && before.trim() !== '') throw new Error('text outside of it');
		if (inside !== undefined) inside.text += saidOf(before.trim());
		if (closing !== undefined) {
			if (open.pop()?.name !== closing) throw new Error(`</${closing}> closes nothing`);
			continue;
		}
		const element: Element = {
			name: name ?? '',
			attributes: attributesOf(attributes),
			text: '',
			children: [],
		};
		open.at(-1)?.children.push(element);
		if (empty === undefined) open.push(element);
	}
	const [document] = root.children;
	if (open.length !== 1 || root.children.length !== 1 || document === undefined)
		throw new Error('not one element');
	return document;
}

const saidOf = (value: string): string =>
	value.replaceAll(/&([^;]*;?)/g, (_, entity: string) => {
		const character = ENTITIES[entity.replace(/;$/, '')];
		if (character === undefined) throw new Error(`&${entity} is no entity`);
		return character;
	});

const attributesOf = (text: string): Record<string, string> =>
	Object.fromEntries(
		[...text.matchAll(/ ([a-z]+)="([^"]*)"/gu)].map(([, name = '', value = '']) => [
			name,
			saidOf(value),
		]),
	);

const casesOf = (xml: string): Element[] => parse(xml).children[0]?.children ?? [];
const named = (xml: string, name: string): Element | undefined =>
	casesOf(xml).find(({ attributes }) => attributes['name'] === name);

describe('the report', () => {
	test('is one case a guarantee, a source and a configuration, one for the canary and one a warning', () => {
		const xml = junit(evidenceOf());
		expect(casesOf(xml).map(({ attributes }) => attributes['name'])).toEqual([
			'S1 bounded-restarts',
			'L1 promised-restart',
			'corpus',
			'generated projects',
			'check: blocks',
			'canary: count not checked',
			'warning: project.yml:7:3: the flag on a call has no effect (put it on the command)',
		]);
		expect(casesOf(xml).flatMap(({ children }) => children)).toEqual([]);
		const counts = { tests: '7', failures: '0', errors: '0', time: '12.346' };
		expect(parse(xml)).toMatchObject({
			name: 'testsuites',
			attributes: counts,
			children: [{ name: 'testsuite', attributes: counts }],
		});
	});

	test('has a failure where something was violated, with what was found', () => {
		const { findings, ...evidence } = hostileEvidence();
		const plain = findings.map((finding) => ({ ...finding, sentence: 'one too many' }));
		const xml = junit({ ...evidence, findings: plain });
		const failure = {
			name: 'failure',
			attributes: { message: 'one too many (scenarios: a-story.yml)' },
		};
		expect(named(xml, 'S1 bounded-restarts')?.children).toMatchObject([failure]);
		expect(named(xml, 'scenarios')?.children).toMatchObject([failure]);
	});

	test('has an error, and no pass, where something is unknown', () => {
		const { guarantees, canary } = evidenceOf();
		const xml = junit(
			evidenceOf({
				verdict: 'unknown',
				guarantees: guarantees.map((one) => ({
					...one,
					verdict: 'unknown',
					reason: 'it was never exercised',
				})),
				canary: { ...canary, caught: false },
			}),
		);
		const error = { name: 'error', attributes: { message: 'it was never exercised' } };
		expect(named(xml, 'S1 bounded-restarts')?.children).toMatchObject([error]);
		expect(named(xml, 'canary: count not checked')?.children).toMatchObject([
			{ name: 'error', attributes: { message: 'a broken reference was NOT caught in 22 stories' } },
		]);
		expect(parse(xml).attributes).toMatchObject({ failures: '0', errors: '3' });
	});

	test('tells of a configuration what was found broken, or why nothing is known', () => {
		const [broken, out] = hostileEvidence().checks;
		const plain = broken?.violations.map((one) => ({ ...one, sentence: 'it stays for ever' }));
		const checks = [
			checkOf({ ...broken, configuration: 'blocks', violations: plain ?? [] }),
			checkOf({ ...out, configuration: 'quota' }),
		];
		const xml = junit(evidenceOf({ checks }));
		expect(named(xml, 'check: blocks')?.children).toMatchObject([
			{
				name: 'failure',
				attributes: {
					message:
						'deadlock nothing-is-left-for-ever: it stays for ever (checker, configuration blocks)',
				},
			},
		]);
		expect(named(xml, 'check: quota')?.children).toMatchObject([
			{ name: 'error', attributes: { message: 'the memory for states was used up' } },
		]);
	});

	test('has what was found and its command as text too, for readers of no attributes', () => {
		const { findings, ...evidence } = hostileEvidence();
		const plain = findings.map((finding) => ({ ...finding, sentence: 'one too many' }));
		expect(
			named(junit({ ...evidence, findings: plain }), 'S1 bounded-restarts')?.children[0]?.text,
		).toBe('one too many (scenarios: a-story.yml)\nnpx mulligan replay v1.finding');
	});

	test('tells what many configurations break once, with all of them named', () => {
		const { guarantees } = evidenceOf();
		const xml = junit(
			evidenceOf({
				verdict: 'violated',
				guarantees: guarantees.map((one) => ({ ...one, verdict: 'violated' })),
				checks: ['blocks', 'quota'].map((configuration) =>
					checkOf({ configuration, verdict: 'violated', violations: [violationOf()] }),
				),
			}),
		);
		const message = (name: string) => named(xml, name)?.children[0]?.attributes['message'];
		const told = 'One restart too many. (checker, configuration blocks; also in quota)';
		expect(message('S1 bounded-restarts')).toBe(told);
		expect(message('check: blocks')).toBe(`S1 bounded-restarts: ${told}`);
		expect(message('check: quota')).toBe('S1 bounded-restarts: as in blocks');
		expect(message('L1 promised-restart')).toBe('the evidence holds no story of it');
	});

	test('tells of a broken source what was found there, not only how much was tried', () => {
		const finding = {
			kind: 'diverged' as const,
			guarantee: null,
			sentence: 'they differ',
			source: 'project.yml',
			events: 3,
			token: null,
		};
		const sources = [
			sourceOf({
				name: 'project.yml',
				stories: 3,
				verdict: 'violated',
				note: '2 of 4 tasks have a flagged command',
			}),
			sourceOf({ name: 'corpus', stories: 0, verdict: 'unknown' }),
		];
		const xml = junit(evidenceOf({ verdict: 'violated', sources, findings: [finding] }));
		expect(named(xml, 'project.yml')?.children[0]?.attributes['message']).toBe(
			'they differ (2 of 4 tasks have a flagged command)',
		);
		expect(named(xml, 'corpus')?.children[0]?.attributes['message']).toBe('no story was told');
	});

	test('lists some warnings of many, and says how many it leaves out', () => {
		const { project } = evidenceOf();
		const warnings = Array.from({ length: 120 }, (_, place) => `p.yml:${place}:1: odd`);
		const xml = junit(evidenceOf({ project: project && { ...project, warnings } }));
		const listed = casesOf(xml).filter(
			({ attributes }) => attributes['classname'] === 'mulligan.import',
		);
		expect(listed).toHaveLength(101);
		expect(listed.at(-1)?.attributes['name']).toBe('… and 20 more warnings in evidence.json');
		expect(parse(xml).attributes).toMatchObject({ failures: '0', errors: '0' });
	});

	test('counts failures and errors', () => {
		const kinds = casesOf(junit(hostileEvidence())).flatMap(({ children }) =>
			children.map(({ name }) => name),
		);
		expect(parse(junit(hostileEvidence())).attributes).toMatchObject({
			tests: '9',
			failures: `${kinds.filter((kind) => kind === 'failure').length}`,
			errors: `${kinds.filter((kind) => kind === 'error').length}`,
		});
		expect(kinds.sort()).toEqual([...Array(4).fill('error'), ...Array(4).fill('failure')]);
	});

	test('is well-formed whatever it says, and says it', () => {
		const xml = junit(hostileEvidence());
		const said = `</failure><script>"&'|\`*\n]]>\\u{0}\\u{1b}[31m\\u{202e}\\u{d800}ü👩‍🔧`;
		expect(named(xml, said)?.children[0]?.attributes['message']).toBe(`they differ (${said})`);
		expect(named(xml, 'L1 promised-restart')?.children[0]?.attributes['message']).toBe(said);
	});
});

describe('the parser of this test refuses', () => {
	const head = '<?xml version="1.0" encoding="UTF-8"?>';
	test.each([
		['<a><b></a></b>'],
		['<a/><b/>'],
		['<a>'],
		['<a b="&"/>'],
		['<a b="<"/>'],
		['<a b="\u{1}"/>'],
		['text'],
	])('%s', (xml) => {
		expect(() => parse(`${head}${xml}`)).toThrow();
	});
});
