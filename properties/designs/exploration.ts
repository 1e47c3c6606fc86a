import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import {
	configuredUnder,
	designConfigurations,
} from '../../model/checker/configurations/designs.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { checking } from '../../model/checker/retry/check.ts';
import type { Checked } from '../../model/checker/retry/judged.ts';
import { STUCK } from '../../model/checker/retry/retry-product.ts';
import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import type { DesignPart, FallenEvidence } from '../../reports/evidence/design-evidence.ts';
import { sayEnding } from '../../reports/wording/ending.ts';
import { usualMemory } from '../checks/checks.ts';
import { sayPhase } from '../checks/phase.ts';
import { type DesignsOptions, fallenOf } from './options.ts';

/** The configurations that every design is tried in. */
export const configurationsOf = ({ profile, configurations }: DesignsOptions) =>
	configurations ?? designConfigurations.map((one) => sizedTo(one, profile));

/**
 * Goes through every state of some configurations under a design. A search ends where a promise is broken, so
 * it begins again without those that fell, until the rest holds to the end.
 */
export async function explore(
	design: Design,
	configurations: readonly Configuration[],
	options: DesignsOptions,
): Promise<DesignPart[]> {
	const machines = tablesOf({ design });
	const explored: DesignPart[] = [];
	for (const configuration of configurations)
		explored.push(
			await exploreOne(configuredUnder(configuration, design), design, machines, options),
		);
	return explored;
}

async function exploreOne(
	configuration: Configuration,
	design: Design,
	machines: MachineTables,
	options: DesignsOptions,
): Promise<DesignPart> {
	const fallen: FallenEvidence[] = [];
	if (options.signal?.aborted === true)
		return {
			name: configuration.name,
			doubt: sayEnding('not begun'),
			states: 0,
			stories: 0,
			unrested: 0,
			exercised: {},
			holds: [],
			fallen,
		};
	let judges: readonly Guarantee[] = guarantees;
	for (;;) {
		const checked = await search(configuration, design, machines, judges, options);
		const { verdict, ending, states, judged } = checked;
		const fell = judged.flatMap(({ id, sentence, counterexample }): FallenEvidence[] =>
			counterexample === null || !judges.some((judge) => judge.id === id)
				? []
				: [fallenOf(id, sentence ?? '', counterexample.story)],
		);
		fallen.push(...fell);
		judges = judges.filter(({ id }) => !fell.some((one) => one.guarantee === id));
		if (fell.length > 0) continue;
		// Nothing to judge without: a search that meets one is not begun again.
		const left = judged.find(({ id }) => id === STUCK);
		if (left?.counterexample != null)
			fallen.push(fallenOf(STUCK, left.sentence ?? '', left.counterexample.story));
		return {
			name: configuration.name,
			stories: 0,
			unrested: 0,
			exercised: {},
			doubt:
				verdict === 'violated'
					? 'something is left for ever'
					: ending === 'complete'
						? null
						: sayEnding(ending),
			states,
			holds: judged.filter((one) => one.verdict === 'holds').map(({ id }) => id),
			fallen,
		};
	}
}

async function search(
	configuration: Configuration,
	design: Design,
	machines: MachineTables,
	judges: readonly Guarantee[],
	{ profile, signal, onPhase }: DesignsOptions,
): Promise<Checked> {
	const limits = { memory: usualMemory(profile), stop: () => signal?.aborted === true };
	const work = checking(configuration, { limits, machines, judges });
	const begun = performance.now();
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		const said = sayPhase(step.value, (performance.now() - begun) / 1000);
		onPhase?.(`${design}, ${configuration.name}`, said);
		// Signals and timers have their turn.
		await new Promise((resolve) => setImmediate(resolve));
	}
}
