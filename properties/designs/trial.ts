import { Design } from '../../model/vocabulary/design.ts';
import { type DesignEvidence, DesignsEvidence } from '../../reports/design-evidence.ts';
import { cellsOf, verdictOf } from './cells.ts';
import { claimsOf } from './claims.ts';
import { explore } from './exploration.ts';
import { factsOf, OPTION } from './facts.ts';
import type { DesignsOptions } from './options.ts';
import { tell } from './stories.ts';

const SUMMARY: Readonly<Record<Design, string>> = {
	rest: "The script of a flagged command that fails by itself calls a REST endpoint with a service user's key.",
	'local-api':
		"The script of a flagged command that fails by itself tells the agent's local API, which forwards it with the end.",
	'auto-retry':
		'A command of the agent, placed before each flagged one, asks that the task be restarted if it fails.',
	flag: 'The agent asks when a command that carries the flag has made the task fail.',
};

/** Puts all four designs on trial, alike, and says what became of the claims about them. */
export async function tryDesigns(options: DesignsOptions): Promise<DesignsEvidence> {
	const begun = performance.now();
	const designs: DesignEvidence[] = [];
	for (const design of Design.options) designs.push(await tryDesign(design, options));
	return DesignsEvidence.parse({
		format: 'mulligan designs',
		version: 1,
		created_at: new Date().toISOString(),
		profile: options.profile,
		seed: options.seed,
		node: process.version,
		seconds: (performance.now() - begun) / 1000,
		designs,
		claims: claimsOf(designs),
	} satisfies DesignsEvidence);
}

async function tryDesign(design: Design, options: DesignsOptions): Promise<DesignEvidence> {
	const explored = await explore(design, options);
	const known = explored.flatMap(({ fallen }) => fallen.map(({ id }) => id));
	const told = await tell(design, known, options);
	const cells = cellsOf(explored, told, options.signal?.aborted === true);
	return {
		design,
		option: OPTION[design],
		summary: SUMMARY[design],
		verdict: verdictOf(cells),
		stories: told.tally.stories,
		states: explored.reduce((sum, { states }) => sum + states, 0),
		cells,
		facts: await factsOf(design),
	};
}
