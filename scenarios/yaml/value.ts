import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { type Cut, cutEntry } from './cut-entry.ts';
import type { YamlFile } from './parse.ts';
import type { Place } from './problem.ts';

/** What the server's YAML libraries read as true and false: these words in no other mix of capitals. */
const PLAIN_TRUE = new Set(['true', 'True', 'TRUE']);
const PLAIN_FALSE = new Set(['false', 'False', 'FALSE']);
/** Words of YAML 1.1, which count in quotes as well where true or false is expected. */
const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);

/** What these libraries read as a number that may be cut to a whole one. */
const NUMBER =
	/^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-fA-F_]+|\d[\d_]*|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/;

/** The entries of mappings that were asked for: it is done often, and by many aliases. */
const ENTRIES = new WeakMap<YAMLMap, ReadonlyMap<string, YamlValue>>();

/** Where an entry of a mapping is defined. */
type Entry = { readonly map: YAMLMap; readonly pair: Pair };

/**
 * A value of a YAML file that knows where it stands. Aliases and merge keys are followed, so that a
 * reader never sees them; `place` is where the value is used, not where its anchor is.
 */
export class YamlValue {
	readonly #file: YamlFile;
	readonly #node: Node | null;
	readonly #offset: number;
	readonly #keyOffset: number;
	readonly #entry: Entry | undefined;

	constructor(
		file: YamlFile,
		node: Node | null,
		offset: number,
		keyOffset?: number,
		entry?: Entry,
	) {
		this.#entry = entry;
		this.#file = file;
		this.#node = isAlias(node) ? (file.anchors.get(node) ?? null) : node;
		this.#offset = node?.range?.[0] ?? offset;
		this.#keyOffset = keyOffset ?? this.#offset;
	}

	static rootOf(file: YamlFile): YamlValue {
		return new YamlValue(file, file.document.contents, 0);
	}

	get place(): Place {
		return this.#file.placeOf(this.#offset);
	}

	/** Where its key stands, for the value of a mapping; else as `place`. */
	get keyPlace(): Place {
		return this.#file.placeOf(this.#keyOffset);
	}

	/** All of the text of its file, without a byte order mark. */
	get fileText(): string {
		return this.#file.text;
	}

	/**
	 * What to cut out of the text of the file so that the entry of a mapping is gone where it is defined, and nothing
	 * else; undefined where that is not simple.
	 */
	cut(): Cut | undefined {
		return this.#entry === undefined
			? undefined
			: cutEntry(this.#file.text, this.#entry.map, this.#entry.pair);
	}

	/** Nothing is written, or `null` or `~`. */
	get isNothing(): boolean {
		return this.#node === null || (isScalar(this.#node) && this.#node.value === null);
	}

	/** The entries of a mapping by the text of their keys; undefined for anything else. */
	mapping(): ReadonlyMap<string, YamlValue> | undefined {
		if (!isMap(this.#node)) return undefined;
		let entries = ENTRIES.get(this.#node);
		if (entries === undefined) {
			entries = this.#entries(this.#node);
			ENTRIES.set(this.#node, entries);
		}
		return entries;
	}

	/** The items of a list; undefined for anything else. */
	list(): YamlValue[] | undefined {
		if (!isSeq(this.#node)) return undefined;
		return this.#node.items.map((item) => this.#at(item, this.#offset));
	}

	/** A scalar as it is written (`3.10` stays `3.10`); undefined for anything else. */
	text(): string | undefined {
		if (!isScalar(this.#node) || this.#node.value === null) return undefined;
		const { value, source } = this.#node;
		return typeof value === 'string' ? value : (source ?? String(value));
	}

	/**
	 * True or false, as the server decodes it into a field of that type: with yaml.v3 (`decode.go`, scalar),
	 * and where that refuses it with yaml.v2. The words of YAML 1.1 count quoted too, "true" does not.
	 */
	truth(): boolean | undefined {
		if (!isScalar(this.#node)) return undefined;
		const text = this.text() ?? '';
		const isPlain = this.#node.type === 'PLAIN';
		if (TRUE.has(text) || (isPlain && PLAIN_TRUE.has(text))) return true;
		return FALSE.has(text) || (isPlain && PLAIN_FALSE.has(text)) ? false : undefined;
	}

	/** A whole number, as the server decodes it into a field of that type: quoted it is a text, and a fraction is cut off. */
	wholeNumber(): number | undefined {
		const text = this.text() ?? '';
		if (!isScalar(this.#node) || this.#node.type !== 'PLAIN' || !NUMBER.test(text))
			return undefined;
		const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(text.replaceAll('_', '')) ?? [];
		const number = Math.trunc(Number(digits));
		return Number.isSafeInteger(number) ? (sign === '-' ? -number : number) : undefined;
	}

	/**
	 * Plain data, with aliases and merge keys written out. Scalars stay as they are written: a number or
	 * truth whose text would change (`3.10`, `yes`) is a text. Entries whose key begins at one of the offsets are left out.
	 */
	plain(without: ReadonlySet<number> = new Set()): unknown {
		const mapping = this.mapping();
		if (mapping !== undefined)
			return Object.fromEntries(
				[...mapping]
					.filter(([, value]) => !without.has(value.#keyOffset))
					.map(([key, value]) => [key, value.plain(without)]),
			);
		const list = this.list();
		if (list !== undefined) return list.map((item) => item.plain(without));
		if (!isScalar(this.#node) || this.#node.value === null) return null;
		const { value } = this.#node;
		return String(value) === this.text() ? value : this.text();
	}

	/** The value at a path of keys and positions, if there is one. */
	get(path: readonly PropertyKey[]): YamlValue | undefined {
		const [step, ...rest] = path;
		if (step === undefined) return this;
		const child = this.#child(step);
		return child === undefined ? undefined : child.get(rest);
	}

	/** The value at a path of keys and positions, or the nearest one that encloses it. */
	find(path: readonly PropertyKey[]): YamlValue {
		const [step, ...rest] = path;
		const child = step === undefined ? undefined : this.#child(step);
		return child === undefined ? this : child.find(rest);
	}

	#child(step: PropertyKey): YamlValue | undefined {
		return typeof step === 'number' ? this.list()?.[step] : this.mapping()?.get(String(step));
	}

	#at(item: unknown, offset: number, keyOffset?: number, entry?: Entry): YamlValue {
		return new YamlValue(this.#file, isNode(item) ? item : null, offset, keyOffset, entry);
	}

	/** Own keys before merged ones, the last of repeated keys, the first of merged mappings. */
	#entries(map: YAMLMap): Map<string, YamlValue> {
		const entries = new Map<string, YamlValue>();
		const merged: YamlValue[] = [];
		for (const pair of map.items) {
			const key = this.#at(pair.key, this.#offset);
			const value = this.#at(pair.value, key.#offset, key.#offset, { map, pair });
			if (isScalar(pair.key) && typeof pair.key.value === 'symbol')
				merged.push(...(value.list() ?? [value]));
			else entries.set(key.text() ?? '', value);
		}
		for (const source of merged)
			for (const [key, value] of source.mapping() ?? [])
				if (!entries.has(key)) entries.set(key, value);
		return entries;
	}
}
