import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { System } from '../systems/system.ts';
import { alike } from '../trial/difference.ts';

/** Whether a system that is told a story from the beginning shows this at its end. */
export async function showsAnew(
	system: System,
	setup: Setup,
	story: readonly Event[],
	seen: Observation,
): Promise<boolean> {
	const run = await system.start(setup);
	try {
		for (const event of story) await run.apply(event);
		return alike(run.seen, seen);
	} catch {
		return false;
	} finally {
		await run.stop();
	}
}
