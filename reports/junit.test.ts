import { describe, expect, test } from 'vitest';
import { junit } from './junit.ts';
import { checkOf, evidenceOf, hostileEvidence } from './testing/evidence.ts';

interface Element {
	name: string;
	attributes: Record<string, string>;
	children: Element[];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** A parser for as much of XML as there is in a report; throws when it is not well-formed. */
function parse(xml: string): Element {
	const head = '<?xml version="1.0" encoding="UTF-8"?>';
	if (!xml.startsWith(head)) throw new Error('no head');
	if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(xml))
		throw new Error('a character that XML does not know');
	const root: Element = { name: '', attributes: {}, children: [] };
	const open: Element[] = [root];
	const tag = /\s*<(?:\/([a-z]+)|([a-z]+)((?: [a-z]+="[^"<]*")*)(\/)?)>/uy;
	tag.lastIndex = head.length;
	while (xml.slice(tag.lastIndex).trim() !== '') {
		const at = tag.lastIndex;
		const found = tag.exec(xml);
		if (found === null) throw new Error(`not well-formed: ${xml.slice(at, at + 80)}`);
		const [, closing, name, attributes = '', empty] = found;
		if (closing !== undefined) {
			if (open.pop()?.name !== closing) throw new Error(`</${closing}> closes nothing`);
			continue;
		}
		const element: Element = {
			name: name ?? '',
			attributes: attributesOf(attributes),
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

function attributesOf(text: string): Record<string, string> {
	const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/gu)].map(([, name = '', value = '']) => {
		const said = value.replaceAll(/&([^;]*;?)/g, (_, entity: string) => {
			const character = ENTITIES[entity.replace(/;$/, '')];
			if (character === undefined) throw new Error(`&${entity} is no entity`);
			return character;
		});
		return [name, said] as const;
	});
	return Object.fromEntries(pairs);
}

const casesOf = (xml: string): Element[] => parse(xml).children[0]?.children ?? [];
const named = (xml: string, name: string): Element | undefined =>
	casesOf(xml).find(({ attributes }) => attributes['name'] === name);

describe('the report', () => {
	test('is one case a guarantee, a source and a configuration, and one for the canary', () => {
		const xml = junit(evidenceOf());
		expect(casesOf(xml).map(({ attributes }) => attributes['name'])).toEqual([
			'S1 bounded-restarts',
			'L1 promised-restart',
			'corpus',
			'generated projects',
			'check: blocks',
			'canary: count not checked',
		]);
		expect(casesOf(xml).flatMap(({ children }) => children)).toEqual([]);
		const counts = { tests: '6', failures: '0', errors: '0', time: '12.346' };
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
		const failure = { name: 'failure', attributes: { message: 'one too many' } };
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
					reason: 'it never mattered',
				})),
				canary: { ...canary, caught: false },
			}),
		);
		const error = { name: 'error', attributes: { message: 'it never mattered' } };
		expect(named(xml, 'S1 bounded-restarts')?.children).toMatchObject([error]);
		expect(named(xml, 'canary: count not checked')?.children).toMatchObject([
			{ name: 'error', attributes: { message: 'a broken reference was not caught' } },
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
			{ name: 'failure', attributes: { message: 'it stays for ever' } },
		]);
		expect(named(xml, 'check: quota')?.children).toMatchObject([
			{ name: 'error', attributes: { message: 'the memory for states was used up' } },
		]);
	});

	test('counts failures and errors', () => {
		const kinds = casesOf(junit(hostileEvidence())).flatMap(({ children }) =>
			children.map(({ name }) => name),
		);
		expect(parse(junit(hostileEvidence())).attributes).toMatchObject({
			tests: '8',
			failures: `${kinds.filter((kind) => kind === 'failure').length}`,
			errors: `${kinds.filter((kind) => kind === 'error').length}`,
		});
		expect(kinds.sort()).toEqual([...Array(4).fill('error'), ...Array(4).fill('failure')]);
	});

	test('is well-formed whatever it says, and says it', () => {
		const xml = junit(hostileEvidence());
		const said = '</failure><script>"&\'|`*\n]]>\u{FFFD}\u{FFFD}[31m\u{FFFD}ü👩‍🔧';
		expect(named(xml, said)?.children[0]?.attributes['message']).toBe(said);
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
