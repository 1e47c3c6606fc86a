import { explorerAssets } from '../explorer/bundle.ts';
import { type Assets, assets } from './bundle.ts';

/** Where the model can be explored by hand, in the contents. */
export const EXPLORER = { id: 'explore', short: undefined, title: 'Explore' } as const;

/** The model, to be explored from the start or from a story of this page; folded until it is wanted. */
export const ExplorerPart = () => (
	<section id={EXPLORER.id} class="x-part">
		<h2>{EXPLORER.title}</h2>
		<p class="lead">
			And if the abort had come first? The model runs in this page: choose what happens next, event
			by event, and see what it does and which promise it breaks.
		</p>
		<button type="button" data-opens="explorer" hidden>
			Open the explorer
		</button>
		<div id="explorer" class="x-explorer" hidden />
	</section>
);

/** Script and style of the page, with those of the explorer before them. */
export async function withExplorer(): Promise<Assets> {
	const [page, explorer] = [await assets(), await explorerAssets()];
	return {
		script: `${explorer.script}\n${page.script}`,
		style: `${explorer.own}\n${page.style}`,
	};
}
