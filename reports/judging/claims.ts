import type { Design } from '../../model/vocabulary/design.ts';
import type { ClaimEvidence, DesignCell, DesignEvidence } from '../design-evidence.ts';
import { TEXT } from '../verdict.ts';

/** A claim of the decision record about a rejected design: that a guarantee falls under it. */
interface Claim {
	readonly id: string;
	readonly design: Design;
	readonly claim: string;
	/** One of these has to fall. */
	readonly falls: readonly string[];
	/** These are said to fall with it; whether they do is told, and decides nothing. */
	readonly besides: readonly string[];
}

const CLAIMS: readonly Claim[] = [
	{
		id: 'R1',
		design: 'rest',
		claim:
			'A REST endpoint for tasks needs service users with more permissions; whoever holds such a key can mark the tasks of others.',
		falls: ['S8'],
		besides: ['S2'],
	},
	{
		id: 'R2',
		design: 'local-api',
		claim:
			"The agent's local API forwards what any local process asks, past the authentication of the app server.",
		falls: ['S8'],
		besides: ['S2'],
	},
	{
		id: 'R3',
		design: 'auto-retry',
		claim:
			'A command that asks beforehand cannot tell which command failed: it restarts without a flagged cause, or misses one.',
		falls: ['S2', 'L1'],
		besides: [],
	},
];

/** What became of the claims of the decision record (R1 to R4), by the cells that they rest on. */
export function claimsOf(
	designs: readonly Pick<DesignEvidence, 'design' | 'cells'>[],
): ClaimEvidence[] {
	const cellsOf = (design: Design): readonly DesignCell[] =>
		designs.find((one) => one.design === design)?.cells ?? [];
	return [
		...CLAIMS.map((claim) => rejected(claim, cellsOf(claim.design))),
		chosen(cellsOf('flag')),
	];
}

const named = (cells: readonly DesignCell[], ids: readonly string[]): DesignCell[] =>
	ids.flatMap((id) => cells.find(({ guarantee }) => guarantee === id) ?? []);

const say = ({ guarantee, verdict, events, reason }: DesignCell): string =>
	verdict === 'violated'
		? `${guarantee} falls in ${events} events`
		: `${guarantee} ${verdict === 'holds' ? 'holds' : `is unknown: ${reason}`}`;

function rejected(
	{ id, design, claim, falls, besides }: Claim,
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
		claim,
		verdict,
		because: `${because}.`.slice(0, TEXT),
		guarantees: [...falls, ...besides],
	};
}

/** R4: every guarantee holds under the flag. */
function chosen(cells: readonly DesignCell[]): ClaimEvidence {
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
		id: 'R4',
		design: 'flag',
		claim: 'With the flag on the command every guarantee holds.',
		verdict,
		because: `${because}.`.slice(0, TEXT),
		guarantees: cells.map(({ guarantee }) => guarantee),
	};
}
