import { endOf, scenarioText } from '../../../scenarios/format/write.ts';
import { sayEvent } from '../../wording/event.ts';
import type { Exploration } from '../exploration.ts';

/** A scenario file. */
export interface ScenarioFile {
	readonly name: string;
	readonly text: string;
}

/** Where the schema of scenarios is from a folder that lies beside mulligan's own. */
const SCHEMA = 'node_modules/mulligan/scenarios/scenario.schema.json';

/** The story until here as a scenario that shows what was put to the test in it, and breaks what it broke. */
export function scenarioOf(exploration: Exploration): ScenarioFile {
	const { here, story } = exploration;
	const exercised = here.judged
		.filter((one) => one.exercised > 0)
		.map(({ guarantee }) => guarantee.id);
	const broken = here.judged
		.filter((one) => one.broken !== null)
		.map(({ guarantee }) => guarantee.id);
	const last = story.events.at(-1);
	const ends = last === undefined ? 'Nothing happens.' : `At last ${sayEvent(last)}.`;
	const text = scenarioText({
		name: `A story of ${story.events.length} events from the explorer`,
		about: `Explored by hand. ${ends}`,
		shows: exercised.filter((id) => !broken.includes(id)),
		breaks: broken,
		story,
		expect: endOf(here.seen),
		schema: SCHEMA,
	});
	return { name: 'explored.yml', text };
}

/** Has the browser save a file; what is said of it. */
export function download({ name, text }: ScenarioFile): string {
	const address = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
	return `Saved as ${name}, where your browser puts what it saves.`;
}
