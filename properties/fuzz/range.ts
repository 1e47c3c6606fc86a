import { transitionCounts } from '../../model/system/tables.ts';
import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import type { Range } from '../../reports/evidence/fuzz-evidence.ts';
import type { Shard } from '../../reports/evidence/shard.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { type DeployedName, deployed } from '../deployed/index.ts';
import { waysFor } from '../steering/ways.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { campaign, type Found, type Tally } from '../trial/campaign.ts';
import { judgesOf } from '../trial/judges-of.ts';
import { type Named, named } from '../trial/named.ts';
import { shapeOf, sightOf } from './shape.ts';

/** Stories that somebody is to tell. */
export interface Work {
	/** Null: model and reference. */
	readonly system: DeployedName | null;
	readonly seed: number;
	readonly shard: Shard | undefined;
	readonly range: Range;
	/** How often each thing was found before. */
	readonly sightings: ReadonlyMap<string, number>;
}

/** What telling them came to. */
export interface Told {
	readonly tally: Tally;
	/** Those that are left, as telling was ended early; null: none. */
	readonly left: Range | null;
	/** How many transitions the machines have, and those that were taken so far; null where no model stands beside. */
	readonly transitions: { readonly of: number; readonly taken: readonly string[] } | null;
	/** How often each thing was found, in these stories alone. */
	readonly sightings: ReadonlyMap<string, number>;
	/** What was shrunk, in the order of the stories; one of a shape. */
	readonly finds: readonly Shrunk[];
}

/** What was found, as short as it gets and by its promise, and the shape in which it was seen first. */
export type Shrunk = Named & Pick<Found, 'place'> & { readonly shape: string };

/** Who tells stories, range after range, on systems of its own. */
export class Teller {
	readonly #tables = new TablesByDesign();
	#systems: { of: DeployedName | null; systems: readonly System[] } | null = null;

	/** `signal` ends it after the story in hand and the shrinking of what is wrong in that. */
	async tell({ system, seed, shard, range, sightings }: Work, signal?: AbortSignal): Promise<Told> {
		const systems = this.#systemsOf(system);
		const seen = new Map<string, number>();
		const finds = new Map<string, Shrunk>();
		const [from, to] = range;
		const told = { setups: generatedSetup, ways: waysFor(systems), seed, length: GENERATED_LENGTH };
		const {
			found: _,
			next,
			...tally
		} = await campaign({
			...told,
			...{ systems, shard, from, limit: { stories: to }, signal },
			onFound: async (found) => {
				const sight = sightOf(found);
				const times = (seen.get(sight) ?? 0) + 1;
				seen.set(sight, times);
				if (!isWorthShrinking((sightings.get(sight) ?? 0) + times)) return;
				const more = { ...told, from: found.place + 1 };
				const short = await named(systems, found, more, judgesOf(found.finding));
				// What is known already is known by what was seen first of it.
				const shape = shapeOf(short.first ?? short);
				if (!finds.has(shape)) finds.set(shape, { ...short, place: found.place, shape });
			},
		});
		return {
			tally,
			left: next < to ? [next, to] : null,
			transitions: system === null ? this.#transitions() : null,
			sightings: seen,
			finds: [...finds.values()],
		};
	}

	#systemsOf(of: DeployedName | null): readonly System[] {
		if (this.#systems?.of !== of) this.#systems = null;
		this.#systems ??= {
			of,
			systems: of === null ? [model(this.#tables), reference()] : [deployed(of)],
		};
		return this.#systems.systems;
	}

	#transitions(): Told['transitions'] {
		const counts = transitionCounts(this.#tables.of({ design: 'flag' }));
		const taken = counts.filter(({ count }) => count > 0);
		return {
			of: counts.length,
			taken: taken.map(
				({ machine, source, event, guard }) =>
					`${machine}: ${source} on ${event}${guard === null ? '' : ` [${guard}]`}`,
			),
		};
	}
}

/**
 * Shrinking takes as long as hundreds of stories, and what is wrong tends to show in many: of what shows alike it is done
 * at the first, second, fourth, eighth time.
 */
const isWorthShrinking = (times: number): boolean => Number.isInteger(Math.log2(times));
