import {
	type Alias,
	type Document,
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	type Node,
	type YAMLMap,
} from 'yaml';
import { YAML_LIMITS } from './limits.ts';

/** What is wrong at an offset of the text. */
export type Fault = {
	readonly offset: number;
	readonly message: string;
	readonly remedy: string;
};

export type Examined = {
	/** The node that each alias stands for: the latest anchor of its name before it. */
	readonly targets: ReadonlyMap<Alias, Node>;
	/** Keys that a mapping has twice, each at its later place. `<<` may be repeated. */
	readonly repeated: readonly Fault[];
	/** Why the document is not safe to walk. */
	readonly fault: Fault | null;
};

/** How much a node is when written out. */
type Extent = { readonly size: number; readonly depth: number };

/**
 * Goes through a document once. It is not safe to walk with an alias without an anchor, an anchor that holds itself, a
 * merge of what is no mapping, or where it would grow beyond all bounds: merge keys count like copies.
 */
export function examine(document: Document.Parsed): Examined {
	const examiner = new Examiner();
	examiner.extentOf(document.contents);
	return examiner;
}

class Examiner implements Examined {
	readonly targets = new Map<Alias, Node>();
	readonly repeated: Fault[] = [];
	fault: Fault | null = null;
	readonly #named = new Map<string, Node>();
	/** Of what has an anchor; undefined while it is being gone through. */
	readonly #extents = new Map<Node, Extent | undefined>();

	extentOf(node: unknown): Extent {
		if (isScalar(node)) {
			if (node.anchor !== undefined) this.#named.set(node.anchor, node);
			return VALUE;
		}
		if (isAlias(node)) return this.#extentOfAlias(node);
		if (!isMap(node) && !isSeq(node)) return NOTHING;
		const anchored = node.anchor !== undefined;
		if (anchored) {
			this.#named.set(node.anchor ?? '', node);
			this.#extents.set(node, undefined);
		}
		let size = 1;
		let depth = 0;
		const add = (part: unknown): void => {
			const inner = this.extentOf(part);
			size += inner.size;
			if (inner.depth >= depth) depth = inner.depth + 1;
		};
		if (isSeq(node)) for (const item of node.items) add(item);
		else {
			for (const { key, value } of node.items) {
				add(key);
				add(value);
			}
			this.#lookAtKeys(node);
		}
		if (size > YAML_LIMITS.expanded_nodes)
			this.#blame(
				node,
				`aliases make the file grow to more than ${YAML_LIMITS.expanded_nodes} values`,
				'use fewer aliases of aliases',
			);
		if (depth > 2 * YAML_LIMITS.depth)
			this.#blame(node, 'aliases of aliases are nested too deep', 'use fewer aliases of aliases');
		const extent = { size, depth };
		if (anchored) this.#extents.set(node, extent);
		return extent;
	}

	#extentOfAlias(alias: Alias): Extent {
		const target = this.#named.get(alias.source);
		if (target === undefined) {
			this.#blame(
				alias,
				`no anchor "${alias.source}" stands before its alias`,
				'define the anchor above its first use',
			);
			return NOTHING;
		}
		this.targets.set(alias, target);
		if (isScalar(target)) return VALUE;
		const known = this.#extents.get(target);
		if (known === undefined)
			this.#blame(alias, 'an anchor holds an alias of itself', 'take the alias out');
		return known === undefined ? NOTHING : { size: known.size + 1, depth: known.depth + 1 };
	}

	#lookAtKeys({ items }: YAMLMap): void {
		const seen = new Set<string>();
		for (const { key, value } of items) {
			if (!isScalar(key)) continue;
			if (typeof key.value === 'symbol') {
				for (const source of isSeq(value) ? value.items : [value])
					if (!isMap(isAlias(source) ? this.targets.get(source) : source))
						this.#blame(
							isNode(source) ? source : key,
							'only a mapping, or a list of them, can be merged',
							'merge an alias of a mapping',
						);
				continue;
			}
			const name = String(key.value);
			if (seen.has(name))
				this.repeated.push({
					offset: key.range?.[0] ?? 0,
					message: `the key "${name}" is used twice in this mapping; the last one counts`,
					remedy: 'keep one of them',
				});
			seen.add(name);
		}
	}

	#blame(node: Node, message: string, remedy: string): void {
		this.fault ??= { offset: node.range?.[0] ?? 0, message, remedy };
	}
}

const NOTHING: Extent = { size: 0, depth: 0 };
const VALUE: Extent = { size: 1, depth: 0 };
