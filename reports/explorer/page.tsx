import { printable } from '../../model/vocabulary/printable.ts';
import type { DesignGraph } from '../evidence/machine-graph.ts';
import { framed } from '../page/framed.tsx';
import { drawingsAside } from '../page/machine-drawing.tsx';
import { Heads } from '../page/sequence.tsx';
import { explorerAssets } from './bundle.ts';

/** A story to begin with, under a name. */
export interface Opening {
	readonly name: string;
	readonly token: string;
	/** A sentence on what it is for. */
	readonly about?: string | undefined;
}

export interface ExplorerInput {
	/** What is explored, in a few words. */
	readonly about: string;
	/** The first one is what the page opens with. */
	readonly openings: readonly Opening[];
	readonly graphs: readonly DesignGraph[];
	readonly version: string;
}

/** The explorer as one page that needs nothing but itself: the model runs in it. */
export async function explorerPage(input: ExplorerInput): Promise<string> {
	const { about, openings, graphs, version } = input;
	const assets = await explorerAssets();
	const machines = await drawingsAside(graphs);
	const body = (
		<>
			<a class="skip" href="#explorer">
				To the explorer
			</a>
			<Heads />
			<div class="x-page">
				<header>
					<p class="kicker">mulligan · explorer</p>
					<h1>{printable(about)}</h1>
				</header>
				<main>
					<div id="explorer" class="x-explorer" data-openings={JSON.stringify(openings)}>
						<noscript>The model runs in this page, which needs its script for it.</noscript>
					</div>
				</main>
				<footer class="source">{`mulligan ${version}; this page asks nobody for anything.`}</footer>
			</div>
			{machines}
		</>
	);
	return await framed(`Explorer: ${printable(about)}`, assets, body);
}
