import { createHash } from 'node:crypto';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import type { FuzzFind } from '../../reports/evidence/fuzz-evidence.ts';
import { endOf, scenarioText } from '../../scenarios/format/write.ts';
import { type DeployedName, deployed } from '../deployed/index.ts';
import { model } from '../systems/model.ts';
import { exercisedIn } from '../trial/run-scenario.ts';
import { replaying, trial } from '../trial/trial.ts';

/** A find, and the scenario that shows it, ready to be committed; null: no scenario can tell it. */
export interface WrittenFind {
	readonly find: FuzzFind;
	readonly text: string | null;
}

/**
 * The scenario of a find: the story, and how it ends where nothing is wrong, which is as the model has it. So it fails on
 * the system in which it was found, and passes once that is mended. What a system that is wrong alone lets happen has no
 * such end; then the promise alone is left to judge it.
 */
export async function scenarioOf(
	{ story }: { readonly story: Story },
	find: Omit<FuzzFind, 'scenario'>,
	where: { readonly system: DeployedName | null; readonly seed: number; readonly schema: string },
): Promise<WrittenFind> {
	if (find.token === null) return { find: { ...find, scenario: null }, text: null };
	const { system, seed, schema } = where;
	const right = await toldBy(story);
	const wrong =
		system === null
			? null
			: await trial([deployed(system)], story.setup, replaying(story.events), { goOn: true });
	const { guarantee } = find;
	const shows =
		guarantee !== null &&
		right.exercised.includes(guarantee) &&
		(wrong === null || exercisedIn(wrong).includes(guarantee));
	const on = system ?? 'model and reference';
	const text = scenarioText({
		name: `${guarantee ?? find.kind} on ${on}`,
		about: `${find.sentence} Found on ${on} by random stories (seed ${seed}, story ${find.place}).`,
		shows: shows ? [guarantee] : [],
		story,
		expect: right.end === null ? {} : endOf(right.end),
		schema,
	});
	return { find: { ...find, scenario: fileOf(find) }, text };
}

/** What the model shows behind the last event, if each is possible there. */
async function toldBy({
	setup,
	events,
}: Story): Promise<{ end: Observation | null; exercised: readonly string[] }> {
	let end: Observation | null = null;
	let possible = true;
	const next = replaying(events);
	const told = await trial([model()], setup, (seen) => {
		const event = next(seen);
		if (event !== null && !isPossible(setup, seen, event)) possible = false;
		if (event === null) end ??= seen;
		return event;
	});
	return { end: possible ? end : null, exercised: exercisedIn(told) };
}

/** Its name depends on its shape alone, as what is taken for the same has one file. */
function fileOf({ guarantee, kind, shape }: Omit<FuzzFind, 'scenario'>): string {
	const digest = createHash('sha256').update(shape).digest('hex').slice(0, 8);
	return `${(guarantee ?? kind).toLowerCase().replaceAll(' ', '-')}-${digest}.yml`;
}
