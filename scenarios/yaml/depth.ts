import type { CST } from 'yaml';

/**
 * How deep collections are nested, and where it is deepest, found without recursion: the tokens
 * are looked at before anything is composed, because composing recurses and an overflow of the
 * stack there can end the process.
 */
export function depthOf(tokens: readonly CST.Token[]): { depth: number; offset: number } {
	const pending: { token: CST.Token; depth: number }[] = [];
	for (const token of tokens) pending.push({ token, depth: 0 });
	const deepest = { depth: 0, offset: 0 };
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		const { token, depth } = next;
		if (depth > deepest.depth) {
			deepest.depth = depth;
			deepest.offset = 'offset' in token ? token.offset : 0;
		}
		if (token.type === 'document') {
			if (token.value !== undefined) pending.push({ token: token.value, depth });
		} else if ('items' in token) {
			for (const item of token.items) {
				if (item.key != null) pending.push({ token: item.key, depth: depth + 1 });
				if (item.value !== undefined) pending.push({ token: item.value, depth: depth + 1 });
			}
		}
	}
	return deepest;
}
