import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import { MirroredStore } from '../store/mirror.ts';
import { openPglite } from '../store/sql/pglite.ts';
import type { SqlStore } from '../store/sql/sql-store.ts';
import { emptied } from '../testing/emptied.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { delivered } from '../testing/simulation-fixture.ts';
import { Simulation } from './simulation.ts';

let store: SqlStore;

beforeAll(async () => {
	store = await openPglite();
}, 60_000);
afterAll(() => store.close());

const STORY: readonly Event[] = [
	{ kind: 'host-asks', host: 'h1' },
	delivered('request', 'next'),
	delivered('reply', 'next'),
	{ kind: 'server-crashes', message: { leg: 'request', route: 'start' }, commit: 'after' },
	{ kind: 'server-returns' },
	{ kind: 'call-retried', host: 'h1' },
	delivered('request', 'start'),
	delivered('reply', 'start'),
	{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
	{ kind: 'heartbeat-sent', host: 'h1' },
	delivered('request', 'heartbeat'),
	{ kind: 'server-crashes', message: { leg: 'request', route: 'mark' }, commit: 'before' },
	{ kind: 'server-returns' },
	{ kind: 'call-retried', host: 'h1' },
	{ kind: 'message-repeated', message: { leg: 'request', route: 'mark' } },
	delivered('request', 'mark'),
	delivered('reply', 'mark'),
	{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
	{ kind: 'server-returns' },
	{ kind: 'monitor-runs' },
	{ kind: 'call-retried', host: 'h1' },
	delivered('request', 'end'),
	delivered('reply', 'end'),
	{
		kind: 'request-forged',
		route: 'mark',
		task: 't1',
		host: 'h1',
		credentials: 'previous-execution',
	},
	{ kind: 'host-asks', host: 'h2' },
	delivered('request', 'next'),
	delivered('reply', 'next'),
	{ kind: 'hours-pass', hours: 2 },
	{ kind: 'user-aborts', task: 't1' },
	{ kind: 'agent-dies', host: 'h2' },
	{ kind: 'hours-pass', hours: 30 },
	{ kind: 'monitor-runs' },
	{ kind: 'user-restarts', task: 't1', execution: 1 },
];

/** t1 and t2 are a display task, and t3 waits for t1. */
const UNITS = setupOf(
	{},
	{ restart_system_failed: true },
	{
		tasks: [
			{ id: 't1', task: 'compile', variant: 'ubuntu' },
			{ id: 't2', task: 'compile', variant: 'ubuntu' },
			{ id: 't3', task: 'compile', variant: 'ubuntu', depends_on: ['t1'] },
			{ id: 't4', task: 'compile', variant: 'ubuntu', activated: false },
		],
		display_tasks: [{ id: 'd', execution_tasks: ['t1', 't2'] }],
		hosts: ['h1', 'h2', 'h3'],
	},
);
const begun = (host: string): Event[] => [
	{ kind: 'host-asks', host },
	delivered('request', 'next'),
	delivered('reply', 'next'),
	...(host === 'h3' ? [] : [delivered('request', 'start'), delivered('reply', 'start')]),
];

const STORY_OF_UNITS: readonly Event[] = [
	...begun('h1'),
	...begun('h2'),
	{ kind: 'command-ends', host: 'h1', outcome: 'succeeded' },
	delivered('request', 'end'),
	delivered('reply', 'end'),
	{ kind: 'command-ends', host: 'h2', outcome: 'failed' },
	delivered('request', 'mark'),
	delivered('reply', 'mark'),
	// Nothing for it: what it would be given waits for the restart.
	...begun('h3'),
	{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
	{ kind: 'server-returns' },
	{ kind: 'user-restarts', task: 'd', execution: 0, failed_only: true },
	{ kind: 'call-retried', host: 'h2' },
	delivered('request', 'end'),
	delivered('reply', 'end'),
	...begun('h1'),
	...begun('h2'),
	{ kind: 'agent-dies', host: 'h1' },
	{ kind: 'user-aborts', task: 'd' },
	{ kind: 'hours-pass', hours: 1 },
	{ kind: 'monitor-runs' },
];

test.each([
	['plain tasks', setupOf({}, { call_attempts: 5 }, TWO), STORY, 2],
	['units', UNITS, STORY_OF_UNITS, 0],
])(
	'a simulation over SQL shows what one over memory shows, event by event: %s',
	async (_, setup, story, executions) => {
		const memory = await Simulation.start(setup);
		const sql = await Simulation.start(setup, {
			store: async () => new MirroredStore(await emptied(store)),
		});
		expect(sql.seen).toEqual(memory.seen);
		for (const event of story) {
			if (!isPossible(setup, memory.seen, event))
				throw new Error(`not possible: ${JSON.stringify(event)}`);
			expect(await sql.apply(event)).toEqual(await memory.apply(event));
		}
		expect(memory.seen.tasks[0]?.history).toHaveLength(executions);
	},
);
