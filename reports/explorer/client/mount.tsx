import './no-eval.ts';
import { render } from 'hono/jsx/dom';
import { isToken } from '../../../model/vocabulary/stories/token-text.ts';
import { App } from './app.tsx';
import { Desk, type Opening } from './desk.ts';
import { steerByKeys } from './keys.ts';

const fragment = (): string => location.hash.slice(1);

/** Sets the explorer up in a place of the page: at the story of the address, if there is one. */
export async function mountExplorer(
	root: HTMLElement,
	{ heard = root, openings }: { heard?: HTMLElement; openings: readonly Opening[] },
): Promise<Desk> {
	const desk = new Desk(openings);
	let own = '';
	desk.listenForToken((token) => {
		own = token;
		history.replaceState(null, '', `#${token}`);
	});
	if (isToken(fragment())) await desk.open(fragment());
	else await desk.beginWith(0);
	addEventListener('hashchange', () => {
		if (isToken(fragment()) && fragment() !== own) void desk.open(fragment());
	});
	render(<App desk={desk} />, root);
	steerByKeys(root, heard, desk);
	return desk;
}
