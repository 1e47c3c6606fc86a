import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNightly } from '../../../packaging/levels/levels.ts';
import type { Guarantee } from '../../guarantees/guarantee.ts';
import { guarantees } from '../../guarantees/index.ts';
import type { Overrides } from '../../machines/index.ts';
import { quotaMachine } from '../../machines/quota.ts';
import { taskMachine } from '../../machines/task.ts';
import { unitMachine } from '../../machines/unit.ts';
import type { Bounds } from '../../vocabulary/bounds.ts';
import { Credentials } from '../../vocabulary/credentials.ts';
import { descriptorOf, type EventKind, KINDS } from '../../vocabulary/events/event.ts';
import { candidates, isPossible } from '../../vocabulary/events/possible.ts';
import { Setup } from '../../vocabulary/setup.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { type Choice, Conformance } from './testing/conformance.ts';

/** One or two tasks with background commands, blocks that can fail, and few attempts and slots. */
const setupOf = (tasks: number, hosts: number, more: object = {}): Setup =>
	Setup.parse({
		project: {
			id: 'p',
			tasks: [
				{
					name: 'a',
					commands: [
						{ command: 'x', background: true, retry_on_failure: true },
						{ command: 'y', retry_on_failure: true },
						{ command: 'z', type: 'system' },
					],
				},
				{ name: 'b', commands: [{ command: 'y', retry_on_failure: true }] },
			],
			pre: [{ command: 'x', retry_on_failure: true }],
			post: [{ command: 'x' }],
			timeout: [{ command: 'x' }],
			pre_error_fails_task: true,
		},
		tasks: ['a', 'b']
			.slice(0, tasks)
			.map((task, place) => ({ id: `t${place + 1}`, task, variant: 'v' })),
		hosts: ['h1', 'h2'].slice(0, hosts),
		policy: { max_automatic_restarts: 2, daily_limit: 2, call_attempts: 2 },
		...more,
	});

const CREDENTIALS = Credentials.exclude(['service-key']).options;
const ROUTES = ['start', 'heartbeat', 'mark', 'end'] as const;

/** Most messages in flight. */
const ROOM = 12;

const generous = (setup: Setup, bounds: Partial<Bounds>): Configuration => ({
	name: 'generous',
	covers: 'Everything that can happen, up to seven times each.',
	setup,
	bounds: {
		losses: 7,
		repeats: 7,
		crashes: 7,
		deaths: 3,
		aborts: 3,
		restarts: 3,
		beats: 3,
		posts: 3,
		hours: 7,
		forgeries: 3,
		holds: 3,
		requests: 3,
		changes: 3,
		policies: [
			{ daily_limit: 1, max_automatic_restarts: 2 },
			{ max_automatic_restarts: 0 },
			{ execution_cap: 1, restart_system_failed: true },
			{},
		],
		messages: ROOM,
		posted: [
			{ status: 'success', should_continue: true },
			{ status: 'failed', type: 'setup', should_continue: false },
			{ status: 'banana', should_continue: false },
		],
		forged: CREDENTIALS.map((credentials, place) => ({
			route: ROUTES[place % ROUTES.length] ?? 'mark',
			credentials,
		})),

		abandons: true,
		...bounds,
	},
});

/** Hosts come and go; that nobody forges what a host says which has yet to come is for the rules to see. */
const MOVING: Partial<Bounds> = { departures: 3, losses: 3, repeats: 3 };

/** What may happen at any time without a budget, and so must be among the steps whenever it is possible. */
const FREE = KINDS.filter((kind) => {
	const { cost, by } = descriptorOf(kind);
	return cost === null && by !== 'network';
});

/** What the checker tells more coarsely: see properties/systems/minutes.test.ts. */
const COARSER: readonly EventKind[] = ['minutes-pass'];

/** What happens in some stories only, and sets work going again. */
const HELPING: readonly EventKind[] = ['agent-returns', 'server-returns', 'user-restarts'];

/** What disturbs; each walk meets some of it, so that others get on with their work. */
const DISTURBING = KINDS.filter(
	(kind) =>
		!COARSER.includes(kind) && 'sometimes' in descriptorOf(kind).weight && !HELPING.includes(kind),
).sort();

/** A number from 0 to 1; not `fc.double`, most of whose numbers are next to 0. */
const number = fc.noBias(fc.nat(9999)).map((drawn) => drawn / 10_000);
const walks = (disturbing: readonly EventKind[]) =>
	fc.record({
		disturbing: fc.noBias(fc.subarray([...disturbing])),
		picks: fc.array(fc.tuple(number, number, number), {
			minLength: 60,
			maxLength: 120,
			size: 'max',
		}),
	});

