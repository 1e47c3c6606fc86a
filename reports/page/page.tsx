import { setImmediate as takeTurns } from 'node:timers/promises';
import { html, raw } from 'hono/html';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { ReviewInput } from '../review/input.ts';
import { review } from '../review/review.ts';
import { type Layout, layOut } from './drawing/machine-layout.ts';
import { EXPLORER, ExplorerPart, withExplorer } from './explorer.tsx';
import { framed } from './framed.tsx';
import { drawingsAside } from './machine-drawing.tsx';
import { Masthead } from './masthead.tsx';
import { SectionPart } from './section.tsx';
import { Heads } from './sequence.tsx';
import { Tools } from './tools.tsx';

/** Lets others have their turn: a signal is heard meanwhile. */
export type Turn = () => Promise<void>;

/**
 * The review as one page that needs nothing but itself.
 *
 * @param turn waited for between the steps of drawing, none of which takes long; what it throws ends the drawing.
 */
export async function page(input: ReviewInput, turn: Turn = takeTurns): Promise<string> {
	const { title, headline, sections } = review(input);
	const layouts = new Map<MachineGraph, Layout>();
	for (const graph of input.evidence?.graphs ?? []) {
		await turn();
		layouts.set(graph, await layOut(graph));
	}
	await turn();
	const design = input.evidence?.design ?? '';
	const drawn = [...layouts.keys()].map((graph) => ({ design, graph }));
	const aside = await drawingsAside(input.machines ?? [], drawn, turn);
	await turn();
	const assets = await withExplorer();
	const parts = [
		() => <Masthead title={title} headline={headline} />,
		() => <Tools />,
		...sections.map((section) => () => <SectionPart section={section} layouts={layouts} />),
	];
	const texts: string[] = [];
	for (const part of parts) {
		await turn();
		texts.push(String(await html`${part()}`));
	}
	const body = (
		<>
			<a class="skip" href="#main">
				To the review
			</a>
			<Heads />
			<div class="page">
				<nav aria-label="Contents">
					<ol>
						{[...sections, EXPLORER].map(({ id, short, title }) => (
							<li>
								<a href={`#${id}`}>{short ?? title}</a>
							</li>
						))}
					</ol>
				</nav>
				<main id="main" tabindex={-1}>
					{raw(texts.join(''))}
					<ExplorerPart />
				</main>
			</div>
			{aside}
		</>
	);
	return await framed(`${title.what}: ${title.of}`, assets, body);
}
