import {
	type Alias,
	type Document,
	isAlias,
	isCollection,
	isNode,
	isPair,
	type Node,
	visit,
} from 'yaml';
import { YAML_LIMITS } from './limits.ts';

export type Anchors =
	| { readonly kind: 'safe'; readonly targets: ReadonlyMap<Alias, Node> }
	| {
			readonly kind: 'unsafe';
			readonly offset: number;
			readonly message: string;
			readonly remedy: string;
	  };

const unsafe = (node: Node, message: string, remedy: string): Anchors => ({
	kind: 'unsafe',
	offset: node.range?.[0] ?? 0,
	message,
	remedy,
});

/**
 * Finds what every alias stands for (the latest anchor of its name before it), and refuses an
 * alias without one, an anchor that holds itself, and a document that would grow beyond all bounds.
 * Merge keys count like copies: the parser's own count of aliases does not see them.
 */
export function anchorsOf(document: Document.Parsed): Anchors {
	const targets = new Map<Alias, Node>();
	const named = new Map<string, Node>();
	let missing: Alias | undefined;
	visit(document, {
		Node(_key, node) {
			if (isAlias(node)) {
				const target = named.get(node.source);
				if (target === undefined) missing ??= node;
				else targets.set(node, target);
			} else if (node.anchor !== undefined) named.set(node.anchor, node);
		},
	});
	if (missing !== undefined)
		return unsafe(
			missing,
			`no anchor "${missing.source}" stands before its alias`,
			'define the anchor above its first use',
		);
	const cycle = measure(document.contents, targets);
	return cycle ?? { kind: 'safe', targets };
}

/** Measures the document as written out: how many nodes, how deep; each anchor is measured once. */
function measure(root: Node | null, targets: ReadonlyMap<Alias, Node>): Anchors | undefined {
	type Extent = { readonly size: number; readonly depth: number };
	const nothing: Extent = { size: 0, depth: 0 };
	const extents = new Map<Node, Extent>();
	const open = new Set<Node>();
	let fault: Anchors | undefined;
	const extentOf = (node: unknown): Extent => {
		if (!isNode(node) || fault !== undefined) return nothing;
		const known = extents.get(node);
		if (known !== undefined) return known;
		if (open.has(node)) {
			fault = unsafe(node, 'an anchor holds an alias of itself', 'take the alias out');
			return nothing;
		}
		open.add(node);
		let size = 1;
		let depth = 0;
		for (const part of partsOf(node, targets)) {
			const inner = extentOf(part);
			size += inner.size;
			depth = Math.max(depth, inner.depth + 1);
		}
		open.delete(node);
		extents.set(node, { size, depth });
		if (size > YAML_LIMITS.expanded_nodes)
			fault ??= unsafe(
				node,
				`aliases make the file grow to more than ${YAML_LIMITS.expanded_nodes} values`,
				'use fewer aliases of aliases',
			);
		if (depth > 2 * YAML_LIMITS.depth)
			fault ??= unsafe(
				node,
				'aliases of aliases are nested too deep',
				'use fewer aliases of aliases',
			);
		return { size, depth };
	};
	extentOf(root);
	return fault;
}

function partsOf(node: Node, targets: ReadonlyMap<Alias, Node>): readonly unknown[] {
	if (isAlias(node)) return [targets.get(node)];
	if (!isCollection(node)) return [];
	return node.items.flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]));
}
