import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { configuredUnder } from '../../model/checker/configurations/designs.ts';
import { configurations } from '../../model/checker/configurations/index.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { createTables } from '../../model/system/tables.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import type { ConfigurationEvidence } from '../../reports/evidence/check-evidence.ts';
import { isIn, WHOLE } from '../../reports/evidence/shard.ts';
import { checkAll, type Touring, USUAL_MEMORY } from '../checks/checks.ts';
import { checkEvidence } from '../checks/evidence.ts';
import { extentOf } from '../tour/plan.ts';
import type { Profile, VerifyOptions } from './options.ts';

/** What a quick verification checks, in about five seconds; `mulligan check` knows more. */
const SMALL: readonly string[] = ['blocks', 'background', 'merge-queue', 'dependents'];

/** Most steps that the reference is walked, from a configuration on that the seed decides. */
const STEPS: Readonly<Record<Profile, number>> = {
	quick: 20_000,
	standard: 300_000,
	deep: 5_000_000,
};

/** What is checked by profile: some configurations, all in their quick size, all in their standard size. */
const usual = (profile: Profile): Configuration[] =>
	configurations
		.filter(({ name }) => profile !== 'quick' || SMALL.includes(name))
		.map((sized) => sizedTo(sized, profile === 'deep' ? 'standard' : 'quick'));

/** All that a verification checks, in all of its parts. */
export const configurationsOf = ({
	profile,
	checks = usual(profile),
}: Pick<VerifyOptions, 'profile' | 'checks'>): readonly Configuration[] => checks;

/** Goes through every state of some configurations of the model, whose machines are counted apart. */
export async function checkModel(options: VerifyOptions): Promise<ConfigurationEvidence[]> {
	const { design = 'flag', shard = WHOLE, machines = createTables, signal, onPhase } = options;
	const configurations = configurationsOf(options)
		.filter((_, place) => isIn(shard, place))
		.map((one) => configuredUnder(one, design));
	const looked = await checkAll({
		configurations,
		memory: USUAL_MEMORY,
		machines: design === 'flag' ? machines() : tablesOf({ design }),
		tour: touringOf(options, configurations.length),
		signal,
		onPhase: (name, detail) => onPhase?.('checking', `${name}: ${detail}`),
	});
	return looked.map(checkEvidence);
}

/** The same seed walks the same way; what is no reference of ours cannot be put back. */
const touringOf = (
	{ profile, seed, against }: VerifyOptions,
	configurations: number,
): Touring | undefined =>
	against !== undefined || configurations === 0
		? undefined
		: {
				from: Math.abs(seed) % configurations,
				most: STEPS[profile],
				extent: extentOf(profile === 'deep' ? 'standard' : 'quick'),
			};
