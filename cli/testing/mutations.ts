import { dice } from '../../model/vocabulary/dice.ts';

/** Numbers from 0 up to, but not including, the one given; the seed decides them. */
export type Dice = (below: number) => number;

/** A seed gives the same mutations everywhere. */
export function diceOf(seed: number): Dice {
	const roll = dice(seed);
	return (below) => Math.floor(roll() * below);
}

const nested = (open: string, close: string, depth: number): string =>
	open.repeat(depth) + close.repeat(depth);

/** Pieces of text that readers trip over. */
const PIECES = [
	'\u{0}',
	'\u{feff}',
	'\r\n',
	'\t',
	'\ud800',
	'\u{2028}',
	'__proto__',
	'{"__proto__":{"a":1}}',
	'constructor: { prototype: 1 }\n',
	'1e400',
	'-0',
	'9'.repeat(400),
	'0x1f',
	'.inf',
	'null',
	'true',
	'[]',
	'{}',
	'""',
	'<<: *a\n',
	'&a [*a]',
	'*nobody',
	'? ',
	'- - - ',
	'!!binary x',
	'!!js/function x',
	'--- \n',
	'"\\',
	'|\n',
	nested('[', ']', 300),
	nested('{"a":', '}', 300),
	nested('- ', '', 300),
	'x'.repeat(20_000),
] as const;

/** What stands in a text is cut, doubled, moved, or replaced by what readers trip over. */
export function mutateText(text: string, throwDice: Dice): string {
	const at = throwDice(text.length + 1);
	const to = Math.min(text.length, at + throwDice(40));
	const piece = PIECES[throwDice(PIECES.length)] ?? '';
	const lines = text.split('\n');
	const line = throwDice(lines.length);
	switch (throwDice(9)) {
		case 0:
			return text.slice(0, at);
		case 1:
			return text.slice(at);
		case 2:
			return text.slice(0, at) + piece + text.slice(at);
		case 3:
			return text.slice(0, at) + piece + text.slice(to);
		case 4:
			return text.slice(0, to) + text.slice(at);
		case 5:
			return lines.toSpliced(line, 1).join('\n');
		case 6:
			return lines.toSpliced(throwDice(lines.length), 0, lines[line] ?? '').join('\n');
		case 7:
			return text.replaceAll('\n', '\r\n');
		default: {
			// A value, in YAML or JSON, is another one.
			const values = [...text.matchAll(/(?<=: ?)[^\s,{}[\]][^\n,{}[\]]*/g)];
			const value = values[throwDice(values.length)];
			if (value === undefined) return text;
			return text.slice(0, value.index) + piece + text.slice(value.index + value[0].length);
		}
	}
}

const VALUES: readonly unknown[] = [
	null,
	true,
	0,
	-1,
	1.5,
	1e308,
	'',
	'\u{0}\ud800',
	'x'.repeat(5000),
	[],
	{},
	[[[[]]]],
	Array(3000).fill(0),
	JSON.parse('{"__proto__":1,"constructor":2}'),
];

/** One value somewhere in the data is another one, is gone, or is there twice. */
export function mutateValue(value: unknown, throwDice: Dice): unknown {
	if (typeof value !== 'object' || value === null || throwDice(6) === 0)
		return VALUES[throwDice(VALUES.length)];
	const keys = Object.keys(value);
	const key = keys[throwDice(keys.length)];
	if (key === undefined) return VALUES[throwDice(VALUES.length)];
	if (Array.isArray(value)) {
		const place = Number(key);
		const kind = throwDice(8);
		if (kind === 0) return value.toSpliced(place, 1);
		if (kind === 1) return value.toSpliced(place, 0, value[throwDice(value.length)]);
		return value.with(place, mutateValue(value[place], throwDice));
	}
	const entries = Object.entries(value);
	if (throwDice(12) === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
	if (throwDice(20) === 0) {
		// A string takes the place of another one: ids that should differ, or should be the same.
		const [, other] = entries[throwDice(entries.length)] ?? [];
		return { ...value, [key]: other };
	}
	return Object.fromEntries(
		entries.map(([name, own]) => [name, name === key ? mutateValue(own, throwDice) : own]),
	);
}

/** The bytes of a text, now and then in another encoding, or broken. */
export function encoded(text: string, throwDice: Dice): Buffer {
	const bytes = Buffer.from(text);
	switch (throwDice(12)) {
		case 0:
			return Buffer.from(text, 'utf16le');
		case 1:
			return Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]);
		case 2:
			bytes[throwDice(bytes.length || 1)] = 0xff;
			return bytes;
		default:
			return bytes;
	}
}
