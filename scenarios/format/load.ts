import { repositoryTop } from '../yaml/inside.ts';
import { readYaml } from '../yaml/read.ts';
import { readScenario, type ScenarioLoad } from './read-scenario.ts';
import { setUp } from './setup.ts';

export type { Scenario, ScenarioLoad } from './read-scenario.ts';

/**
 * Loads a scenario file.
 * @param top the folder that `project_file` may not leave; by default the top of the repository or
 * package that the scenario is in, else its own folder.
 */
export function loadScenario(path: string, top = topOf(path)): ScenarioLoad {
	const yaml = readYaml(path);
	if (yaml.kind === 'refused') return yaml;
	return readScenario(yaml.file, (file, root) => setUp(file, root, path, top));
}

const topOf = (path: string): string => repositoryTop(path, ['.git', 'package.json']);
