import { guarantees } from '../../model/guarantees/index.ts';
import { WITNESSES } from '../../model/guarantees/situations.ts';
import type { Fault } from '../systems/fault.ts';
import { HALVES } from './halves.ts';

/** What breaks a half of a guarantee, among the faults that are known. */
export interface Kills {
	/** The half by the name of its witness. */
	readonly half: string;
	/** Name of the guarantee. */
	readonly name: string;
	/** Faults of which it is the first to fall, in their kept story, a tour, or random stories with no model beside. */
	readonly first: readonly Fault[];
	/** Those of them that nothing else is known to catch. */
	readonly only: readonly Fault[];
}

/** Each half of each guarantee, and the faults that it catches in a story that is known. */
export function killMatrix(faults: readonly Fault[]): Kills[] {
	const falling = faults.map((fault) => ({ fault, halves: HALVES[fault.id] ?? [] }));
	return WITNESSES.map(({ name: half, guarantee }) => {
		const caught = falling.filter(({ halves }) => halves.includes(half));
		return {
			half,
			name: guarantees.find(({ id }) => id === guarantee)?.name ?? '',
			first: caught.map(({ fault }) => fault),
			only: caught.filter(({ halves }) => halves.length === 1).map(({ fault }) => fault),
		};
	});
}

const AGENT_ASKS_ON =
	'that an agent asks on after its end is no decision that can be replaced; its judge is tried by itself';

/** Halves of guarantees that are the first to catch no fault, and why. */
export const CATCHES_NONE: Readonly<Record<string, string>> = {
	'L4 answered': AGENT_ASKS_ON,
	'L4 gave-up': AGENT_ASKS_ON,
	C3: 'which commands a variant has is read from the project, which is no decision of the server or the agent',
};

const isReal = ({ id }: Fault): boolean => /^[HDFPN]\d/.test(id);

/** The matrix as a part of `docs/track-record.md`: real bugs by id, those that were thought up by their number. */
export function killMatrixLines(kills: readonly Kills[]): string[] {
	const cell = (faults: readonly Fault[]): string => {
		const real = faults.filter(isReal).map(({ id }) => id);
		const others = faults.length - real.length;
		return [...real, ...(others === 0 ? [] : [`${others} thought up`])].join(', ') || '–';
	};
	return [
		'## Which promise catches what',
		'',
		'Of each half of each promise (docs/semantics.md) the faults that it is the first to catch, and those that nothing else is known to',
		'catch: real bugs by id, and how many of those that were thought up (`properties/deviations/seeded/`). A half falls if it was the last',
		'that was put to the test. `npm run -s halves` finds out.',
		'',
		'| promise | half | first to catch | only one to catch |',
		'|---|---|---|---|',
		...kills.map(({ half, name, first, only }) => {
			const [id, part = ''] = half.split(' ');
			const caught =
				first.length === 0
					? `none: ${CATCHES_NONE[half] ?? '?'} | –`
					: `${cell(first)} | ${cell(only)}`;
			return `| ${id} ${name} | ${part} | ${caught} |`;
		}),
		'',
	];
}
