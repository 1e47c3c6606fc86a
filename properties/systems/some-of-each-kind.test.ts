import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EventKind } from '../../model/vocabulary/events/event.ts';
import { loadScenario } from '../../scenarios/format/load.ts';
import { scenariosIn } from '../trial/play-scenario.ts';
import { someOfEachKind } from './live.suite.ts';

const TIMES = 4;

const kindsOf = (file: string): ReadonlySet<EventKind> => {
	const loaded = loadScenario(file);
	if (loaded.kind === 'refused') throw new Error(`${file} cannot be loaded`);
	return new Set(loaded.scenario.story.events.map(({ kind }) => kind));
};

test('of each kind of event some stories are played by real processes, and all in which a server dies or a handler is held', () => {
	const all = scenariosIn(join(import.meta.dirname, '../../scenarios/stories')).map(kindsOf);
	const isTried = someOfEachKind(TIMES);
	const tried = all.filter(isTried);
	expect(tried.length).toBeLessThan(all.length);
	for (const kind of new Set(all.flatMap((kinds) => [...kinds]))) {
		const having = (some: typeof all): number => some.filter((kinds) => kinds.has(kind)).length;
		const least = ['server-crashes', 'held'].includes(kind)
			? having(all)
			: Math.min(TIMES, having(all));
		expect({ kind, isEnough: having(tried) >= least }).toEqual({ kind, isEnough: true });
	}
});
