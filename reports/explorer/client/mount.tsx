import './no-eval.ts';
import { render } from 'hono/jsx/dom';
import { isToken } from '../../../model/vocabulary/stories/token-text.ts';
import { App } from './app.tsx';
import { Desk, type Opening } from './desk.ts';
import { keep, keptOf } from './kept.ts';
import { steerByKeys } from './keys.ts';

const fragment = (): string => location.hash.slice(1);

/** Sets the explorer up in a place of the page: at the story of the address, if there is one. */
export async function mountExplorer(
	root: HTMLElement,
	{ heard = root, openings }: { heard?: HTMLElement; openings: readonly Opening[] },
): Promise<Desk> {
	const desk = new Desk(openings);
	let own = '';
	let signed = desk.version;
	desk.listenForToken((token) => {
		own = token;
		signed = desk.version;
		keep({ token, ...desk.kept });
		try {
			history.replaceState(null, '', `#${token}`);
		} catch {
			// Some browsers allow only so many in a while: the address then stays behind, and is right with the next one.
		}
	});
	// What happened since is not signed yet.
	addEventListener('pagehide', () => {
		if (own !== '' && desk.version !== signed) keep({ token: own, ...desk.kept });
	});
	const wanted = fragment();
	await desk.beginWith(0);
	if (isToken(wanted)) await desk.open(wanted);
	const kept = desk.trouble === null ? keptOf(wanted) : null;
	if (kept !== null) desk.restore(kept);
	addEventListener('hashchange', () => {
		if (isToken(fragment()) && fragment() !== own) void desk.open(fragment());
	});
	render(<App desk={desk} />, root);
	steerByKeys(root, heard, desk);
	return desk;
}
