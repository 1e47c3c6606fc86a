import type { Design } from '../../model/vocabulary/design.ts';
import type { DesignEvidence } from '../evidence/design-evidence.ts';
import type { GuaranteeEvidence } from '../evidence/evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { plural } from '../wording/figures.ts';
import { type Broken, brokenStories } from './broken.ts';
import { chosenFirst, OPTIONS, type Option } from './decision.ts';
import type { ReviewInput } from './input.ts';
import { standingOf, together } from './standing.ts';

/** Designs from left to right. */
const SHOWN = chosenFirst(OPTIONS);

/** One verdict of the matrix; null: this design was not put on trial. */
export interface Cell {
	readonly design: Design;
	readonly verdict: Verdict | null;
	/** What it rests on, or the shortest story that breaks it. */
	readonly note: string;
	/** The story to look at. */
	readonly anchor: string | null;
}

export interface Row {
	readonly id: string;
	readonly name: string;
	readonly statement: string | null;
	readonly cells: readonly Cell[];
}

export interface Matrix {
	readonly columns: readonly (Option & {
		readonly verdict: Verdict | null;
		readonly reach: string;
	})[];
	readonly rows: readonly Row[];
	readonly facts: readonly {
		readonly label: string;
		readonly source: string;
		readonly values: readonly { readonly design: Design; readonly value: string }[];
	}[];
}

/**
 * Designs times guarantees, and what decides besides. Where the verification and the trial of the designs both speak
 * of a design, a cell says what they come to together.
 */
export function matrix(input: ReviewInput): Matrix {
	const { evidence, designs } = input;
	const by = new Map(designs?.designs.map((design) => [design.design, design] as const));
	const cells = designs?.designs.flatMap((design) => design.cells) ?? [];
	const known = evidence?.guarantees ?? [];
	const ids = [
		...new Set([...known.map(({ id }) => id), ...cells.map(({ guarantee }) => guarantee)]),
	];
	const stories = brokenStories(input);
	return {
		columns: SHOWN.map((option) => ({
			...option,
			verdict: standingOf(input, option.design),
			reach: reachOf(input, by.get(option.design), option.design),
		})),
		rows: ids.map((id) => {
			const guarantee = known.find((one) => one.id === id);
			return {
				id,
				name: guarantee?.name ?? '',
				statement: guarantee?.statement ?? null,
				cells: SHOWN.map(({ design }) => cellOf(input, by.get(design), stories, { design, id })),
			};
		}),
		facts: factsOf(designs?.designs ?? []),
	};
}

/** How much was tried of a design. */
function reachOf(
	{ evidence }: ReviewInput,
	trial: DesignEvidence | undefined,
	design: Design,
): string {
	const parts = [
		...(trial === undefined
			? []
			: [`${plural(trial.stories, 'story')}, ${plural(trial.states, 'state')}`]),
		...(evidence?.design === design
			? [`${plural(evidence.stories, 'story')} of the verification`]
			: []),
	];
	return parts.length === 0 ? 'not put on trial' : parts.join('; ');
}

function cellOf(
	{ evidence }: ReviewInput,
	trial: DesignEvidence | undefined,
	stories: readonly Broken[],
	{ design, id }: { readonly design: Design; readonly id: string },
): Cell {
	const verified =
		evidence?.design === design ? evidence.guarantees.find((one) => one.id === id) : undefined;
	const tried = trial?.cells.find(({ guarantee }) => guarantee === id);
	const verdict = together(verified?.verdict, tried?.verdict);
	if (verdict === 'violated') {
		const story = stories.find((one) => one.design === design && one.guarantee === id);
		const events = story?.events ?? null;
		return {
			design,
			verdict,
			note: events === null ? '' : `in ${plural(events, 'event')}`,
			anchor: story?.anchor ?? null,
		};
	}
	return { design, verdict, note: noteOf(verified, tried), anchor: null };
}

/** What a verdict rests on: what the trial says, which is alike for all designs, unless the verification says otherwise. */
function noteOf(
	verified: GuaranteeEvidence | undefined,
	tried: DesignEvidence['cells'][number] | undefined,
): string {
	if (tried !== undefined && (verified === undefined || verified.verdict === tried.verdict)) {
		const whole = tried.configurations.length;
		return (
			tried.reason ??
			`${plural(tried.stories, 'story')}${whole === 0 ? '' : `, ${plural(whole, 'configuration')}`}`
		);
	}
	if (verified === undefined) return '';
	const note = verified.reason ?? `exercised ${plural(verified.exercised, 'time')}`;
	return tried === undefined ? note : `${note}, in the verification`;
}

/** The same rows for all designs; a row that one design lacks stays empty there. */
function factsOf(designs: readonly DesignEvidence[]): Matrix['facts'] {
	const ids = [...new Set(designs.flatMap(({ facts }) => facts.map(({ id }) => id)))];
	return ids.map((id) => {
		const all = designs.map(({ design, facts }) => ({
			design,
			fact: facts.find((fact) => fact.id === id),
		}));
		const sources = new Set(all.flatMap(({ fact }) => (fact === undefined ? [] : [fact.source])));
		return {
			label: all.find(({ fact }) => fact !== undefined)?.fact?.label ?? id,
			source: [...sources].join('; '),
			values: SHOWN.map(({ design }) => ({
				design,
				value: all.find((one) => one.design === design)?.fact?.value ?? '–',
			})),
		};
	});
}
