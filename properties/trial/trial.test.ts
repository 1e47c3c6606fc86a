import { describe, expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/story.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { BEGIN, FAIL, SETUP } from '../testing/stories.ts';
import { neverAtRest, tampered, withoutHistory } from '../testing/tampered.ts';
import { replaying, type Step, trial } from './trial.ts';

const honest = model(createTables());
const STORY: readonly Event[] = [...BEGIN, ...FAIL];
const HOUR: Event = { kind: 'hours-pass', hours: 1 };

describe('a story in which nothing is wrong', () => {
	test('has no finding, comes to rest, and says which guarantees were exercised', async () => {
		const result = await trial([honest, reference()], SETUP, replaying(STORY));
		expect(result).toMatchObject({ finding: null, events: STORY, rested: true });
		expect(result.steps).toBeGreaterThan(STORY.length);
		expect(result.exercised.get('S11')).toBeGreaterThan(0);
		expect(result.exercised.get('S6')).toBe(0);
	});

	test('is told step by step, with what was seen before and on each system after', async () => {
		const steps: Step[] = [];
		const onStep = (step: Step) => steps.push(step);
		const { steps: count } = await trial([honest, reference()], SETUP, replaying(BEGIN), {
			onStep,
		});
		expect(steps.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, n) => n));
		expect(steps.map(({ part }) => part)).toEqual(
			steps.map((_, index) => (index < BEGIN.length ? 'story' : 'rest')),
		);
		for (const [index, { before, seen }] of steps.entries()) {
			expect(seen).toHaveLength(2);
			expect(seen[1]).toEqual(seen[0]);
			if (index > 0) expect(before).toEqual(steps[index - 1]?.seen[0]);
		}
	});

	test('leaves out what is not possible when its turn comes', async () => {
		const impossible: Event = { kind: 'agent-returns', host: 'h1' };
		const result = await trial([honest], SETUP, replaying([impossible, ...BEGIN, impossible]));
		expect(result.events).toEqual(BEGIN);
	});

	test('is not brought to rest when that is not wanted', async () => {
		const result = await trial([honest], SETUP, replaying(BEGIN), { rest: false });
		expect(result).toMatchObject({ steps: BEGIN.length, rested: false, finding: null });
	});

	test('ends at the most events of a story, and is asked for its end once more', async () => {
		let asked = 0;
		const next = (): Event => {
			asked++;
			return HOUR;
		};
		const result = await trial([honest], SETUP, next, { rest: false });
		expect(result.events).toHaveLength(STORY_LENGTH);
		expect(asked).toBe(STORY_LENGTH + 1);
	});
});

describe('a story that breaks a guarantee', () => {
	test('on all systems alike is a violation of all, at the event that broke it', async () => {
		const systems = [withoutHistory('one'), withoutHistory('two')];
		const { finding, events } = await trial(systems, SETUP, replaying(STORY));
		expect(finding).toMatchObject({ kind: 'violated', guarantee: 'S11', system: 'one and two' });
		expect(finding?.index).toBe(events.length - 1);
	});

	test.each([
		['second', [honest, withoutHistory('forgetful')]],
		['first', [withoutHistory('forgetful'), honest]],
	])('on the %s system alone is a violation of that one', async (_, systems) => {
		const { finding } = await trial(systems, SETUP, replaying(STORY));
		expect(finding).toMatchObject({ kind: 'violated', guarantee: 'S11', system: 'forgetful' });
	});

	test('by what is still owed at rest is a violation at its last event', async () => {
		const crash: Event = {
			kind: 'server-crashes',
			message: { leg: 'request', route: 'end' },
			commit: 'after',
		};
		const story = [...STORY.slice(0, -2), crash];
		let kept: Observation | null = null;
		const frozen = tampered('frozen', (seen, _, step) => {
			if (step < story.length) return seen;
			const hosts = seen.hosts.map((host) => ({
				...host,
				execution: null,
				doing: { kind: 'idle' } as const,
			}));
			kept ??= { ...seen, server: 'up', messages: [], hosts };
			return { ...kept, minute: seen.minute, answer: seen.answer };
		});
		const { finding, rested, steps } = await trial([frozen], SETUP, replaying(story));
		expect(rested).toBe(true);
		expect(finding).toMatchObject({ kind: 'violated', index: steps - 1, system: 'frozen' });
		expect(finding?.kind === 'violated' && finding.guarantee).toMatch(/^L/);
	});
});

