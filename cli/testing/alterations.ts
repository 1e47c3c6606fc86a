import { Design } from '../../model/vocabulary/design.ts';
import { Block } from '../../model/vocabulary/project.ts';
import { Among } from '../../reports/evidence/flag-evidence.ts';

/** A document in which one thing is altered. */
export interface Alteration {
	/** The thing: its keys, with `*` for places in lists; `order of` it. */
	readonly path: string;
	readonly what: string;
	readonly value: unknown;
}

/** So many things of one path are altered: its first ones and its last. */
const EACH = 3;

/** Words of which one may stand for another. */
const VOCABULARY: readonly (readonly string[])[] = [
	['holds', 'violated', 'unknown'],
	['confirmed', 'refuted', 'not shown'],
	['violated', 'diverged', 'broke down'],
	['complete', 'broken', 'out of memory', 'stopped', 'thread lost', 'not begun', 'approximate'],
	['quick', 'standard', 'deep'],
	Design.options,
	['S1', 'S2', 'L1', 'deadlock'],
	['sent', 'arrives', 'held', 'lost', 'repeated'],
	['agent', 'server', 'user', 'stranger'],
	['story', 'rest'],
	Among.options,
	Block.options,
];

const MOVED = 'put after the next';

type Key = string | number;

/** Each leaf changed, each element of a list left out, repeated or put after the next, each key left out, something put into an empty list. */
export function* alterations(document: unknown): Generator<Alteration> {
	const places = new Map<string, Key[][]>();
	collect(document, [], places);
	for (const [path, all] of places)
		for (const keys of new Set([...all.slice(0, EACH - 1), ...all.slice(-1)]))
			for (const [what, edit] of editsOf(at(document, keys))) {
				const { value, holder } = copiedTo(document, keys.slice(0, -1));
				if (!edit(holder, keys.at(-1) ?? '')) continue;
				yield { path: what === MOVED ? `order of ${path}` : path, what, value };
			}
}

/** A copy down to the holder of what is altered: all beside the way is shared, and nobody may change it. */
function copiedTo(node: unknown, keys: readonly Key[]): { value: unknown; holder: unknown } {
	const value: unknown = Array.isArray(node)
		? [...node]
		: typeof node === 'object' && node !== null
			? { ...node }
			: node;
	const [key, ...rest] = keys;
	if (key === undefined || typeof value !== 'object' || value === null)
		return { value, holder: value };
	const below = copiedTo(Reflect.get(value, key), rest);
	Reflect.set(value, key, below.value);
	return { value, holder: below.holder };
}

/** Alters the holder of a thing; false: it stayed as it was. */
type Edit = (holder: unknown, key: Key) => boolean;

function collect(node: unknown, keys: readonly Key[], places: Map<string, Key[][]>): void {
	if (keys.length > 0) {
		const path = keys.map((key) => (typeof key === 'number' ? '*' : key)).join('.');
		places.set(path, [...(places.get(path) ?? []), [...keys]]);
	}
	if (typeof node !== 'object' || node === null) return;
	for (const [key, child] of Object.entries(node))
		collect(child, [...keys, Array.isArray(node) ? Number(key) : key], places);
}

const at = (node: unknown, keys: readonly Key[]): unknown =>
	keys.reduce<unknown>(
		(inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : null),
		node,
	);

function editsOf(old: unknown): [string, Edit][] {
	const put =
		(value: unknown): Edit =>
		(holder, key) =>
			typeof holder === 'object' && holder !== null && Reflect.set(holder, key, value);
	const leaves = replacements(old).map((value): [string, Edit] => [
		`${JSON.stringify(old)} to ${JSON.stringify(value)}`.slice(0, 200),
		put(value),
	]);
	return [
		...leaves,
		[
			'left out',
			(holder, key) =>
				Array.isArray(holder)
					? holder.splice(Number(key), 1).length > 0
					: typeof holder === 'object' && holder !== null && Reflect.deleteProperty(holder, key),
		],
		[
			'repeated',
			(holder, key) =>
				Array.isArray(holder) && holder.splice(Number(key), 0, structuredClone(old)) !== undefined,
		],
		[
			MOVED,
			(holder, key) => {
				if (!Array.isArray(holder) || Number(key) + 1 >= holder.length) return false;
				holder.splice(Number(key), 2, holder[Number(key) + 1], old);
				return true;
			},
		],
	];
}

function replacements(old: unknown): unknown[] {
	switch (typeof old) {
		case 'string': {
			const others = VOCABULARY.filter((words) => words.includes(old)).flat();
			const other = old.replace(/.$/u, (last) => (last === '0' ? '1' : '0'));
			return [`${old}x`, other, '', null, ...new Set(others.filter((word) => word !== old))];
		}
		case 'number':
			return [old + 1, old - 1, 0, old * 1.01, -old, null].filter((value) => value !== old);
		case 'boolean':
			return [!old];
		default:
			if (Array.isArray(old) && old.length === 0) return [['x']];
			return old === null ? [0, 1, 'x', true, 'b2d4c87', '0123456789abcdef'] : [];
	}
}
