import { DESIGNS } from '../../model/catalogue/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { same } from '../../model/vocabulary/same.ts';
import type {
	DesignCell,
	DesignEvidence,
	DesignPart,
	DesignsEvidence,
} from '../evidence/design-evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { claimsOf } from './claims.ts';
import { judgeDesigns, RANDOM_STORIES, verdictOfCells } from './designs.ts';
import { DEADLOCK, idContradictions, strangers } from './guarantee-rows.ts';
import { differing, differs, listed, never, repeated } from './said.ts';
import { tokenContradictions } from './tokens.ts';

/** As `contradictionsOf` of a verification: where the parts are there, all that is said of them has to be what they come to. */
export function designContradictionsOf(evidence: DesignsEvidence): string[] {
	const { designs, shard, mulligan } = evidence;
	const isOfBefore = mulligan === null;
	const judged = judgeDesigns(evidence);
	return [
		...listed(
			'design',
			designs.map(({ design }) => design),
			Design.options,
		),
		...designs.flatMap((said, place) => {
			const where = ` under the design ${said.design}`;
			const made = judged.designs[place] ?? said;
			const { option } = DESIGNS[said.design];
			return [
				...never(
					said.option !== option,
					`the design ${said.design} is said to be option ${said.option}, but is ${option}`,
				),
				...(isOfBefore && said.parts.length === 0
					? cellContradictions(said)
					: partsContradictions(said, made)),
				...never(
					said.parts.length === 0 && !isOfBefore && shard === null,
					`nothing was done${where}`,
				),
				...idContradictions(
					said.cells.map(({ guarantee }) => guarantee),
					isOfBefore,
					where,
				),
				...said.parts.flatMap((part) => partContradictions(part, where)),
				...tokenContradictions(
					[...said.parts.flatMap(({ fallen }) => fallen), ...said.cells].map(
						({ guarantee, events, token }) => ({
							...{ name: `${guarantee}${where}`, events, token, design: said.design },
						}),
					),
				),
				...repeated(said.parts.map(({ name }) => `${name}${where}`)),
			];
		}),
		...(shard === null ? alikeContradictions(designs) : []),
		...claimContradictions(evidence),
	];
}

const KEYS = ['reason', 'stories', 'configurations', 'sentence', 'events', 'token'] as const;

function partsContradictions(said: DesignEvidence, made: DesignEvidence): string[] {
	return [
		...said.cells.flatMap((cell) => {
			const own = made.cells.find(({ guarantee }) => guarantee === cell.guarantee);
			const name = `${said.design}: ${cell.guarantee}`;
			return own === undefined
				? []
				: [...differs(name, cell.verdict, own.verdict), ...differing(name, cell, own, KEYS)];
		}),
		...differs(`design ${said.design}`, said.verdict, made.verdict),
		...differing(`design ${said.design}`, said, made, ['stories', 'states']),
	];
}

/** Cells without the parts they come from, in files of before those were kept: what each says of itself must be of one piece. */
function cellContradictions({ design, verdict, cells, stories }: DesignEvidence): string[] {
	const stated = cells.map(statedOf);
	return [
		...cells.flatMap((cell, place) => [
			...differs(`${design}: ${cell.guarantee}`, cell.verdict, stated[place]?.verdict),
			...never(
				(cell.sentence === null) !== (cell.events === null) ||
					(cell.sentence === null && cell.token !== null),
				`${design}: ${cell.guarantee} has a story without what it shows, or the other way round`,
			),
			...never(
				cell.stories > stories,
				`${design}: ${cell.guarantee} is said to have been exercised in ${cell.stories} of ${stories} stories`,
			),
		]),
		...differs(`design ${design}`, verdict, verdictOfCells(stated)),
	];
}

const statedOf = (cell: DesignCell): { readonly verdict: Verdict } => ({
	verdict:
		cell.sentence !== null
			? 'violated'
			: cell.reason !== null || (cell.stories === 0 && cell.configurations.length === 0)
				? 'unknown'
				: 'holds',
});

function partContradictions(part: DesignPart, where: string): string[] {
	const { name, states, stories, unrested, holds, exercised, fallen } = part;
	const fell = fallen.map(({ guarantee }) => guarantee);
	const strange = [
		...strangers(Object.keys(exercised)),
		...strangers([...holds, ...fell], [DEADLOCK.id]),
	];
	const isRandom = name === RANDOM_STORIES;
	return [
		...never(
			strange.length > 0,
			`${name}${where} speaks of ${strange.join(', ')}, and there is no such guarantee`,
		),
		...repeated([...holds, ...fell].map((id) => `guarantee ${id} in ${name}${where}`)),
		...never(
			isRandom ? states > 0 || holds.length > 0 : stories > 0 || Object.keys(exercised).length > 0,
			`${name}${where} tells stories and has states`,
		),
		...never(unrested > stories, `${unrested} of ${stories} stories${where} did not come to rest`),
		...Object.entries(exercised).flatMap(([id, count]) =>
			never(
				count > stories,
				`${id}${where} is said to have been exercised in ${count} of ${stories} stories`,
			),
		),
		...never(
			part.doubt === null && !isRandom && states === 0,
			`${name}${where} is said to be gone through, but has no states`,
		),
		...never(
			part.doubt === null && fell.includes(DEADLOCK.id),
			`something is left for ever in ${name}${where}, but that is no reason to doubt it`,
		),
	];
}

/** All designs are tried alike. */
export function alikeContradictions([first, ...others]: readonly DesignEvidence[]): string[] {
	if (first === undefined) return [];
	const due = first.parts.map(({ name }) => name);
	return others.flatMap(({ design, parts }) =>
		same(
			parts.map(({ name }) => name),
			due,
		)
			? []
			: [`the design ${design} was not tried like the design ${first.design}: ${due.join(', ')}`],
	);
}

/** What became of the claims follows from the cells. */
function claimContradictions({ designs, claims, mulligan }: DesignsEvidence): string[] {
	const made = claimsOf(designs);
	return [
		...listed(
			'claim',
			claims.map(({ id }) => id),
			made.map(({ id }) => id),
		),
		...made.flatMap((due) => {
			const said = claims.find(({ id }) => id === due.id);
			const name = `claim ${due.id}`;
			if (said === undefined) return [];
			return [
				...differs(name, said.verdict, due.verdict),
				...differing(
					name,
					said,
					due,
					mulligan === null
						? ['design', 'guarantees']
						: ['design', 'claim', 'because', 'guarantees'],
				),
			];
		}),
	];
}