describe('systems that differ', () => {
	const late = tampered('late', (seen, _, step) => (step === 3 ? { ...seen, minute: 60 } : seen));

	test('without breaking a guarantee have diverged, at the first event that shows it', async () => {
		const { finding, events } = await trial([honest, reference(), late], SETUP, replaying(STORY));
		expect(events).toHaveLength(3);
		expect(finding).toEqual({
			kind: 'diverged',
			index: 2,
			systems: ['model', 'late'],
			difference: { path: 'minute', left: 0, right: 60 },
		});
	});

	const forgetful = tampered('forgetful', (seen, _, step) => {
		const tasks = seen.tasks.map((task) => ({ ...task, history: [] }));
		return step < 3 ? seen : { ...seen, minute: seen.minute + 1, tasks };
	});

	test('are judged on: the odd one may break a promise later', async () => {
		const steps: Step[] = [];
		const onStep = (step: Step) => steps.push(step);
		const story = replaying(STORY.slice(0, 3));
		const { finding, events } = await trial([honest, forgetful], SETUP, story, { onStep });
		expect(events).toHaveLength(3);
		expect(finding).toMatchObject({ kind: 'violated', system: 'forgetful' });
		expect(finding?.index).toBe(steps.at(-1)?.index);
		expect(steps.at(-1)).toMatchObject({ part: 'rest', seen: [{}] });
	});

	test('are judged on through the rest of their story, which is told as far as a promise is broken', async () => {
		const steps: Step[] = [];
		const onStep = (step: Step) => steps.push(step);
		const { finding, events } = await trial([honest, forgetful], SETUP, replaying(STORY), {
			onStep,
		});
		expect(events).toEqual(STORY.slice(0, events.length));
		expect(finding).toMatchObject({ kind: 'violated', system: 'forgetful', guarantee: 'S11' });
		expect(finding?.index).toBe(events.length - 1);
		expect(steps.at(-1)).toMatchObject({ part: 'story', seen: [{}] });
	});

	test('before any event have diverged before any event', async () => {
		const early = tampered('early', (seen) => ({ ...seen, minute: 60 }));
		const result = await trial([honest, early], SETUP, replaying(STORY));
		expect(result).toMatchObject({ finding: { kind: 'diverged', index: -1 }, steps: 0 });
	});

	test('while they come to rest have diverged there', async () => {
		const restless = tampered('restless', (seen, _, step) =>
			step === STORY.length + 1 ? { ...seen, minute: seen.minute + 1 } : seen,
		);
		const result = await trial([honest, restless], SETUP, replaying(STORY));
		expect(result).toMatchObject({ finding: { kind: 'diverged', index: STORY.length } });
		expect(result.rested).toBe(false);
	});
});

describe('a system that breaks down', () => {
	const breaking = (thrown: unknown): System =>
		tampered('fragile', (seen, event) => {
			if (event?.kind === 'command-ends') throw thrown;
			return seen;
		});

	test.each([
		['an error', new Error('out of order'), 'out of order'],
		['anything else', 'out of order', 'out of order'],
	])('with %s is a finding at the event', async (_, thrown, message) => {
		const { finding } = await trial([honest, breaking(thrown)], SETUP, replaying(STORY));
		expect(finding).toEqual({ kind: 'broke down', index: 5, system: 'fragile', message });
	});

	test('while it starts is a finding before any event, and the others are stopped', async () => {
		let stopped = 0;
		const counted: System = {
			...honest,
			start: async (setup) => {
				const run = await honest.start(setup);
				return { seen: run.seen, apply: (event) => run.apply(event), stop: () => void stopped++ };
			},
		};
		const stillborn: System = {
			name: 'stillborn',
			start: () => Promise.reject(new Error('no disk')),
		};
		const result = await trial([counted, stillborn], SETUP, replaying(STORY));
		expect(result.finding).toEqual({
			kind: 'broke down',
			index: -1,
			system: 'stillborn',
			message: 'no disk',
		});
		expect(stopped).toBe(1);
	});
});

test('a story that does not come to rest within the bound is no finding, and says so', async () => {
	const result = await trial([neverAtRest('restless')], SETUP, replaying([]));
	expect(result).toMatchObject({ finding: null, rested: false, events: [] });
	expect(result.steps).toBeGreaterThan(100);
});

test('all runs are stopped when the trial is over', async () => {
	let running = 0;
	const counted: System = {
		name: 'counted',
		async start(setup) {
			const run = await honest.start(setup);
			running++;
			return { seen: run.seen, apply: (event) => run.apply(event), stop: () => void running-- };
		},
	};
	await trial([counted, withoutHistory('forgetful'), counted], SETUP, replaying(STORY));
	expect(running).toBe(0);
});

test('a trial without a system is a mistake of the caller', async () => {
	await expect(trial([], SETUP, replaying(STORY))).rejects.toThrow(RangeError);
});
