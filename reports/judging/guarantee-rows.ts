import { guarantees as known } from '../../model/guarantees/index.ts';
import { sayWitness } from '../../model/guarantees/situation.ts';
import type { GuaranteeEvidence } from '../evidence/evidence.ts';
import { listed, never } from './said.ts';

/** Guarantees that a file of before it said its version may lack, all of them: they were written later. */
const LATER: readonly string[] = ['S16', 'C4'];

const IDS: readonly string[] = known.map(({ id }) => id);

/** Not one of the guarantees, but always looked for. */
export const DEADLOCK = { id: 'deadlock', name: 'nothing-is-left-for-ever' };

/** All guarantees have to stand there, each once, in their order. */
export function idContradictions(
	ids: readonly string[],
	isOfBefore: boolean,
	where = '',
): string[] {
	const isEarly = isOfBefore && !ids.some((id) => LATER.includes(id));
	const due = isEarly ? IDS.filter((id) => !LATER.includes(id)) : IDS;
	return listed('guarantee', ids, due, where);
}

/** Ids that are of no guarantee. */
export const strangers = (ids: readonly string[], also: readonly string[] = []): string[] =>
	[...new Set(ids)].filter((id) => !IDS.includes(id) && !also.includes(id));

/** What a row says that is promised has to be what the guarantee promises. */
export const promiseContradictions = (rows: readonly GuaranteeEvidence[]): string[] =>
	rows.flatMap((row) => {
		const promised = known.find(({ id }) => id === row.id);
		const due = promised && { ...promised, witness: sayWitness(promised) };
		const other = (['name', 'statement', 'witness', 'fairness'] as const).find(
			(key) => due !== undefined && row[key] !== due[key],
		);
		return never(
			other !== undefined,
			`the ${other} of guarantee ${row.id} is not that of the guarantee (evidence of another version is made again)`,
		);
	});
