import { availableParallelism } from 'node:os';
import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { configuredUnder } from '../../model/checker/configurations/designs.ts';
import { configurations } from '../../model/checker/configurations/index.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { createTables } from '../../model/system/tables.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import type { ConfigurationEvidence } from '../../reports/evidence/check-evidence.ts';
import { isIn, WHOLE } from '../../reports/evidence/shard.ts';
import { checkAll, type Touring, usualMemory } from '../checks/checks.ts';
import { checkEvidence } from '../checks/evidence.ts';
import { ChecksInThreads } from '../checks/in-threads.ts';
import { extentOf } from '../tour/plan.ts';
import type { Profile, VerifyOptions } from './options.ts';

/** What a quick verification checks, in about five seconds; `mulligan check` knows more. */
const SMALL: readonly string[] = ['blocks', 'background', 'merge-queue', 'dependents'];

/** Of how many configurations one is toured, which one the seed decides; and most steps in it. */
const TOURS: Readonly<Record<Profile, { readonly oneOf: number; readonly most: number }>> = {
	quick: { oneOf: 4, most: 20_000 },
	standard: { oneOf: 6, most: 40_000 },
	deep: { oneOf: 1, most: 500_000 },
};

/** In which size configurations are checked. */
const sizeOf = (profile: Profile): 'quick' | 'standard' =>
	profile === 'deep' ? 'standard' : 'quick';

/** What is checked by profile: some configurations, all in their quick size, all in their standard size. */
const usual = (profile: Profile): Configuration[] =>
	configurations
		.filter(({ name }) => profile !== 'quick' || SMALL.includes(name))
		.map((sized) => sizedTo(sized, sizeOf(profile)));

/** All that a verification checks, in all of its parts. */
export const configurationsOf = ({
	profile,
	alone = false,
	// The states are the model's.
	checks = alone ? [] : usual(profile),
}: Pick<VerifyOptions, 'profile' | 'alone' | 'checks'>): readonly Configuration[] => checks;

/** The checks of a verification, of which some may be done already. */
export interface ModelChecks {
	/** What all of them came to. */
	rest(): Promise<ConfigurationEvidence[]>;
	/** Ends what is at work for it. */
	end(): Promise<void>;
}

/**
 * Begins to go through every state of some configurations of the model, whose machines are counted apart. Where there are
 * cores to spare, threads do so while stories are told; else all is done when the rest is asked for.
 */
export function beginChecks(options: VerifyOptions): ModelChecks {
	const { design = 'flag', shard = WHOLE, profile, machines, against, signal, onPhase } = options;
	const common = {
		configurations: configurationsOf(options)
			.filter((_, place) => isIn(shard, place))
			.map((one) => configuredUnder(one, design)),
		memory: usualMemory(sizeOf(profile)),
		machines: design === 'flag' ? (machines ?? createTables)() : tablesOf({ design }),
		tour: touringOf(options),
		signal,
	};
	let isWaitedFor = false;
	const tell = (detail: string): void => {
		if (isWaitedFor) onPhase?.('checking', detail);
	};
	const isOurs = machines === undefined && against === undefined;
	const inThreads = isOurs
		? new ChecksInThreads({ ...common, threads: availableParallelism(), onProgress: tell })
		: null;
	return {
		rest: async () => {
			isWaitedFor = true;
			const onDetail = (name: string, detail: string): void => tell(`${name}: ${detail}`);
			const looked = await (inThreads?.rest() ?? checkAll({ ...common, onPhase: onDetail }));
			return looked.map(checkEvidence);
		},
		end: async () => inThreads?.end(),
	};
}

/** The same seed tours the same, whatever the parts; what is no reference of ours cannot be put back. */
function touringOf(options: VerifyOptions): Touring | undefined {
	const { profile, seed, against } = options;
	if (against !== undefined) return undefined;
	const { oneOf, most } = TOURS[profile];
	const all = configurationsOf(options);
	const turn = Math.abs(seed) % oneOf;
	return {
		extent: extentOf(sizeOf(profile)),
		mostOf: new Map(all.map(({ name }, place) => [name, place % oneOf === turn ? most : 0])),
	};
}
