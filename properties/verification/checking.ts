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

/** Of how many configurations one is toured, which one the seed decides; and most steps in it. */
const TOURS: Readonly<Record<Profile, { readonly oneOf: number; readonly most: number }>> = {
	quick: { oneOf: 4, most: 20_000 },
	standard: { oneOf: 6, most: 40_000 },
	deep: { oneOf: 1, most: 500_000 },
};

/** What is checked by profile: some configurations, all in their quick size, all in their standard size. */
const usual = (profile: Profile): Configuration[] =>
	configurations
		.filter(({ name }) => profile !== 'quick' || SMALL.includes(name))
		.map((sized) => sizedTo(sized, profile === 'deep' ? 'standard' : 'quick'));

/** All that a verification checks, in all of its parts. */
export const configurationsOf = ({
	profile,
	alone = false,
	// The states are the model's.
	checks = alone ? [] : usual(profile),
}: Pick<VerifyOptions, 'profile' | 'alone' | 'checks'>): readonly Configuration[] => checks;

/** Goes through every state of some configurations of the model, whose machines are counted apart. */
export async function checkModel(options: VerifyOptions): Promise<ConfigurationEvidence[]> {
	const { design = 'flag', shard = WHOLE, machines = createTables, signal, onPhase } = options;
	const looked = await checkAll({
		configurations: configurationsOf(options)
			.filter((_, place) => isIn(shard, place))
			.map((one) => configuredUnder(one, design)),
		memory: USUAL_MEMORY,
		machines: design === 'flag' ? machines() : tablesOf({ design }),
		tour: touringOf(options),
		signal,
		onPhase: (name, detail) => onPhase?.('checking', `${name}: ${detail}`),
	});
	return looked.map(checkEvidence);
}

/** The same seed tours the same, whatever the parts; what is no reference of ours cannot be put back. */
function touringOf(options: VerifyOptions): Touring | undefined {
	const { profile, seed, against } = options;
	if (against !== undefined) return undefined;
	const { oneOf, most } = TOURS[profile];
	const toured = new Set(
		configurationsOf(options)
			.filter((_, place) => place % oneOf === Math.abs(seed) % oneOf)
			.map(({ name }) => name),
	);
	return {
		extent: extentOf(profile === 'deep' ? 'standard' : 'quick'),
		mostOf: (name) => (toured.has(name) ? most : 0),
	};
}
