import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { EventKind } from '../../model/vocabulary/events/event.ts';
import { designOf } from '../../model/vocabulary/setup.ts';
import { loadScenario } from '../../scenarios/format/load.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import type { LiveSystem } from '../live/system.ts';
import { campaign } from '../trial/campaign.ts';
import { playScenario, scenariosIn } from '../trial/play-scenario.ts';
import { model } from './model.ts';
import type { System } from './system.ts';

const STORIES = join(import.meta.dirname, '../../scenarios/stories');
/** Random stories, and events in each before it comes to rest. */
const RANDOM_STORIES = 6;
const RANDOM_LENGTH = 20;
/** So many kinds of event happen in them; a seed with fewer says little. */
const LEAST_KINDS = 15;
/** Starting all processes takes some seconds; a story takes less than one. */
const TIMEOUT_MS = 60_000;

/** The kinds of event in a story that the system can play; null: it cannot. */
function kindsIn(file: string, { designs, cannot = [] }: System): ReadonlySet<EventKind> | null {
	const loaded = loadScenario(file);
	if (loaded.kind === 'refused') throw new Error(`${file} cannot be loaded`);
	const { setup, events } = loaded.scenario.story;
	const kinds = new Set(events.map(({ kind }) => kind));
	return designs?.includes(designOf(setup)) !== false && !cannot.some((kind) => kinds.has(kind))
		? kinds
		: null;
}

/** What real processes alone show: that a server dies, and that handlers stand in each other's way. */
const REAL: readonly EventKind[] = ['server-crashes', 'held'];

/** Stories of what real processes alone show, and of each other kind of event so many, as far as there are any. */
export function someOfEachKind(times: number): (kinds: ReadonlySet<EventKind>) => boolean {
	const played = new Map<EventKind, number>();
	return (kinds) => {
		const isTried = [...kinds].some(
			(kind) => REAL.includes(kind) || (played.get(kind) ?? 0) < times,
		);
		if (isTried) for (const kind of kinds) played.set(kind, (played.get(kind) ?? 0) + 1);
		return isTried;
	};
}

/**
 * Everything that people tell, and some that nobody does, is played by real processes as by the model.
 *
 * @param isTried which stories are played, by the kinds of event in them.
 */
export function playsAsTheModelDoes(
	system: LiveSystem,
	seed: number,
	isTried: (kinds: ReadonlySet<EventKind>) => boolean = () => true,
): void {
	afterAll(() => system.close(), TIMEOUT_MS);

	test.each(
		scenariosIn(STORIES)
			.filter((file) => {
				const kinds = kindsIn(file, system);
				return kinds !== null && isTried(kinds);
			})
			.map((file) => basename(file)),
	)(
		'%s goes as it says, and as in the model',
		async (file) => {
			const played = await playScenario([model(), system], join(STORIES, file));
			expect(played).toMatchObject({
				kind: 'played',
				mismatches: [],
				result: { finding: null, rested: true },
			});
		},
		TIMEOUT_MS,
	);

	test(
		`random stories go as in the model (seed ${seed})`,
		async () => {
			const kinds = new Set<EventKind>();
			const { found, stories, unrested } = await campaign({
				systems: [model(), noting(system, kinds)],
				setups: generatedSetup,
				seed,
				length: RANDOM_LENGTH,
				limit: { stories: RANDOM_STORIES },
			});
			expect(found).toBeNull();
			expect({ stories, unrested }).toEqual({ stories: RANDOM_STORIES, unrested: 0 });
			expect(kinds.size).toBeGreaterThanOrEqual(LEAST_KINDS);
		},
		2 * TIMEOUT_MS,
	);
}

/** The same system, with a note of what happens on it. */
export const noting = (system: System, kinds: Set<EventKind>): System => ({
	...system,
	start: async (setup) => {
		const run = await system.start(setup);
		return {
			get seen() {
				return run.seen;
			},
			apply: (event) => {
				kinds.add(event.kind);
				return run.apply(event);
			},
			stop: () => run.stop(),
		};
	},
});
