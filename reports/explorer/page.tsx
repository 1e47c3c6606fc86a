import { html, raw } from 'hono/html';
import { printable } from '../../model/vocabulary/printable.ts';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import { policyOf } from '../page/policy.ts';
import { Heads } from '../page/sequence.tsx';
import { explorerAssets } from './bundle.ts';
import { drawGraph } from './graph.tsx';

/** A story to begin with, under a name. */
export interface Opening {
	readonly name: string;
	readonly token: string;
}

/** A machine under a design. */
export interface DesignGraph {
	readonly design: string;
	readonly graph: MachineGraph;
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
	const { script, style } = await explorerAssets();
	const drawn: string[] = [];
	for (const { design, graph } of graphs) {
		const machine = await drawGraph(graph);
		drawn.push(
			String(await html`<template id="graph-${design}-${graph.machine}">${machine}</template>`),
		);
	}
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
			{raw(drawn.join(''))}
		</>
	);
	return String(
		await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf({ script, style })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Explorer: ${printable(about)}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
<script>${raw(script)}</script>
</body>
</html>
`,
	);
}
