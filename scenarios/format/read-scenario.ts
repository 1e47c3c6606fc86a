import { Story } from '../../model/vocabulary/stories/token-text.ts';
import { dataOf, type YamlFile } from '../yaml/parse.ts';
import type { Place, Problem } from '../yaml/problem.ts';
import { YamlValue } from '../yaml/value.ts';
import { type Check, compileStory } from './compile-story.ts';
import { expandedText } from './expanded-text.ts';
import { problemsOf } from './issues.ts';
import type { SetupRead } from './project-setup.ts';
import { ScenarioFile } from './scenario-file.ts';

/** A story with a name, what it shows, and what is expected in it and at its end. */
export type Scenario = {
	readonly name: string;
	readonly about: string;
	readonly shows: readonly string[];
	/** The guarantees that are broken in it. */
	readonly breaks: readonly string[];
	readonly story: Story;
	/** Where each event stands in the file. */
	readonly places: readonly Place[];
	/** What ends the story after its last event: a word that is not possible. */
	readonly ends?: Problem;
	/** In the order of the story; the last one is about the end. */
	readonly checks: readonly Check[];
	/** Where what these keys lead to stands in the file, or what encloses it. */
	readonly placeOf: (path: readonly PropertyKey[]) => Place;
};

export type ScenarioLoad =
	| {
			readonly kind: 'loaded';
			readonly scenario: Scenario;
			/** What the import of its project file warns of. */
			readonly warnings: readonly Problem[];
			/** The text of the file, in which each word is replaced by the events that it stands for. */
			expanded(): string;
			/** Its project file, and what that includes; none where the project is written in it. */
			readonly files: readonly string[];
	  }
	| { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Reads a scenario, wherever its text comes from. Whatever is wrong with it is told with its place and a remedy.
 * @param setUp makes its setup: what files it may name is for those to say who know where it lies.
 */
export function readScenario(
	yaml: YamlFile,
	setUp: (file: ScenarioFile, root: YamlValue) => SetupRead,
): ScenarioLoad {
	const { repeated } = yaml;
	const root = YamlValue.rootOf(yaml);
	if (repeated.length > 0) return { kind: 'refused', problems: repeated };
	const file = ScenarioFile.safeParse(dataOf(yaml));
	if (!file.success) return { kind: 'refused', problems: problemsOf(file.error.issues, root) };
	const read = setUp(file.data, root);
	if (read.kind === 'refused') return read;
	const compiled = compileStory(file.data, read.setup, root);
	const { events, places, checks, problems, ends } = compiled;
	if (problems.length > 0) return { kind: 'refused', problems };
	const story = Story.safeParse({ setup: read.setup, events });
	if (!story.success) return { kind: 'refused', problems: problemsOf(story.error.issues, root) };
	const { name, about, shows = [], breaks = [] } = file.data;
	return {
		kind: 'loaded',
		scenario: {
			...{ name, about, shows, breaks, story: story.data, places, checks },
			placeOf: (keys) => root.find(keys).keyPlace,
			...(ends === null ? {} : { ends }),
		},
		warnings: read.warnings,
		expanded: () => expandedText(yaml, compiled, read.setup),
		files: read.files,
	};
}
