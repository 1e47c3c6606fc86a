import { problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { readTruth } from './read-scalars.ts';
import type { Keys, Shape } from './shapes.ts';
import { warningAt } from './warning.ts';
import type { Findings } from './written.ts';

/** Tells of all values of a mapping that the server does not take, under these keys and below. */
export function checkKeys(value: YamlValue, keys: Keys, findings: Findings): void {
	for (const [key, inner] of value.mapping() ?? []) {
		const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
		if (shape !== undefined) check(inner, shape, `"${key}"`, findings);
	}
}

/** `name`: what the value is, in words. */
function check(value: YamlValue, shape: Shape, name: string, findings: Findings): void {
	if (shape.kind === 'anything' || value.isNothing) return;
	switch (shape.kind) {
		case 'truth':
			readTruth(value, findings);
			return;
		case 'whole number':
			if (value.wholeNumber() === undefined)
				findings.warnings.push(
					warningAt(
						'wrong-type',
						value.place,
						`${name} is no whole number and is passed over`,
						'write a number, without quotes',
					),
				);
			return;
		case 'text':
			if (value.text() !== undefined) return;
			break;
		case 'selector':
			if (value.list() === undefined) return;
			break;
		case 'list': {
			const list = value.list();
			if (list !== undefined) {
				for (const item of list) check(item, shape.of, `an entry of ${name}`, findings);
				return;
			}
			if (!shape.single) break;
			if (!fits(value, shape.of)) break;
			check(value, shape.of, name, findings);
			return;
		}
		case 'mapping': {
			const mapping = value.mapping();
			if (mapping === undefined) break;
			for (const [key, inner] of mapping) check(inner, shape.of, `"${key}" in ${name}`, findings);
			return;
		}
		case 'record':
			if (!fits(value, shape)) break;
			if (shape.short && isNameless(value)) {
				findings.errors.push(
					problemAt(value.place, `${name} should have a \`name\``, 'give it a name'),
				);
				return;
			}
			checkKeys(value, shape.keys, findings);
			return;
	}
	findings.errors.push(
		problemAt(
			value.place,
			`${name} should be ${inWords(shape)}, not ${whatIs(value)}`,
			`write ${inWords(shape)}`,
		),
	);
}

function isNameless(value: YamlValue): boolean {
	const name = value.mapping() === undefined ? value : value.mapping()?.get('name');
	return name === undefined || name.isNothing || name.text() === '';
}

/** Whether a value is of the right kind, whatever stands in it. */
const fits = (value: YamlValue, shape: Shape): boolean =>
	value.list() !== undefined
		? shape.kind === 'list'
		: value.mapping() !== undefined
			? shape.kind === 'mapping' || shape.kind === 'record'
			: shape.kind === 'record'
				? shape.short
				: shape.kind !== 'mapping';

function inWords(shape: Shape): string {
	switch (shape.kind) {
		case 'list':
			return shape.single ? `${inWords(shape.of)} or a list of them` : 'a list';
		case 'mapping':
			return 'a mapping';
		case 'record':
			return shape.short ? 'a name or a mapping' : 'a mapping';
		case 'selector':
			return 'a name, or a mapping of axes';
		default:
			return `a ${shape.kind}`;
	}
}

/** Of a text so many characters are told. */
const TOLD = 40;

function whatIs(value: YamlValue): string {
	const text = value.text();
	if (text === undefined) return value.list() === undefined ? 'a mapping' : 'a list';
	return `"${text.length > TOLD ? `${text.slice(0, TOLD)}…` : text}"`;
}
