import { guarantees } from '../../model/guarantees/index.ts';
import { type Fault, mayBreak } from '../systems/fault.ts';

/** What breaks a guarantee, among the faults that are known. */
export interface Kills {
	readonly guarantee: string;
	readonly name: string;
	/** Faults of which it is the first to fall, in their kept story, a tour, or random stories with no model beside. */
	readonly first: readonly Fault[];
	/** Those of them that nothing else is known to catch. */
	readonly only: readonly Fault[];
}

/** Each guarantee, and the faults that it catches. */
export const killMatrix = (faults: readonly Fault[]): Kills[] =>
	guarantees.map(({ id, name }) => {
		const first = faults.filter((fault) => mayBreak(fault).includes(id));
		return {
			guarantee: id,
			name,
			first,
			only: first.filter((fault) => mayBreak(fault).length === 1),
		};
	});

/** Guarantees that are the first to catch no fault, and why. */
export const CATCHES_NONE: Readonly<Record<string, string>> = {
	L4: 'that an agent asks on after its end is no decision that can be replaced; its judge is tried by itself',
	C1: 'what a command without the flag means is read from the project, which is no decision of the server or the agent',
	C3: 'which commands a variant has is read from the project, which is no decision of the server or the agent',
};

const isReal = ({ id }: Fault): boolean => /^[HDFP]\d/.test(id);

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
		'Of each promise the faults that it is the first to catch, and those that no other is known to catch: real bugs by id, and how many of',
		'those that were thought up (`properties/deviations/seeded/`).',
		'',
		'| promise | first to catch | only one to catch |',
		'|---|---|---|',
		...kills.map(({ guarantee, name, first, only }) =>
			first.length === 0
				? `| ${guarantee} ${name} | none: ${CATCHES_NONE[guarantee] ?? '?'} | – |`
				: `| ${guarantee} ${name} | ${cell(first)} | ${cell(only)} |`,
		),
		'',
	];
}
