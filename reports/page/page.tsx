import { html, raw } from 'hono/html';
import { brokenStories } from '../review/broken.ts';
import { capped } from '../review/caps.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { verifyCommand } from '../wording/commands.ts';
import {
	NotCoveredSection,
	ReproduceSection,
	SinceSection,
	TraceabilitySection,
} from './appendix.tsx';
import { assets } from './bundle.ts';
import { CostsSection } from './costs.tsx';
import { CoverageSection } from './coverage.tsx';
import { DecisionSection } from './decision.tsx';
import { charts } from './drawing/charts.ts';
import { layOut } from './drawing/machine-layout.ts';
import { HeatLegend, Machine } from './machines.tsx';
import { Masthead } from './masthead.tsx';
import { MatrixSection } from './matrix.tsx';
import { Missing, Section } from './parts.tsx';
import { policyOf } from './policy.ts';
import { Heads } from './sequence.tsx';
import { StoriesSection } from './stories.tsx';

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
] as const;

/** The review as one page that needs nothing but itself. */
export async function page(input: ReviewInput): Promise<string> {
	const { shown: stories, cut } = capped(brokenStories(input));
	const anchors = new Set(stories.map(({ anchor }) => anchor));
	const graphs = input.evidence?.graphs ?? [];
	const machines = await Promise.all(
		graphs.map(async (graph) => ({ graph, layout: await layOut(graph) })),
	);
	const { script, style } = await assets();
	const body = (
		<>
			<a class="skip" href="#main">
				To the review
			</a>
			<Heads />
			<div class="page">
				<nav aria-label="Contents">
					<ol>
						{CONTENTS.map(([id, title]) => (
							<li>
								<a href={`#${id}`}>{title}</a>
							</li>
						))}
					</ol>
				</nav>
				<main id="main" tabindex={-1}>
					<Masthead input={input} />
					<DecisionSection input={input} />
					<MatrixSection input={input} anchors={anchors} />
					<StoriesSection input={input} stories={stories} cut={cut} />
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
					<CoverageSection input={input} />
					<CostsSection
						input={input}
						charts={input.simulation === null ? [] : charts(input.simulation)}
					/>
					<TraceabilitySection input={input} />
					<SinceSection input={input} />
					<ReproduceSection input={input} />
					<NotCoveredSection input={input} />
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
