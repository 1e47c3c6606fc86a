import { setImmediate as takeTurns } from 'node:timers/promises';
import { html, raw } from 'hono/html';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import { beyond, reproduce, since, traceability, words } from '../review/appendix.ts';
import { brokenStories } from '../review/broken.ts';
import { capped } from '../review/caps.ts';
import { costs } from '../review/costs.ts';
import { coverage } from '../review/coverage.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { projectSection } from '../review/project.ts';
import { verifyCommand } from '../wording/commands.ts';
import { assets } from './bundle.ts';
import { DecisionSection } from './decision.tsx';
import { charts } from './drawing/charts.ts';
import { type Layout, layOut } from './drawing/machine-layout.ts';
import { HeatLegend, Machine } from './machines.tsx';
import { Masthead } from './masthead.tsx';
import { MatrixSection } from './matrix.tsx';
import { Missing, Section } from './parts.tsx';
import { policyOf } from './policy.ts';
import { Drawn } from './section.tsx';
import { Heads } from './sequence.tsx';
import { StoriesSection } from './stories.tsx';

/** Lets others have their turn: a signal is heard meanwhile. */
export type Turn = () => Promise<void>;

const CONTENTS = [
	['decision', 'Decision'],
	['matrix', 'Matrix'],
	['stories', 'Stories'],
	['machines', 'Machines'],
	['coverage', 'Coverage'],
	['costs', 'Costs'],
	['traceability', 'Traceability'],
	['since', 'What changed'],
	['reproduce', 'Reproduce'],
	['not-covered', 'Not covered'],
	['words', 'Words'],
] as const;

/**
 * The review as one page that needs nothing but itself.
 *
 * @param turn waited for between the steps of drawing, none of which takes long; what it throws ends the drawing.
 */
export async function page(input: ReviewInput, turn: Turn = takeTurns): Promise<string> {
	const { drawn: stories, cut } = capped(brokenStories(input));
	const anchors = new Set(stories.map(({ anchor }) => anchor));
	const machines: { graph: MachineGraph; layout: Layout }[] = [];
	for (const graph of input.evidence?.graphs ?? []) {
		await turn();
		machines.push({ graph, layout: await layOut(graph) });
	}
	await turn();
	const project = projectSection(input);
	const drawn = input.simulation === null ? [] : charts(input.simulation);
	const { script, style } = await assets();
	const sections = [
		() => <Masthead input={input} />,
		...(project === null ? [] : [() => <Drawn section={project} />]),
		() => <DecisionSection input={input} />,
		() => <MatrixSection input={input} anchors={anchors} />,
		() => <StoriesSection input={input} stories={stories} cut={cut} />,
		() => (
			<Section
				id="machines"
				title="The machines"
				lead="The model's state machines. An arrow is as dark and thick as it was often taken, and says the number; one that was never taken is dashed."
				source={input.evidence === null ? null : verifyCommand(input.evidence)}
			>
				{machines.length === 0 ? (
					<Missing
						what="The evidence holds no counts of transitions."
						command={makesFor(input).evidence}
					/>
				) : (
					<>
						<HeatLegend />
						{machines.map((machine) => (
							<Machine {...machine} />
						))}
					</>
				)}
			</Section>
		),
		() => <Drawn section={coverage(input)} />,
		() => <Drawn section={costs(input)} charts={drawn} />,
		() => <Drawn section={traceability(input)} />,
		() => <Drawn section={since(input)} />,
		() => <Drawn section={reproduce(input)} />,
		() => <Drawn section={beyond(input)} />,
		() => <Drawn section={words} />,
	];
	const texts: string[] = [];
	for (const section of sections) {
		await turn();
		texts.push(String(await html`${section()}`));
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
						{[...(project === null ? [] : [['project', 'Your project'] as const]), ...CONTENTS].map(
							([id, title]) => (
								<li>
									<a href={`#${id}`}>{title}</a>
								</li>
							),
						)}
					</ol>
				</nav>
				<main id="main" tabindex={-1}>
					{raw(texts.join(''))}
				</main>
			</div>
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
<title>Design review: automatic retry of CI tasks</title>
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
