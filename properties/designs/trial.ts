import { Design } from '../../model/vocabulary/design.ts';
import { type DesignPart, DesignsEvidence } from '../../reports/design-evidence.ts';
import { judgeDesigns, type TriedDesigns } from '../../reports/judging/designs.ts';
import { isIn, WHOLE } from '../../reports/shard.ts';
import { configurationsOf, explore } from './exploration.ts';
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
	const { profile, seed, shard, run } = options;
	const designs: TriedDesigns['designs'][number][] = [];
	for (const design of Design.options)
		designs.push({
			design,
			option: OPTION[design],
			summary: SUMMARY[design],
			parts: await tryDesign(design, options),
			facts: await factsOf(design),
		});
	return DesignsEvidence.parse(
		judgeDesigns({
			format: 'mulligan designs',
			version: 1,
			mulligan: run?.mulligan ?? null,
			commit: run?.commit ?? null,
			shard: shard ?? null,
			allowed: run?.allowed ?? [],
			created_at: new Date().toISOString(),
			profile,
			seed,
			node: process.version,
			seconds: (performance.now() - begun) / 1000,
			interrupted: options.signal?.aborted === true,
			designs,
		}),
	);
}

/** Every configuration and all random stories of every design are one thing to do, which belongs to one part of the run. */
async function tryDesign(design: Design, options: DesignsOptions): Promise<DesignPart[]> {
	const { shard = WHOLE } = options;
	const all = configurationsOf(options);
	const first = Design.options.indexOf(design) * (all.length + 1);
	const mine = all.filter((_, place) => isIn(shard, first + place));
	const explored = await explore(design, mine, options);
	if (!isIn(shard, first + all.length)) return explored;
	const known = explored.flatMap(({ fallen }) => fallen.map(({ guarantee }) => guarantee));
	return [...explored, await tell(design, known, options)];
}