/** A step: mostly one that gets on with the work, one in eight that disturbs; its kind first. */
function pick(
	choices: readonly Choice[],
	disturbing: readonly EventKind[],
	[first, second, third]: readonly [number, number, number],
): Choice {
	const kindOf = ({ happened }: Choice): EventKind => happened.event.kind;
	const calm = choices.filter((choice) => !DISTURBING.includes(kindOf(choice)));
	const rough = choices.filter((choice) => disturbing.includes(kindOf(choice)));
	const those = calm.length === 0 || (first < 1 / 8 && rough.length > 0) ? rough : calm;
	const kinds = [...new Set((those.length === 0 ? choices : those).map(kindOf))];
	const kind = kinds[Math.floor(second * kinds.length)];
	const like = choices.filter((choice) => kindOf(choice) === kind);
	const found = like[Math.floor(third * like.length)];
	if (found === undefined) throw new RangeError('nothing can happen');
	return found;
}

/** The walks of this seed meet what is asked of them all; chance must not decide whether they do. */
const SEED = 7;
/** So many times as many walks of any seed come after them where there is time. */
const MORE = isNightly ? 7 : 0;
const MANY = 1 + MORE;

interface Walks {
	readonly overrides?: Overrides;
	readonly bounds?: Partial<Bounds>;
	readonly disturbing?: readonly EventKind[];
	readonly judges?: readonly Guarantee[];
}

/** What was met on the walks: kinds of events that could happen, promises put to the test, promises broken. */
interface Met {
	readonly kinds: Set<EventKind>;
	readonly exercised: Set<string>;
	readonly broken: Set<string>;
}

function walk(
	setup: Setup,
	numRuns: number,
	{ overrides = {}, bounds = {}, disturbing = DISTURBING, judges = guarantees }: Walks = {},
): Met {
	const met: Met = { kinds: new Set(), exercised: new Set(), broken: new Set() };
	const conformance = new Conformance(generous(setup, bounds), overrides, judges);
	const conforms = fc.property(walks(disturbing), ({ disturbing, picks }) => {
		conformance.startAgain();
		for (const drawn of picks) {
			const choices = conformance.choices();
			const offered = new Set(choices.map(({ happened }) => JSON.stringify(happened.event)));
			const possible = FREE.flatMap((kind) => candidates(setup, conformance.seen, kind, () => 0));
			for (const event of conformance.seen.messages.length < ROOM && bounds.outcomes === undefined
				? possible
				: [])
				if (!offered.has(JSON.stringify(event))) expect(offered).toContain(JSON.stringify(event));
			for (const { happened } of choices)
				if (!isPossible(setup, conformance.seen, happened.event)) expect(happened.event).toBe(null);
			const choice = pick(choices, disturbing, drawn);
			const { product, model, broken } = conformance.take(choice);
			// What is asked at each of thousands of steps is compared without what makes a failure readable.
			if (!isDeepStrictEqual(product, model)) expect(product).toStrictEqual(model);
			expect(broken).toBe(model.said.some((one) => one.broken !== null));
			for (const { happened } of choices) met.kinds.add(happened.event.kind);
			for (const { id, exercised, broken } of model.said) {
				if (exercised) met.exercised.add(id);
				if (broken !== null) met.broken.add(id);
			}
			if (broken) return;
		}
	});
	fc.assert(conforms, { numRuns, endOnFailure: true, seed: SEED });
	if (MORE > 0) fc.assert(conforms, { numRuns: numRuns * MORE, endOnFailure: true });
	return met;
}

describe('the product of the checker is the model, step by step, and so are its judges', () => {
	test.each([
		[1, 1],
		[1, 2],
		[2, 1],
		[2, 2],
	])(
		'with tasks: %i, hosts: %i',
		(tasks, hosts) => {
			const met = walk(setupOf(tasks, hosts), 10);
			expect([...met.broken]).toEqual([]);
			expect(met.exercised.size).toBeGreaterThan(11);
		},
		MANY * 60_000,
	);

	test(
		'with every kind of event there is: one that no rule explores would be proved absent, silently',
		() => {
			const { kinds } = walk(setupOf(1, 1), 10);
			const moving = walk(setupOf(1, 2, { late_hosts: ['h2'] }), 5, { bounds: MOVING });
			const met = new Set([...kinds, ...moving.kinds, ...COARSER]);
			expect([...met].sort()).toEqual([...KINDS].sort());
			expect([...moving.broken]).toEqual([]);
		},
		MANY * 60_000,
	);

	test(
		'in the merge queue',
		() => {
			const met = walk(setupOf(1, 1, { requester: 'github_merge_request' }), 10);
			expect([...met.broken]).toEqual([]);
			expect(met.exercised).toContain('S6');
		},
		MANY * 60_000,
	);
});

