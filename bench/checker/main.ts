import { againstSpin } from './against-spin.ts';
import { againstXStateGraph } from './against-xstate-graph.ts';
import { large } from './large.ts';

/** Each compares the checker with a peer, or with itself, and says by lines what came out. */
const comparisons: readonly (() => string[] | Promise<string[]>)[] = [
	againstSpin,
	againstXStateGraph,
	large,
];

/** `npm run bench -- checker`: exploring beside peers on the same graph. */
export async function checker(): Promise<void> {
	for (const compare of comparisons) console.log((await compare()).join('\n'));
}
