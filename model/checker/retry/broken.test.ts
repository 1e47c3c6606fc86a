import { describe, expect, test } from 'vitest';
import { assign } from 'xstate';
import { guarantees } from '../../guarantees/index.ts';
import { judging } from '../../guarantees/judge.ts';
import { agentMachine } from '../../machines/agent.ts';
import { appServerMachine, givenTo } from '../../machines/app-server.ts';
import { blockMachine } from '../../machines/block.ts';
import { callMachine } from '../../machines/call.ts';
import type { Overrides } from '../../machines/index.ts';
import { quotaMachine } from '../../machines/quota.ts';
import { taskMachine } from '../../machines/task.ts';
import { STALE_MINUTES } from '../../machines/task-record.ts';
import { unitMachine } from '../../machines/unit.ts';
import { isPending, isSettled, noted, type UnitContext } from '../../machines/unit-record.ts';
import { Model } from '../../system/model.ts';
import { createTables } from '../../system/tables.ts';
import type { Event } from '../../vocabulary/events/event.ts';
import { isPossible } from '../../vocabulary/events/possible.ts';
import type { Observation } from '../../vocabulary/observation.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { configurations } from '../configurations/index.ts';
import { sizedTo } from '../configurations/sized.ts';
import { check } from './check.ts';
import type { Checked, Counterexample } from './judged.ts';
import { STUCK } from './retry-product.ts';

const LIMITS = { memory: 2 ** 30, states: 400_000 };

const no = () => false;
const yes = () => true;
const due = (unit: UnitContext) => isPending(unit) && isSettled(unit);

/** Some of them need a whole space and its liveness, on a busy machine. */
const LONG = 120_000;

/** A machine with one mistake, called after what users would see of it. */
interface Broken {
	readonly overrides: Overrides;
	readonly configuration: string;
	/** The guarantees broken, each with the number of events of its story. */
	readonly breaks: Readonly<Record<string, number>>;
}

