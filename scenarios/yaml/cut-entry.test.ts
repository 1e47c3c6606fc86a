import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentsOf } from './comments.ts';
import { parseYaml } from './read.ts';
import { YamlValue } from './value.ts';

const KEY = 'retry_on_failure';

function rootOf(text: string): YamlValue {
	const yaml = parseYaml(text, 'a.yml');
	if (yaml.kind === 'refused') throw new Error(`${JSON.stringify(yaml.problems)}\n${text}`);
	return YamlValue.rootOf(yaml.file);
}

/** The text without the entry of the mapping at a path; undefined where it cannot be cut. */
function without(text: string, path: readonly PropertyKey[]): string | undefined {
	const cut = rootOf(text).get(path)?.get([KEY])?.cut();
	return cut && text.slice(0, cut.from) + text.slice(cut.to);
}

describe('in block style', () => {
	test.each([
		['last', '- a: b\n  retry_on_failure: true\n- c\n', '- a: b\n- c\n'],
		['in the middle', '- a: b\n  retry_on_failure: true\n  c: d\n', '- a: b\n  c: d\n'],
		['first', '- retry_on_failure: true\n  a: b\n', '- a: b\n'],
		['first, after two dashes', '- - retry_on_failure: true\n    a: b\n', '- - a: b\n'],
		['first below a dash', '-\n  retry_on_failure: true\n  a: b\n', '-\n  a: b\n'],
		[
			'with carriage returns',
			'- a: b\r\n  retry_on_failure: true\r\n  c: d\r\n',
			'- a: b\r\n  c: d\r\n',
		],
		['first, with carriage returns', '- retry_on_failure: true\r\n  a: b\r\n', '- a: b\r\n'],
		['last in a file without a last line break', '- a: b\n  retry_on_failure: true', '- a: b'],
		[
			'last without a last line break, with carriage returns',
			'- a: b\r\n  retry_on_failure: true',
			'- a: b',
		],
		[
			'with a comment behind it',
			'- a: b\n  retry_on_failure: true  # why\n  c: d\n',
			'- a: b\n  # why\n  c: d\n',
		],
		[
			'first, with a comment behind it',
			'- retry_on_failure: true # why\n  a: b\n',
			'- # why\n  a: b\n',
		],
		[
			'first, with a comment below it',
			'- retry_on_failure: true\n  # why\n  a: b\n',
			'-\n  # why\n  a: b\n',
		],
		[
			'below a script',
			'- s: |\n    # x\n    y\n\n  retry_on_failure: true\n  c: d\n',
			'- s: |\n    # x\n    y\n\n  c: d\n',
		],
		['in quotes', `- a: b\n  "retry_on_failure" : 'true' \n`, '- a: b\n'],
		['beside an anchor', '- &x\n  a: b\n  retry_on_failure: on\n- *x\n', '- &x\n  a: b\n- *x\n'],
	])('%s', (_, text, expected) => {
		const path = text.startsWith('- -') ? [0, 0] : [0];
		expect(without(text, path)).toBe(expected);
	});

	test.each([
		['alone', '- retry_on_failure: true\n'],
		['on two lines', '- a: b\n  retry_on_failure:\n    true\n'],
		['with an anchor on its value', '- a: b\n  retry_on_failure: &x true\n- *x\n'],
		['with an anchor on its key', '- &x retry_on_failure: true\n  a: b\n- *x\n'],
		['with a question mark', '- ? retry_on_failure\n  : true\n  a: b\n'],
	])('not %s', (_, text) => {
		expect(rootOf(text).get([0, KEY])).toBeDefined();
		expect(without(text, [0])).toBeUndefined();
	});
});

describe('in flow style', () => {
	test.each([
		['first', '[{ retry_on_failure: true, a: b }]', '[{ a: b }]'],
		['in the middle', '[{ a: b, retry_on_failure: true, c: d }]', '[{ a: b, c: d }]'],
		['last', '[{ a: b, retry_on_failure: true }]', '[{ a: b }]'],
		['last with a comma', '[{ a: b, retry_on_failure: true, }]', '[{ a: b, }]'],
		['alone', '[{ retry_on_failure: true }]', '[{ }]'],
		['without blanks', '[{"a":"b","retry_on_failure":true}]', '[{"a":"b"}]'],
		[
			'on a line of its own',
			'[{\n  a: b,\n  retry_on_failure: true,\n  c: d\n}]',
			'[{\n  a: b,\n  c: d\n}]',
		],
		[
			'last, on a line of its own',
			'[{\r\n  a: b,\r\n  retry_on_failure: true\r\n}]',
			'[{\r\n  a: b\r\n}]',
		],
		['at the end of a line', '[{ a: b, retry_on_failure: true,\n c: d }]', '[{ a: b,\n c: d }]'],
		[
			'before a comment',
			'[{ a: b, retry_on_failure: true, # why\n c: d }]',
			'[{ a: b, # why\n c: d }]',
		],
		[
			'last, before a comment',
			'[{ a: b,\n retry_on_failure: true # why\n }]',
			'[{ a: b # why\n }]',
		],
		[
			'last, below a comment',
			'[{\n  a: b, # b, c\n  retry_on_failure: true\n}]',
			'[{\n  a: b, # b, c\n}]',
		],
		['last, behind a key alone', '[{ a, retry_on_failure: true }]', '[{ a }]'],
	])('%s', (_, text, expected) => {
		expect(without(text, [0])).toBe(expected);
	});

	test.each([
		['with a comma in the next line', '[{ a: b\n, retry_on_failure: true\n, c: d }]'],
		['in no braces', '[retry_on_failure: true]'],
		['in no braces, before others', '[retry_on_failure: true, a]'],
	])('not %s', (_, text) => {
		expect(without(text, [0])).toBeUndefined();
	});
});