/** One task of one command, which may be restarted as often as the policy allows. */
const brief = (policy: object): Setup => ({
	...setupOf(1, 1),
	project: Setup.shape.project.parse({
		id: 'p',
		tasks: [{ name: 'a', commands: [{ command: 'x', retry_on_failure: true }] }],
	}),
	policy: Setup.parse({ ...setupOf(1, 1), policy }).policy,
});

/** Tasks of one flagged command each, with what is said of them and beside. */
const shaped = (tasks: readonly object[], hosts: number, more: object = {}): Setup =>
	Setup.parse({
		project: {
			id: 'p',
			tasks: ['a', 'b', 'c'].map((name) => ({
				name,
				commands: [{ command: 'x', retry_on_failure: true }],
			})),
			task_groups: [{ name: 'g', tasks: ['a', 'b', 'c'] }],
		},
		tasks: tasks.map((task, place) => ({
			id: `t${place + 1}`,
			task: ['a', 'b', 'c'][place],
			variant: 'v',
			...task,
		})),
		hosts: ['h1', 'h2'].slice(0, hosts),
		policy: { max_automatic_restarts: 2, daily_limit: 2, call_attempts: 2 },
		...more,
	});

const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
const repairing = { max_automatic_restarts: 1, call_attempts: 2, restart_system_failed: true };

describe('it is, where units have several members', () => {
	test.each<[string, Setup]>([
		['a display task', shaped([{}, {}], 2, { display_tasks })],
		[
			'a display task that is repaired, and a dependent of one of its members',
			shaped([{}, {}, { depends_on: ['t1'] }], 2, { display_tasks, policy: repairing }),
		],
		['a single-host group', shaped([{ group: 'g' }, { group: 'g' }, { group: 'g' }], 2)],
		[
			'dependents of dependents',
			shaped([{}, { depends_on: ['t1'] }, { depends_on: ['t2'] }], 1, { policy: repairing }),
		],
		[
			'dependents on a failure, and on any end of one of them',
			shaped(
				[
					{},
					{ depends_on: [{ name: 't1', status: 'failed' }] },
					{ depends_on: [{ name: 't2', status: '*' }] },
				],
				1,
				{ policy: repairing },
			),
		],
		[
			'a version of the merge queue',
			shaped([{}, {}, { activated: false }], 2, {
				display_tasks,
				requester: 'github_merge_request',
			}),
		],
	])(
		'in %s',
		(_, setup) => {
			const met = walk(setup, 10, { bounds: { outcomes: ['succeeded', 'failed'] } });
			expect([...met.broken]).toEqual([]);
			expect(met.exercised.size).toBeGreaterThan(6);
		},
		MANY * 60_000,
	);
});

test(
	'where days pass between marks, and slots of the quota are free again',
	() => {
		const setup = brief({ daily_limit: 1, max_automatic_restarts: 3 });
		const met = walk(setup, 6, {
			bounds: { outcomes: ['failed'], hours: 7, stretches: [1, 23] },
			disturbing: ['hours-pass'],
		});
		expect([...met.broken]).toEqual([]);
		expect(met.exercised).toContain('S7');
	},
	MANY * 60_000,
);

test(
	'where a host is cut off for minutes, before and after its agent lets go',
	() => {
		const met = walk(brief({ restart_system_failed: true }), 6, {
			bounds: { outcomes: ['failed'], hours: 7, cuts: [5, 60] },
			disturbing: ['host-unreachable'],
		});
		expect([...met.broken]).toEqual([]);
		expect(met.exercised).toContain('S5');
	},
	MANY * 60_000,
);

describe('it is, where a machine is broken', () => {
	const spendthrift = unitMachine.provide({ guards: { 'no budget': () => false } });
	const unlimited = quotaMachine.provide({ guards: { 'slot free': () => true } });

	const lenient = taskMachine.provide({ guards: { 'merge queue': () => false } });

	test.each<[string, string, Overrides, Setup]>([
		['S1', 'restarts beyond max', { unit: spendthrift }, brief({ max_automatic_restarts: 0 })],
		[
			'S7',
			'exceeds the quota',
			{ quota: unlimited },
			brief({ daily_limit: 1, max_automatic_restarts: 3 }),
		],
		[
			'S6',
			'marks in the merge queue',
			{ task: lenient },
			{ ...brief({}), requester: 'github_merge_request' },
		],
	])(
		'and %s falls: it %s',
		(id, _, overrides, setup) => {
			const met = walk(setup, 6, {
				overrides,
				bounds: { outcomes: ['failed'] },
				disturbing: ['message-repeated', 'request-forged'],
			});
			expect(met.broken).toContain(id);
		},
		MANY * 60_000,
	);
});
