import type { Design } from '../../model/vocabulary/design.ts';
import type { DesignEvidence } from '../design-evidence.ts';
import type { Verdict } from '../verdict.ts';
import { grouped, plural } from '../wording/figures.ts';
import { cellAnchor } from './broken.ts';
import { OPTIONS, type Option } from './decision.ts';
import type { ReviewInput } from './input.ts';

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

/** Designs times guarantees, and what decides besides. Without a trial of the designs, the flag alone from the verification. */
export function matrix(input: ReviewInput): Matrix {
	const { evidence, designs } = input;
	const by = new Map(designs?.designs.map((design) => [design.design, design] as const));
	const cells = designs?.designs.flatMap((design) => design.cells) ?? [];
	const known = evidence?.guarantees ?? [];
	const ids = [
		...new Set([...known.map(({ id }) => id), ...cells.map(({ guarantee }) => guarantee)]),
	];
	return {
		columns: OPTIONS.map((option) => {
			const trial = by.get(option.design);
			const verified = trial === undefined && option.design === evidence?.design ? evidence : null;
			return {
				...option,
				verdict: trial?.verdict ?? verified?.verdict ?? null,
				reach:
					trial !== undefined
						? `${plural(trial.stories, 'story', 'stories')}, ${grouped(trial.states)} states`
						: verified != null
							? `${plural(verified.stories, 'story', 'stories')} of the verification`
							: 'not put on trial',
			};
		}),
		rows: ids.map((id) => {
			const guarantee = known.find((one) => one.id === id);
			return {
				id,
				name: guarantee?.name ?? '',
				statement: guarantee?.statement ?? null,
				cells: OPTIONS.map(({ design }) => cellOf(input, by.get(design), design, id)),
			};
		}),
		facts: factsOf(designs?.designs ?? []),
	};
}

function cellOf(
	{ evidence }: ReviewInput,
	trial: DesignEvidence | undefined,
	design: Design,
	id: string,
): Cell {
	if (trial === undefined) {
		const own =
			design === evidence?.design ? evidence.guarantees.find((one) => one.id === id) : undefined;
		if (own === undefined) return { design, verdict: null, note: '', anchor: null };
		const place = evidence?.findings.findIndex(({ guarantee }) => guarantee === id) ?? -1;
		return {
			design,
			verdict: own.verdict,
			note: own.reason ?? `mattered ${grouped(own.mattered)} times`,
			anchor: place < 0 ? null : `finding-${place + 1}`,
		};
	}
	const cell = trial.cells.find(({ guarantee }) => guarantee === id);
	if (cell === undefined) return { design, verdict: null, note: '', anchor: null };
	if (cell.verdict === 'violated')
		return {
			design,
			verdict: cell.verdict,
			note: cell.events === null ? '' : `in ${plural(cell.events, 'event')}`,
			anchor: cellAnchor(design, id),
		};
	const whole = cell.configurations.length;
	return {
		design,
		verdict: cell.verdict,
		note:
			cell.reason ??
			`${plural(cell.stories, 'story', 'stories')}${whole === 0 ? '' : `, ${plural(whole, 'configuration')}`}`,
		anchor: null,
	};
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
			values: OPTIONS.map(({ design }) => ({
				design,
				value: all.find((one) => one.design === design)?.fact?.value ?? '–',
			})),
		};
	});
}
