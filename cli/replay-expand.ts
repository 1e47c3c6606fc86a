import { existsSync } from 'node:fs';
import { loadScenario } from '../scenarios/format/load.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { insistOn } from './recognised.ts';
import { scenarioFile } from './shipped.ts';

/** Prints each scenario with its words replaced by the events that they stand for. */
export function printExpanded(given: readonly string[]): void {
	for (const file of given.map(scenarioFile)) {
		if (!existsSync(file)) throw new BadInput(`${file}: there is no such file (give a scenario)`);
		insistOn(file, 'scenario');
		const load = loadScenario(file);
		const problems = load.kind === 'refused' ? load.problems : load.scenario.ends;
		if (problems !== undefined) throw new BadInput(...[problems].flat().map(describe));
		if (load.kind === 'loaded') process.stdout.write(load.expanded());
	}
}
