import { existsSync, readFileSync } from 'node:fs';
import { designConfigurations } from '../model/checker/configurations/designs.ts';
import { configurations } from '../model/checker/configurations/index.ts';
import type { Setup } from '../model/vocabulary/setup.ts';
import { fromToken, isToken, TokenError, toToken } from '../model/vocabulary/stories/story.ts';
import type { Opening } from '../reports/explorer/page.tsx';
import { STARTS } from '../reports/explorer/starts.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { ANY_VARIANT } from '../scenarios/import/version.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { sayNames } from './near.ts';
import { insistOn, kindOfFile } from './recognised.ts';
import { canRestart } from './retry-story.ts';
import { projectFile, scenarioFile } from './shipped.ts';
import { eachOfTask, projectOf } from './task-setup.ts';

/** What a page is opened with. */
export interface Explored {
	readonly about: string;
	readonly openings: readonly Opening[];
}

/** Most tasks of a project that a page is opened with: of those with a flagged command that works, the first ones. */
const MOST_TASKS = 60;
const HOST = 'h1';

const opening = (name: string, setup: Setup, about?: string): Opening => ({
	name,
	token: toToken({ setup, events: [] }),
	...(about === undefined ? {} : { about }),
});

const CONFIGURATIONS = [...configurations, ...designConfigurations];

/**
 * What was given, as stories to begin with: a token, a scenario, a configuration, or the tasks of a project.
 *
 * @throws BadInput when it is none of these.
 */
export function explored(given: string | undefined): Explored {
	const usual = STARTS.map(({ name, setup }) => opening(name, setup));
	if (given === undefined)
		return {
			about: 'Small examples of automatic retry',
			openings: [...usual, ...everyConfiguration()],
		};
	const { about, openings } = found(given);
	return { about, openings: [...openings, ...usual] };
}

function found(given: string): Explored {
	if (isToken(given)) return ofToken('A story from a token', given);
	const configuration = CONFIGURATIONS.find(({ name }) => name === given);
	if (configuration !== undefined && !existsSync(given))
		return {
			about: `The configuration ${given}`,
			openings: [opening(given, configuration.setup, configuration.covers)],
		};
	for (const file of [scenarioFile(given), projectFile(given)]) {
		if (!existsSync(file)) continue;
		switch (kindOfFile(file)) {
			case 'token':
				return ofToken(given, readFileSync(file, 'utf8').trim());
			case 'scenario':
				return ofScenario(file);
			case 'project':
				return ofProject(given);
			default:
				insistOn(file, 'token', 'scenario', 'project');
		}
	}
	const known = sayNames(
		CONFIGURATIONS.map(({ name }) => name),
		given,
	);
	throw new BadInput(
		`${given}: there is no such file, and no configuration of that name (configurations are: ${known})`,
	);
}

const everyConfiguration = (): Opening[] =>
	configurations.map(({ name, setup, covers }) => opening(`configuration ${name}`, setup, covers));

function ofToken(about: string, token: string): Explored {
	try {
		fromToken(token);
	} catch (error) {
		if (error instanceof TokenError) throw new BadInput(error.message);
		throw error;
	}
	return { about, openings: [{ name: about, token }] };
}

function ofScenario(file: string): Explored {
	const load = loadScenario(file);
	if (load.kind === 'refused') throw new BadInput(...load.problems.map(describe));
	const { name, story } = load.scenario;
	return { about: name, openings: [{ name, token: toToken(story) }] };
}

/** Each task by itself: those first that a flagged command can restart. */
function ofProject(file: string): Explored {
	const imported = projectOf(file, { params: false });
	const tasks = imported.project.tasks.flatMap(({ name: task }) => {
		const alone = [...eachOfTask(imported, { file, task, variant: undefined, host: HOST })];
		return alone.filter(({ instance }) => instance.variant !== ANY_VARIANT).slice(0, 1);
	});
	const [flagged, others] = [true, false].map((wanted) =>
		tasks.filter(({ setup }) => canRestart(setup) === wanted),
	);
	const openings = [...(flagged ?? []), ...(others ?? [])]
		.slice(0, MOST_TASKS)
		.map(({ setup, instance }) => opening(`${instance.task} on ${instance.variant}`, setup));
	if (openings.length === 0)
		throw new BadInput(
			`${file}: no task is on a variant, so nothing runs (of a file that others include, give the one that includes it)`,
		);
	return { about: `The tasks of ${file}`, openings };
}
