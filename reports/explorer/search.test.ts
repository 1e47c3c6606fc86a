import { describe, expect, test } from 'vitest';
import { guarantees } from '../../model/guarantees/index.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { Exploration } from './exploration.ts';
import { GOALS } from './goals.ts';
import { type Found, type Goal, LIMITS, type Limits, search } from './search.ts';
import { STARTS } from './starts.ts';

function setupOf(name: string) {
	const found = STARTS.find((start) => start.name.startsWith(name));
	if (found === undefined) throw new RangeError(`nothing begins with ${name}`);
	return found.setup;
}

function sought(explored: Exploration, goal: Goal, limits: Limits = LIMITS): Found {
	const looking = search(explored, explored.here, goal, limits);
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
			why: 'bound',
		});
	});

	test('says whether it saw all there is, or was cut', () => {
		const explored = new Exploration(setupOf('A task of the merge queue'));
		const never: Goal = { words: 'never', judges: [], isReached: () => false };
		const nothing = { ...LIMITS, interventions: 0 };
		expect(sought(explored, never, nothing)).toMatchObject({ kind: 'none', why: 'bound' });
		expect(sought(explored, never, { ...LIMITS, states: 10 })).toMatchObject({
			why: 'bound',
			states: 10,
		});
		expect(sought(explored, never, { ...LIMITS, events: 2 })).toMatchObject({ depth: 2 });
	});
});

test('every guarantee can be asked for, tested and broken', () => {
	expect(GOALS.tested).toHaveLength(guarantees.length);
	expect(GOALS.broken).toHaveLength(guarantees.length + 1);
});