/** Mistakes that show at one step. */
const steps: Record<string, Broken> = {
	'an aborted task is restarted all the same (H28 i)': {
		overrides: {
			task: taskMachine.provide({
				guards: {
					granted: ({ context, event }) => event.type !== 'ABORT' && context.mark === 'granted',
				},
			}),
		},
		configuration: 'users',
		breaks: { S3: 8, S7: 8, S21: 8 },
	},
	'a display task is aborted, and restarted for a member that had ended': {
		overrides: {
			unit: unitMachine.provide({
				actions: {
					note: assign((given) => (given.event.type === 'CALL_OFF' ? given.context : noted(given))),
				},
				guards: {
					'no other on the list': (given) =>
						given.event.type !== 'CALL_OFF' && noted(given).list.length === 0,
				},
			}),
		},
		configuration: 'display-abort',
		breaks: { S3: 10, S7: 10, S21: 10 },
	},
	'a task is restarted again and again (H28 ii)': {
		overrides: { unit: unitMachine.provide({ guards: { 'no budget': no } }) },
		configuration: 'faults',
		breaks: { S1: 17 },
	},
	'an execution beyond the cap is restarted': {
		overrides: { unit: unitMachine.provide({ guards: { 'at cap': no } }) },
		configuration: 'limits',
		breaks: { S1: 22 },
	},
	'a mark is granted at the cap, and no restart follows (D10b)': {
		overrides: {
			unit: unitMachine.provide({
				guards: {
					'at cap': no,
					due: ({ context }) => due(context) && context.restarts < context.cap,
				},
			}),
		},
		configuration: 'limits',
		breaks: { S1: 22 },
	},
	'a task of the merge queue is restarted if somebody asks for it (D22)': {
		overrides: { task: taskMachine.provide({ guards: { 'merge queue': no } }) },
		configuration: 'merge-queue',
		breaks: { S6: 3 },
	},
	'a task that succeeded is taken for one that failed, and restarted (D5)': {
		overrides: {
			task: taskMachine.provide({ guards: { success: no } }),
		},
		configuration: 'background',
		breaks: { S18: 9 },
	},
	'a project has one restart a day too many': {
		overrides: {
			quota: quotaMachine.provide({
				guards: {
					'slot free': ({ context: { policy, slots } }) =>
						policy.daily_limit === 0 || slots.length <= policy.daily_limit,
				},
			}),
		},
		configuration: 'quota',
		breaks: { S7: 27 },
	},
	'a project has as many restarts a day as it likes (H39)': {
		overrides: { quota: quotaMachine.provide({ guards: { 'slot free': yes } }) },
		configuration: 'limits',
		breaks: { S7: 17 },
	},
	'a late request of an agent changes the execution after its own': {
		overrides: {
			task: taskMachine.provide({ guards: { live: ({ event }) => 'execution' in event } }),
		},
		configuration: 'late',
		breaks: { S9: 9, S10: 9 },
	},
	'a restarted task begins with the mark of the run before (H02)': {
		overrides: {
			task: taskMachine.provide({
				actions: {
					'begin anew': assign(({ context }, { startedBy }) => ({
						execution: context.execution + 1,
						startedBy,
						host: null,
						aborted: false,
						details: null,
					})),
				},
			}),
		},
		configuration: 'faults',
		breaks: { S7: 9, S12: 9 },
	},
	'a task is restarted for a timeout in a block that cannot fail it (D6)': {
		overrides: {
			block: blockMachine.provide({
				guards: { 'fails the task': ({ event }) => event.type === 'TIMED_OUT' },
			}),
		},
		configuration: 'blocks',
		breaks: { S4: 6 },
	},
	'an agent asks to restart a task of the merge queue (H45)': {
		overrides: {
			agent: agentMachine.provide({
				guards: {
					'to be marked': ({ context, event }) =>
						event.type === 'BLOCK_FAILED' && event.failure.flagged && !context.answered,
				},
			}),
		},
		configuration: 'merge-queue',
		breaks: { S6: 6 },
	},
	'a flagged command that runs into its time limit is not tried again (H42)': {
		overrides: {
			agent: agentMachine.provide({
				guards: {
					'to be marked': ({ context, event }) =>
						event.type === 'BLOCK_FAILED' &&
						event.limit === null &&
						event.failure.flagged &&
						context.marks &&
						!context.answered,
				},
			}),
		},
		configuration: 'blocks',
		breaks: { L1: 6 },
	},
	'an abort costs a task a restart that it never had (D2)': {
		overrides: {
			unit: unitMachine.provide({ actions: { 'return budget': assign({}) } }),
		},
		configuration: 'users',
		breaks: { S13: 8 },
	},
	'the secret of an execution that ended long ago is still good (H37)': {
		overrides: { task: taskMachine.provide({ actions: { 'age secrets': assign({}) } }) },
		configuration: 'users',
		breaks: { S10: 12 },
	},
	'a host that is set up for a group goes on with it when it has restarted': {
		overrides: {
			agent: agentMachine.provide({ guards: { 'must leave its group': no } }),
		},
		configuration: 'group-set-up',
		breaks: { S23: 16 },
	},
	'an agent sends a call more often than it may': {
		overrides: { call: callMachine.provide({ guards: { 'attempts left': yes } }) },
		configuration: 'faults',
		breaks: { S14: 9, L4: 9 },
	},
	'a task whose agent died runs for ever': {
		overrides: { task: taskMachine.provide({ guards: { silent: no } }) },
		configuration: 'faults',
		breaks: { L2: 4 },
	},
	'a restarted task whose agent died runs for ever': {
		overrides: {
			task: taskMachine.provide({
				guards: {
					silent: ({ context }) => context.unheard >= STALE_MINUTES && context.execution === 0,
				},
			}),
		},
		configuration: 'faults',
		breaks: { L2: 13 },
	},
};

/** Mistakes that show at no step: something is owed, and for ever. */
const loops: Record<string, Broken> = {
	'a restart is lost if the app server crashes right behind the end (D4)': {
		overrides: {
			unit: unitMachine.provide({
				guards: { due: ({ context, event }) => event.type !== 'MONITOR' && due(context) },
			}),
		},
		configuration: 'crashes',
		breaks: { L1: 12, deadlock: 12 },
	},
	'what is lost stays lost, though the policy promises to repair it': {
		overrides: {
			unit: unitMachine.provide({
				guards: { due: ({ context }) => due(context) && context.list.length > 0 },
			}),
		},
		configuration: 'stale',
		breaks: { L6: 10, deadlock: 10 },
	},
	'a task that others held back is never dispatched': {
		overrides: {
			'app-server': appServerMachine.provide({
				guards: {
					'a task waits': ({ context, event }) =>
						event.type === 'NEXT' && givenTo(context, event.host) === 0,
				},
			}),
		},
		configuration: 'dependents',
		breaks: { L5: 9 },
	},
	'post runs its command again and again': {
		overrides: {
			block: blockMachine.provide({
				actions: {
					next: assign({
						index: ({ context }) => (context.block === 'post' ? context.index : context.index + 1),
					}),
				},
			}),
		},
		configuration: 'users',
		breaks: { deadlock: 9 },
	},
};

function quick(name: string): Configuration {
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new RangeError(`no configuration is called "${name}"`);
	return sizedTo(sized, 'quick');
}

