import { parseYaml } from '../yaml/parse.ts';
import { problemAt } from '../yaml/problem.ts';
import { refused, setUpWith, writtenProject } from './project-setup.ts';
import { readScenario, type ScenarioLoad } from './read-scenario.ts';

/**
 * Reads the text of a scenario where there are no files: its project has to be written in it.
 * @param name what problems call it.
 */
export function readScenarioText(text: string, name: string): ScenarioLoad {
	const yaml = parseYaml(text, name);
	if (yaml.kind === 'refused') return yaml;
	return readScenario(yaml.file, (file, root) => {
		const written = writtenProject(file);
		if (written !== null) return setUpWith(file, root, written);
		return refused(
			problemAt(
				file.project_file === undefined ? root.place : root.find(['project_file']).keyPlace,
				'no file can be read here',
				'write the project in the scenario, or give it to npx mulligan explore, which makes a page of it',
			),
		);
	});
}
