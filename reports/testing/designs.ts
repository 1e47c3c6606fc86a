import { Design } from '../../model/vocabulary/design.ts';
import type { DesignCell, DesignEvidence, DesignsEvidence } from '../evidence/design-evidence.ts';

/** What each design breaks in these made-up results. */
const BROKEN: Partial<Record<Design, readonly string[]>> = {
	rest: ['S2', 'S8'],
	'local-api': ['S8'],
	'auto-retry': ['L1'],
};

const brokenUnder = (design: Design): readonly string[] => BROKEN[design] ?? [];

export const tokenOf = (design: Design, guarantee: string): string => `v1.${design}-${guarantee}`;

const cellOf = (design: Design, guarantee: string): DesignCell => {
	const broken = brokenUnder(design).includes(guarantee);
	return {
		guarantee,
		verdict: broken ? 'violated' : guarantee === 'S19' ? 'unknown' : 'holds',
		reason: !broken && guarantee === 'S19' ? 'it was never exercised' : null,
		stories: 1200,
		configurations: broken ? [] : ['blocks', 'faults'],
		sentence: broken ? `${guarantee} was promised, and something else was seen.` : null,
		events: broken ? 6 : null,
		token: broken ? tokenOf(design, guarantee) : null,
	};
};

const designOf = (design: Design, place: number): DesignEvidence => ({
	design,
	option: place + 1,
	summary: `How a mark arrives under ${design}.`,
	verdict: brokenUnder(design).length > 0 ? 'violated' : 'unknown',
	stories: 1200,
	states: 345_678,
	cells: ['S1', 'S2', 'S8', 'S19', 'L1'].map((guarantee) => cellOf(design, guarantee)),
	parts: [],
	facts: [
		{
			id: 'permissions-to-request',
			label: 'permissions that a team must request',
			value: design === 'rest' ? '2' : '0',
			source: 'mulligan designs',
		},
	],
});

/** A made-up trial of the designs: three fall, the chosen one holds. For tests only. */
export const designsOf = (changes: Partial<DesignsEvidence> = {}): DesignsEvidence => ({
	format: 'mulligan designs',
	version: 1,
	created_at: '2024-02-29T12:00:00.000Z',
	profile: 'quick',
	seed: 7,
	mulligan: '0.1.0',
	commit: null,
	shard: null,
	allowed: [],
	interrupted: false,
	node: 'v20.0.0',
	seconds: 20,
	designs: Design.options.map(designOf),
	claims: [
		{
			id: 'R1',
			design: 'rest',
			claim: 'needs a service user',
			verdict: 'confirmed',
			because: 'A leaked key marked the task of others.',
			guarantees: ['S2', 'S8'],
		},
		{
			id: 'R2',
			design: 'local-api',
			claim: 'forwards what any local process asks',
			verdict: 'confirmed',
			because: 'S8 falls in 6 events.',
			guarantees: ['S8'],
		},
		{
			id: 'R3',
			design: 'auto-retry',
			claim: 'cannot tell which command failed',
			verdict: 'confirmed',
			because: 'L1 falls in 6 events.',
			guarantees: ['L1'],
		},
		{
			id: 'R4',
			design: 'flag',
			claim: 'all guarantees hold',
			verdict: 'not shown',
			because: 'S19 never exercised.',
			guarantees: [],
		},
	],
	...changes,
});