const checked = ({ configuration, overrides }: Broken): Promise<Checked> =>
	check(quick(configuration), { limits: LIMITS, machines: createTables(overrides) });

interface Shown {
	readonly id: string;
	readonly sentence: string | null;
	readonly shown: Counterexample;
}

/** Counterexamples, with what they break. */
const counterexamples = ({ judged }: Checked): Shown[] =>
	judged.flatMap(({ id, sentence, counterexample }) =>
		counterexample === null ? [] : [{ id, sentence, shown: counterexample }],
	);

const lengths = (result: Checked): Record<string, number> =>
	Object.fromEntries(
		counterexamples(result).map(({ id, shown }) => [id, shown.story.events.length]),
	);

/** A story on the model: what is broken at its last event, and at any; what cannot happen is skipped. */
function replay(setup: Setup, events: readonly Event[], overrides: Overrides) {
	const model = new Model(setup, createTables(overrides));
	const judge = judging(setup, model.seen, guarantees);
	let skipped = 0;
	let last: string[] = [];
	const ever = new Set<string>();
	for (const event of events) {
		const before = model.seen;
		if (!isPossible(setup, before, event)) {
			skipped++;
			continue;
		}
		const after = model.apply(event);
		last = judge.step({ setup, before, event, after }).map(({ id }) => id);
		for (const id of last) ever.add(id);
	}
	return { model, skipped, last, ever: [...ever] };
}

describe('a broken machine is caught at a step, by a shortest story', () => {
	test.each(Object.entries(steps))(
		'%s',
		async (_, broken) => {
			const result = await checked(broken);
			expect({ verdict: result.verdict, ...lengths(result) }).toEqual({
				verdict: 'violated',
				...broken.breaks,
			});
			for (const { id, shown } of counterexamples(result)) {
				const { story, loop } = shown;
				expect(loop).toBe(null);
				const { skipped, last, ever } = replay(story.setup, story.events, broken.overrides);
				expect({ id, skipped, said: last.includes(id) }).toEqual({ id, skipped: 0, said: true });
				expect(ever).toEqual(last);
				expect(replay(story.setup, story.events, {}).ever).toEqual([]);
			}
		},
		LONG,
	);
});

/** Of which kind a guarantee is; that nothing is left for ever is one of liveness too. */
const kindOf = (id: string): string | undefined =>
	id === STUCK ? 'liveness' : guarantees.find((one) => one.id === id)?.kind;

/** What matters of an observation to whether a loop is one: not how late it is. */
const timeless = ({ minute, answer, ...seen }: Observation) => ({
	...seen,
	tasks: seen.tasks.map(({ status, execution, restart_pending }) => ({
		status,
		execution,
		restart_pending,
	})),
});

describe('a broken machine is caught by nothing but what is owed for ever, by a stem and a loop', () => {
	test.each(Object.entries(loops))(
		'%s',
		async (_, broken) => {
			const result = await checked(broken);
			expect({ verdict: result.verdict, ...lengths(result) }).toEqual({
				verdict: 'violated',
				...broken.breaks,
			});
			expect(result.ending).toBe('complete');
			for (const { id, sentence, shown } of counterexamples(result)) {
				expect({ id, kind: kindOf(id) }).toEqual({ id, kind: 'liveness' });
				const { story, loop } = shown;
				const { setup, events } = story;
				const { model, skipped, ever } = replay(setup, events, broken.overrides);
				expect({ id, skipped, ever }).toEqual({ id, skipped: 0, ever: [] });
				if (id === STUCK)
					expect(sentence?.includes('in flight')).toBe(model.seen.messages.length > 0);
				const owed = guarantees.find((one) => one.id === id)?.owed;
				const begin = guarantees.find((one) => one.id === id)?.begin(setup, model.seen);
				const before = timeless(model.seen);
				expect(loop).not.toEqual([]);
				for (const event of loop ?? []) {
					expect(isPossible(setup, model.seen, event)).toBe(true);
					const seen = model.apply(event);
					if (owed !== undefined) expect(owed(begin, setup, seen)).toEqual(expect.any(String));
				}
				expect(timeless(model.seen)).toEqual(before);
			}
		},
		LONG,
	);
});

test('there are at least twelve such machines', () => {
	expect(Object.keys(steps).length + Object.keys(loops).length).toBeGreaterThanOrEqual(12);
});

const used = new Set(
	[...Object.values(steps), ...Object.values(loops)].map((one) => one.configuration),
);

describe('with the right machines everything holds', () => {
	test.each([...used])(
		'in the configuration "%s"',
		async (name) => {
			const result = await check(quick(name), { limits: LIMITS });
			expect({ verdict: result.verdict, ...lengths(result) }).toEqual({ verdict: 'holds' });
		},
		LONG,
	);
});
