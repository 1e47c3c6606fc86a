import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../reports/evidence/verdict.ts';
import { loadScenario, type Scenario } from '../../scenarios/format/load.ts';
import type { Problem } from '../../scenarios/yaml/problem.ts';
import type { System } from '../systems/system.ts';
import { type Mismatch, runScenario, type ScenarioRun } from './run-scenario.ts';
import type { Step, TrialResult } from './trial.ts';

/** A scenario file that was played, or why it could not be. */
export type PlayedScenario =
	| ({
			readonly kind: 'played';
			readonly scenario: Scenario;
			/** What the import of its project file warns of. */
			readonly warnings: readonly Problem[];
			/** Its project file, and what that includes. */
			readonly files: readonly string[];
			readonly verdict: Verdict;
	  } & ScenarioRun)
	| { readonly kind: 'passed over'; readonly scenario: Scenario }
	| { readonly kind: 'refused'; readonly problems: readonly Problem[] };

interface Playing {
	/** Called before it is played; false: it is not to be. */
	readonly onLoad?: (scenario: Scenario) => boolean;
	readonly onStep?: (step: Step) => void;
	readonly signal?: AbortSignal | undefined;
}

/** Loads a scenario file and plays it on the systems: the one way in which scenarios are run. */
export async function playScenario(
	systems: readonly System[],
	file: string,
	{ onLoad, onStep, signal }: Playing = {},
): Promise<PlayedScenario> {
	const load = loadScenario(file);
	if (load.kind === 'refused') return load;
	const { scenario, warnings, files } = load;
	if (onLoad?.(scenario) === false) return { kind: 'passed over', scenario };
	const run = await runScenario(systems, scenario, onStep, signal);
	const verdict = verdictOf(run.result, run.mismatches, scenario.breaks);
	return { kind: 'played', scenario, warnings, files, verdict, ...run };
}

/**
 * What a story that was played comes to. One in which nothing happened says nothing.
 * @param breaks the guarantees that its scenario says are broken.
 */
export function verdictOf(
	{ finding, broken, rested, events }: TrialResult,
	mismatches: readonly Mismatch[] = [],
	breaks: readonly string[] = [],
): Verdict {
	const isBroken = finding !== null || broken.some(({ guarantee }) => !breaks.includes(guarantee));
	if (isBroken || mismatches.length > 0) return 'violated';
	return rested && events.length > 0 ? 'holds' : 'unknown';
}

/** The scenario files of a folder, by name. */
export const scenariosIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.yml'))
		.sort()
		.map((name) => join(folder, name));
