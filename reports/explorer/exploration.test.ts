import { describe, expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { Beside } from './beside.ts';
import { Exploration } from './exploration.ts';
import { brokenAt, foresee } from './foreseen.ts';
import { instancesOf, neighbourhood } from './machine-view.ts';
import { STARTS } from './starts.ts';

const [{ setup } = { setup: undefined }] = STARTS;
if (setup === undefined) throw new RangeError('nothing to begin with');

const ASK: Event = { kind: 'host-asks', host: 'h1' };
const HOUR: Event = { kind: 'hours-pass', hours: 1 };
const ABORT: Event = { kind: 'user-aborts', task: 'compile' };

describe('a tree of stories', () => {
	test('what is chosen can be undone and done again, and is the same place', () => {
		const explored = new Exploration(setup);
		expect(explored.choose(ASK)).toBe(true);
		const asked = explored.here;
		expect(explored.undo()).toBe(true);
		expect(explored.here).toBe(explored.root);
		expect([explored.undo(), explored.redo(), explored.redo()]).toEqual([false, true, false]);
		expect(explored.here).toBe(asked);
	});

	test('another turn is another branch, and the first one is kept with all that came after it', () => {
		const explored = new Exploration(setup);
		for (const event of [ASK, HOUR, HOUR]) explored.choose(event);
		const first = explored.here;
		explored.jump(explored.root);
		explored.choose(ABORT);
		expect(explored.branch.map(({ event }) => event)).toEqual([null, ABORT]);
		expect(explored.root.next.map(({ event }) => event)).toEqual([ASK, ABORT]);
		explored.undo();
		explored.choose(ASK);
		expect(explored.branch.at(-1)).toBe(first);
		expect(explored.story.events).toEqual([ASK]);
	});

	test('every branch can be taken along and grafted on the same story again, with what may be redone', () => {
		const explored = new Exploration(setup);
		for (const event of [ASK, HOUR]) explored.choose(event);
		explored.jump(explored.root);
		for (const event of [ABORT, HOUR, ASK]) explored.choose(event);
		explored.undo();
		expect(explored.branches).toEqual([
			[ASK, HOUR],
			[ABORT, HOUR, ASK],
		]);
		const anew = Exploration.of(explored.story);
		anew.graft(explored.branches);
		expect(anew.story).toEqual(explored.story);
		expect(anew.branches).toEqual(explored.branches);
		expect(anew.redo()).toBe(true);
		expect(anew.here.event).toEqual(ASK);
	});

	test('what another design does not allow is skipped, and given back', () => {
		const anew = new Exploration(setup);
		expect(anew.play([ASK, { kind: 'server-returns' }, HOUR])).toEqual([
			{ kind: 'server-returns' },
		]);
		expect(anew.here.depth).toBe(2);
	});

	test('what is not possible does not happen, nor does anything beyond the longest story', () => {
		const explored = new Exploration(setup);
		expect(explored.choose({ kind: 'server-returns' })).toBe(false);
		for (let events = 0; events < STORY_LENGTH; events++) explored.choose(HOUR);
		expect(explored.isFull).toBe(true);
		expect(explored.choose(HOUR)).toBe(false);
		expect(explored.here.depth).toBe(STORY_LENGTH);
	});
});

describe('promises', () => {
	const lightOf = (explored: Exploration, id: string) =>
		explored.lightsAt(explored.here).find((one) => one.id === id)?.light;
	const started = (design: Parameters<typeof underDesign>[1] = 'flag'): Exploration => {
		const explored = new Exploration(underDesign(setup, design));
		explored.choose(ASK);
		for (let events = 0; events < 4; events++) explored.choose(delivered(explored));
		return explored;
	};
	const delivered = (explored: Exploration): Event =>
		explored.setup === undefined
			? HOUR
			: (foresee(explored, explored.here).find(({ event }) => event.kind === 'message-delivered')
					?.event ?? HOUR);

	test('what a flagged command that fails is owed is paid when all has come to rest', () => {
		const explored = started();
		explored.choose({ kind: 'command-ends', host: 'h1', outcome: 'failed' });
		explored.choose(delivered(explored));
		expect(lightOf(explored, 'L1')).toBe('owed');
		expect(explored.comeToRest()).toBeGreaterThan(5);
		expect(lightOf(explored, 'L1')).toBe('tested');
		expect(explored.comeToRest()).toBe(0);
	});

	test('what is owed when nothing is left to happen is broken, also in a story that is opened anew', () => {
		const explored = new Exploration(setup);
		for (const event of [ASK, { kind: 'agent-dies', host: 'h1' } as const]) explored.choose(event);
		explored.comeToRest();
		const anew = Exploration.of(explored.story);
		for (const one of [explored, anew]) expect(lightOf(one, 'L5')).toBe(lightOf(explored, 'L5'));
		const panicked = started('rest');
		panicked.choose({ kind: 'command-ends', host: 'h1', outcome: 'panicked' });
		panicked.comeToRest();
		expect(lightOf(Exploration.of(panicked.story), 'L1')).toBe('broken');
	});

	test('what would break a promise is foreseen with its sentence, and happens so', () => {
		const explored = started('rest');
		const forged = foresee(explored, explored.here).filter(({ breaks }) =>
			breaks.some(({ id }) => id === 'S8'),
		);
		expect(forged.map(({ group }) => group)).toEqual(['faults']);
		const [first] = forged;
		if (first === undefined) throw new RangeError('nothing breaks S8');
		const before = explored.here;
		explored.choose(first.event);
		expect(explored.here.before).toBe(before);
		expect(brokenAt(explored.here)).toEqual(first.breaks);
		expect(lightOf(explored, 'S8')).toBe('broken');
	});

	test('under another design what is not possible there is left out, and the rest goes on in step', () => {
		const explored = started();
		const beside = new Beside(explored.setup, 'auto-retry');
		explored.choose({ kind: 'command-ends', host: 'h1', outcome: 'failed' });
		const there = beside.at(explored.here);
		expect(there.skipped).toBe(true);
		expect(there.point.seen.hosts[0]?.doing).toMatchObject({ kind: 'calling', route: 'mark' });
		explored.choose(HOUR);
		expect(beside.at(explored.here)).toMatchObject({
			skipped: false,
			point: { seen: { minute: 60 } },
		});
	});

	test('a machine tells where it is, how it came there, and every way on', () => {
		const explored = new Exploration(setup);
		explored.choose(ASK);
		explored.choose(delivered(explored));
		const task = instancesOf(explored.setup, explored).find(({ machine }) => machine === 'task');
		if (task === undefined) throw new RangeError('no task');
		const { state, ways, taken } = neighbourhood(explored.tables, task, explored.here);
		expect(state).toBe('inProgress.dispatched');
		expect(taken).toMatchObject([{ from: 'undispatched', signal: 'DISPATCH' }]);
		const names = explored.tables.task.transitions;
		const active = names.filter(({ source }) =>
			['task', 'task.inProgress', 'task.inProgress.dispatched'].includes(source),
		);
		expect(ways).toHaveLength(active.length);
	});
});
