import type { Opening } from './desk.ts';
import { mountExplorer } from './mount.tsx';

/** What the page brings along to begin with: names and tokens, as the command wrote them. */
function openingsOf(root: HTMLElement): Opening[] {
	const written: unknown = JSON.parse(root.dataset['openings'] ?? '[]');
	return Array.isArray(written)
		? written.flatMap(({ name, token }: { name?: unknown; token?: unknown }) =>
				typeof name === 'string' && typeof token === 'string' ? [{ name, token }] : [],
			)
		: [];
}

const root = document.getElementById('explorer');
if (root !== null) void mountExplorer(root, { heard: document.body, openings: openingsOf(root) });
