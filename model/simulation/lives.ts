import type { MachineTables } from '../system/tables.ts';
import type { Block } from '../vocabulary/project.ts';
import { type Fails, type Life, liveThrough } from './life.ts';
import type { TaskKind, Workload } from './workload.ts';

/** What a life depends on beside the failures of its first execution. */
export const FATE = {
	/** No command is flagged. */
	unflagged: 0,
	/** The quota is exhausted. */
	full: 1,
	/** A slot is free, and a restart clears the transient failure. */
	cleared: 2,
	/** A slot is free, and a restart meets the transient failure again. */
	persistent: 3,
} as const;
export type Fate = (typeof FATE)[keyof typeof FATE];
const FATES = 4;

/** A life as the bits of a small integer. */
export const RED = 1;
export const TAKEN = 2;
/** Automatic restarts, from this bit on. */
const RESTARTS = 4;

export const restartsOf = (life: number): number => Math.floor(life / RESTARTS);

/** No command fails. */
export const NONE = -1;

/**
 * The lives of all tasks of a workload. A life is lived through the machines once for each kind of task,
 * each pair of commands that fail and each fate; afterwards it is looked up. Nothing that is drawn from rates
 * matters here, so that all points of a sweep share what was found.
 */
export class Lives {
	readonly workload: Workload;
	readonly #tables: MachineTables;
	readonly #known: readonly Map<number, number>[];
	#lived = 0;

	constructor(workload: Workload, tables: MachineTables) {
		this.workload = workload;
		this.#tables = tables;
		this.#known = workload.kinds.map(() => new Map());
		for (const kind of workload.kinds.keys())
			for (const fate of Object.values(FATE))
				if (this.of(kind, NONE, NONE, fate) !== 0)
					throw new RangeError('a task fails or restarts although none of its commands failed');
	}

	/** How many were lived through the machines so far. */
	get lived(): number {
		return this.#lived;
	}

	/**
	 * The life of a task of this kind.
	 *
	 * @param transient place of the command that fails for want of luck, or `NONE`
	 * @param permanent place of the command that fails whenever it runs, or `NONE`
	 */
	of(kind: number, transient: number, permanent: number, fate: Fate): number {
		const known = this.#known[kind];
		const place = this.workload.kinds[kind];
		if (known === undefined || place === undefined) throw new RangeError(`no kind ${kind} of task`);
		const side = place.places.length + 1;
		const key = ((transient + 1) * side + permanent + 1) * FATES + fate;
		const life = known.get(key);
		if (life !== undefined) return life;
		this.#lived++;
		const fresh = encoded(lifeOf(place, this.#tables, transient, permanent, fate));
		known.set(key, fresh);
		return fresh;
	}
}

const encoded = ({ red, taken, restarts }: Life): number =>
	Number(red) * RED + Number(taken) * TAKEN + restarts * RESTARTS;

/** Lives through one task. */
export function lifeOf(
	{ setup, unflagged, places }: TaskKind,
	tables: MachineTables,
	transient: number,
	permanent: number,
	fate: Fate,
): Life {
	const unlucky = places[transient];
	const broken = places[permanent];
	const fails: Fails = (execution, block, index) =>
		is(broken, block, index) ||
		(is(unlucky, block, index) && (execution === 0 || fate !== FATE.cleared));
	return liveThrough(
		fate === FATE.unflagged ? unflagged : setup,
		tables,
		fails,
		fate === FATE.full,
	);
}

const is = (
	place: { readonly block: Block; readonly index: number } | undefined,
	block: Block,
	index: number,
): boolean => place !== undefined && place.block === block && place.index === index;
