import { expect, test } from 'vitest';
import { applyEdits } from './apply-edits.ts';

const FLAG = ', retry_on_failure: true';
const edit = (text: string, cut: string, from = text.indexOf(cut)) => ({
	file: 'a.yml',
	from,
	to: from + cut.length,
	text: '',
});

test('edits are applied in any order, each once, and all else stays', () => {
	const text = `a: { b: c${FLAG} } # one\r\nd: { e: f${FLAG} }`;
	const [one, two] = [edit(text, FLAG), edit(text, FLAG, text.lastIndexOf(FLAG))];
	expect(applyEdits(text, [two, one, two])).toEqual({
		kind: 'applied',
		text: 'a: { b: c } # one\r\nd: { e: f }',
	});
});

test.each([
	['a part of a value', 'a: { b: cd }', 'd', 'more than the flags would change'],
	[
		'an entry of which another takes the place',
		'{ a: 1, a: 2 }',
		', a: 2',
		'more than the flags would change',
	],
	['a comment', 'a: b # c', '# c', 'more than the flags would change'],
	['what makes it YAML', 'a: { b: c }', '}', 'what would be left is no YAML that can be read'],
	[
		'an anchor that is needed',
		'a: { b: &x 1, c: d }\ne: *x',
		'b: &x 1, ',
		'what would be left is no YAML that can be read',
	],
])('%s is not cut out', (_, text, cut, why) => {
	expect(applyEdits(text, [edit(text, cut)])).toEqual({ kind: 'left', why });
});

test('edits that touch each other are not applied', () => {
	const text = `a: { b: c${FLAG} }`;
	const one = edit(text, FLAG);
	expect(applyEdits(text, [one, { ...one, from: one.from + 1 }])).toEqual({
		kind: 'left',
		why: 'two edits would touch each other',
	});
});