test('it is cut where it is defined, whatever leads there', () => {
	const text = '- &x { a: b, retry_on_failure: true }\n- { <<: *x, c: d }\n- *x\n';
	for (const at of [0, 1, 2])
		expect(without(text, [at])).toBe('- &x { a: b }\n- { <<: *x, c: d }\n- *x\n');
});

const range = ({ from, to }: { from: number; to: number }): number[] =>
	Array.from({ length: to - from }, (_, at) => from + at);

/** Commands in any layout, with the flag in any place. */
const layouts = (() => {
	const entry = fc.constantFrom(
		'a: b',
		'"c": "d, # e"',
		"f: 'g}'",
		'h: [i, {j: k}]',
		'l: { m: n }',
	);
	const comment = fc.constantFrom('', ' # why', '  # a, b: {c}', ' #');
	const flag = fc.constantFrom(
		'retry_on_failure: true',
		'"retry_on_failure": yes',
		'retry_on_failure:  on',
	);
	const line = fc.tuple(entry, comment).map(([said, behind]) => said + behind);
	const script = fc.constant('s: |\n@    echo # no comment\n\n@    done');
	const own = fc.constantFrom('# a line', '');
	const block = fc
		.record({
			before: fc.array(fc.oneof(line, script, own), { maxLength: 3 }),
			flag: fc.tuple(flag, comment).map(([said, behind]) => said + behind),
			after: fc.array(fc.oneof(line, script, own), { maxLength: 3 }),
			first: fc.boolean(),
		})
		.map(({ before, flag: said, after, first }) => {
			const lines = [
				...(first ? [] : ['t: u', ...before]),
				said,
				...(first ? ['t: u'] : []),
				...after,
			];
			return lines
				.map((one, at) => `${one === '' ? '' : at === 0 ? '- ' : '  '}${one.replaceAll('@', '')}`)
				.join('\n');
		});
	const gap = fc.constantFrom(' ', '', '\n    ', ' # x\n   ');
	const flow = fc
		.record({
			before: fc.array(entry, { maxLength: 2 }),
			flag,
			after: fc.array(entry, { maxLength: 2 }),
			gaps: fc.array(gap, { minLength: 12, maxLength: 12 }),
			comma: fc.constantFrom('', ','),
		})
		.map(({ before, flag: said, after, gaps, comma }) => {
			const entries = [...before, said, ...after];
			return `- {${entries.map((one, at) => `${gaps[at] === '' ? ' ' : gaps[at]}${one}${at < entries.length - 1 ? ',' : comma}`).join('')}${gaps[11]}}`;
		});
	const start = fc.constantFrom('', '# top\n', '- before\n');
	const end = fc.constantFrom('', '\n', '\n- after\n', '\n\n# end');
	const breaks = fc.constantFrom('\n', '\r\n');
	return fc
		.tuple(start, fc.oneof(block, flow), end, breaks)
		.map(([head, item, tail, broken]) => (head + item + tail).replaceAll('\n', broken));
})();

test('whatever the layout: the data is that without the entry, and all else stays byte for byte', () => {
	let cuts = 0;
	let runs = 0;
	fc.assert(
		fc.property(layouts, (text) => {
			const yaml = parseYaml(text, 'a.yml');
			// Keys that are drawn twice are another matter.
			fc.pre(yaml.kind === 'read' && yaml.file.repeated.length === 0);
			runs++;
			const root = rootOf(text);
			const value = root.list()?.find((item) => item.mapping()?.has(KEY) === true);
			const cut = value?.get([KEY])?.cut();
			if (cut === undefined) return;
			cuts++;
			const after = text.slice(0, cut.from) + text.slice(cut.to);
			expect(rootOf(after).plain()).toEqual(root.plain(new Set(range(cut))));
			expect(JSON.stringify(rootOf(after).plain())).not.toContain(KEY);
			expect(commentsOf(after).map((one) => one.text.trim())).toEqual(
				commentsOf(text).map((one) => one.text.trim()),
			);
			expect(text.slice(cut.from, cut.to).replaceAll(/[\s,]/g, '')).toMatch(
				/^"?retry_on_failure"?:(?:true|yes|on)$/,
			);
			if (text.endsWith('\n')) expect(after).toMatch(/\n$/);
		}),
		{ numRuns: 500 },
	);
	// It would say nothing if it were always refused.
	expect(cuts).toBeGreaterThan(runs / 2);
});
