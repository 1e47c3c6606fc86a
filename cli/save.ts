import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judged } from '../model/checker/retry/judged.ts';
import { judging } from '../model/guarantees/judge.ts';
import { Model } from '../model/system/model.ts';
import type { MachineTables } from '../model/system/tables.ts';
import type { Observation } from '../model/vocabulary/observation.ts';
import type { Story } from '../model/vocabulary/stories/story.ts';
import type { Looked } from '../properties/checks/checks.ts';
import { endOf, scenarioText } from '../scenarios/format/write.ts';
import { schemaFrom } from './shipped.ts';

/** Writes each broken promise as a scenario; says, one line each, what became of it. */
export const saveScenarios = (
	folder: string,
	looked: readonly Looked[],
	machines: MachineTables,
): string[] =>
	looked.flatMap((one) =>
		(one.checked?.judged ?? []).flatMap((judged) => save(folder, one, judged, machines)),
	);

function save(
	folder: string,
	{ configuration }: Looked,
	{ id, name, sentence, counterexample }: Judged,
	machines: MachineTables,
): string[] {
	if (counterexample === null) return [];
	const { story } = counterexample;
	const { end, exercised } = played(story, machines);
	// A scenario shows guarantees that were exercised in it; what is left for ever is none of them.
	const shown = exercised.includes(id) ? id : (exercised.find(isLiveness) ?? exercised[0]);
	const file = join(folder, `${configuration.name}-${id.toLowerCase()}-${name}.yml`);
	if (shown === undefined)
		return [`${file} is not written: no guarantee is exercised in the story`];
	const text = scenarioText({
		name: `${id} ${name} is broken`,
		about: `Found by the checker in the configuration ${configuration.name}. ${sentence ?? ''}`,
		shows: [shown],
		story,
		expect: endOf(end),
		schema: schemaFrom(folder),
	});
	return [
		writtenOnce(file, text) ? `saved ${file}` : `${file} is there already and stays as it is`,
	];
}

const isLiveness = (id: string): boolean => id.startsWith('L');

/** How a story ends on the model, and which guarantees it puts to the test. */
function played(
	{ setup, events }: Story,
	machines: MachineTables,
): { end: Observation; exercised: string[] } {
	const model = new Model(setup, machines);
	const judge = judging(setup, model.seen);
	for (const event of events) {
		const before = model.seen;
		judge.step({ setup, before, event, after: model.apply(event) });
	}
	const exercised = judge.verdicts().filter((verdict) => verdict.exercised > 0);
	return { end: model.seen, exercised: exercised.map(({ id }) => id) };
}

/** False if there is such a file already. */
function writtenOnce(file: string, text: string): boolean {
	try {
		writeFileSync(file, text, { flag: 'wx' });
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
		throw error;
	}
}
