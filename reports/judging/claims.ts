import type { Rejection } from '../../model/catalogue/entry.ts';
import { DESIGNS } from '../../model/catalogue/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import type { ClaimEvidence, DesignCell, DesignEvidence } from '../evidence/design-evidence.ts';
import { TEXT } from '../evidence/verdict.ts';
import { plural } from '../wording/figures.ts';

/** What became of the claims of the decision record (R1, R2 and so on), by the cells that they rest on. */
export function claimsOf(
	designs: readonly Pick<DesignEvidence, 'design' | 'cells'>[],
): ClaimEvidence[] {
	const cellsOf = (design: Design): readonly DesignCell[] =>
		designs.find((one) => one.design === design)?.cells ?? [];
	return Design.options.map((design) => {
		const { verdict } = DESIGNS[design];
		return verdict.fate === 'rejected'
			? rejected(design, verdict.claim, cellsOf(design))
			: chosen(design, verdict.claim, cellsOf(design));
	});
}

const named = (cells: readonly DesignCell[], ids: readonly string[]): DesignCell[] =>
	ids.flatMap((id) => cells.find(({ guarantee }) => guarantee === id) ?? []);

const say = ({ guarantee, verdict, events, reason }: DesignCell): string =>
	verdict === 'violated'
		? `${guarantee} falls in ${plural(events ?? 0, 'event')}`
		: `${guarantee} ${verdict === 'holds' ? 'holds' : `is unknown: ${reason}`}`;

function rejected(
	design: Design,
	{ id, words, falls, besides }: Rejection,
	cells: readonly DesignCell[],
): ClaimEvidence {
	const decisive = named(cells, falls);
	const all = [...decisive, ...named(cells, besides)];
	const verdict = decisive.some((cell) => cell.verdict === 'violated')
		? 'confirmed'
		: decisive.length === falls.length && decisive.every((cell) => cell.verdict === 'holds')
			? 'refuted'
			: 'not shown';
	const because = all.length === 0 ? 'the design was not tried' : all.map(say).join('; ');
	return {
		id,
		design,
		claim: words,
		verdict,
		because: `${because}.`.slice(0, TEXT),
		guarantees: [...falls, ...besides],
	};
}

/** Of the chosen design: every guarantee holds. */
function chosen(
	design: Design,
	{ id, words }: { readonly id: string; readonly words: string },
	cells: readonly DesignCell[],
): ClaimEvidence {
	const others = cells.filter(({ verdict }) => verdict !== 'holds');
	const verdict = others.some((cell) => cell.verdict === 'violated')
		? 'refuted'
		: cells.length > 0 && others.length === 0
			? 'confirmed'
			: 'not shown';
	const because =
		cells.length === 0
			? 'the design was not tried'
			: others.length === 0
				? `all ${cells.length} guarantees hold, in every random story and in every state of each configuration`
				: others.map(say).join('; ');
	return {
		id,
		design,
		claim: words,
		verdict,
		because: `${because}.`.slice(0, TEXT),
		guarantees: cells.map(({ guarantee }) => guarantee),
	};
}
