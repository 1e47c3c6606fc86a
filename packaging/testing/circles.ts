type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of nodes each of which leads to all others of its group: sorted, and without those of one. */
export function circlesIn(graph: Graph): string[][] {
	const reached = new Map([...graph.keys()].map((node) => [node, reachedFrom(node, graph)]));
	const isReached = (from: string, to: string) => reached.get(from)?.has(to) === true;
	const circles = new Map<string, string[]>();
	for (const node of [...graph.keys()].sort()) {
		const circle = [...graph.keys()].filter(
			(other) => isReached(node, other) && isReached(other, node),
		);
		if (circle.length > 1) circles.set(circle.sort().join('\n'), circle);
	}
	return [...circles.values()];
}

/** What a node leads to, over one step or more. */
function reachedFrom(start: string, graph: Graph): Set<string> {
	const reached = new Set<string>();
	const left = [start];
	for (let node = left.pop(); node !== undefined; node = left.pop())
		for (const next of graph.get(node) ?? [])
			if (!reached.has(next)) {
				reached.add(next);
				left.push(next);
			}
	return reached;
}
