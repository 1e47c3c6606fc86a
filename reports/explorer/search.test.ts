import { describe, expect, test } from 'vitest';
import { guarantees } from '../../model/guarantees/index.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { Exploration } from './exploration.ts';
import { GOALS } from './goals.ts';
import { type Found, type Goal, LIMITS, type Limits, Search, wider } from './search.ts';
import { STARTS } from './starts.ts';

function setupOf(name: string) {
	const found = STARTS.find((start) => start.name.startsWith(name));
	if (found === undefined) throw new RangeError(`nothing begins with ${name}`);
	return found.setup;
}

function sought(explored: Exploration, goal: Goal, limits: Limits = LIMITS): Found {
	return goneOn(new Search(explored, explored.here, goal), limits);
}

function goneOn(search: Search, limits: Limits): Found {
	const looking = search.within(limits);
	for (;;) {
		const step = looking.next();
		if (step.done === true) return step.value;
	}
}

const goalOf = (group: keyof typeof GOALS, words: string): Goal => {
	const goal = GOALS[group].find((one) => one.words.includes(words));
	if (goal === undefined) throw new RangeError(`no goal is called ${words}`);
	return goal;
};

describe('a search', () => {
	test('finds the shortest way, which leads there', () => {
		const explored = new Exploration(setupOf('One task'));
		const found = sought(explored, goalOf('situations', 'the server is down'));
		if (found.kind !== 'found') throw new Error(`not found: ${found.why}`);
		for (const event of found.events) expect(explored.choose(event)).toBe(true);
		const { server, tasks } = explored.here.seen;
		expect([server, tasks[0]?.restart_pending]).toEqual(['down', true]);
		// Asked for, given out, started, failed, marked, and the crash that does not wait for the answer.
		expect(found.events.map(({ kind }) => kind)).toEqual([
			'host-asks',
			...Array.from({ length: 4 }, () => 'message-delivered'),
			'command-ends',
			'server-crashes',
		]);
	});

	test('goes on from where the story is, to a promise that is put to the test once more', () => {
		const explored = new Exploration(setupOf('One task'));
		const goal = goalOf('tested', '(S14)');
		const first = sought(explored, goal);
		if (first.kind !== 'found') throw new Error('not found');
		for (const event of first.events) explored.choose(event);
		const again = sought(explored, goal);
		expect(again.kind === 'found' && again.events.length > 0).toBe(true);
	});

	test('of each rejected design finds a promise that breaks, and of the chosen one none', () => {
		const broken = goalOf('broken', 'any promise');
		for (const design of ['rest', 'local-api', 'auto-retry'] as const) {
			const explored = new Exploration(underDesign(setupOf('One task'), design));
			expect(sought(explored, broken).kind, design).toBe('found');
		}
		const limits = { ...LIMITS, states: 400 };
		expect(sought(new Exploration(setupOf('One task')), broken, limits)).toMatchObject({
			kind: 'none',
			why: 'states',
		});
	});

	test('that goes on within wider limits finds what one finds that had them from the start', () => {
		const explored = new Exploration(setupOf('One task'));
		const down = goalOf('situations', 'the server is down');
		const once = sought(explored, down);
		const search = new Search(explored, explored.here, down);
		let limits: Limits = { states: 20, events: 3, interventions: 0 };
		const met = new Set<string>();
		for (let turn = 0; turn < 60; turn++) {
			const found = goneOn(search, limits);
			if (found.kind === 'found') {
				expect(found.events).toHaveLength(once.kind === 'found' ? once.events.length : 0);
				expect([...met].toSorted()).toEqual(['events', 'interventions', 'states']);
				return;
			}
			if (found.why === 'exhausted') break;
			met.add(found.why);
			limits = { ...limits, [found.why]: limits[found.why] * (found.why === 'states' ? 2 : 1) + 1 };
		}
		throw new Error('not found');
	});

	test('is widened in what was met, and not beyond what a tab can remember', () => {
		expect(wider(LIMITS, 'states', LIMITS.states)).toEqual({ ...LIMITS, states: 60_000 });
		expect(wider(LIMITS, 'interventions', 900)).toEqual({ ...LIMITS, interventions: 3 });
		expect(wider({ ...LIMITS, states: 120_000 }, 'states', 120_000)).toBeNull();
	});

	test('says whether it saw all there is, or was cut', () => {
		const explored = new Exploration(setupOf('A task of the merge queue'));
		const never: Goal = { words: 'never', judges: [], isReached: () => false };
		const nothing = { ...LIMITS, interventions: 0 };
		expect(sought(explored, never, nothing)).toMatchObject({
			kind: 'none',
			why: 'interventions',
		});
		expect(sought(explored, never, { ...LIMITS, states: 10 })).toMatchObject({
			why: 'states',
			states: 10,
		});
		expect(sought(explored, never, { ...LIMITS, events: 2 })).toMatchObject({
			why: 'events',
			depth: 2,
		});
	});
});

test('every guarantee can be asked for, tested and broken', () => {
	expect(GOALS.tested).toHaveLength(guarantees.length);
	expect(GOALS.broken).toHaveLength(guarantees.length + 1);
});
