import type { Matter } from '../../impl/server/rules.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Begun } from '../../model/vocabulary/events/held.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import type { Handled } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import type { Swarm } from '../arbitraries/swarm.ts';
import { BEGIN, exchange, SETUP } from '../testing/stories.ts';

const compile = (id: string, more = {}) => ({ id, task: 'compile', variant: 'ubuntu', ...more });
const HOSTS = Setup.parse({ ...SETUP, hosts: ['h1', 'h2'] });
const PAIR = Setup.parse({
	...HOSTS,
	tasks: [compile('t1'), compile('t2')],
	display_tasks: [{ id: 'd', execution_tasks: ['t1', 't2'] }],
});
const TWO = Setup.parse({ ...SETUP, tasks: [compile('t1'), compile('t2')] });
/** t2 waits for u, which is not flagged. */
const BLOCKED = Setup.parse({
	...SETUP,
	project: {
		...SETUP.project,
		tasks: [...SETUP.project.tasks, { name: 'fetch', commands: [{ command: 'fetch' }] }],
	},
	tasks: [
		{ id: 'u', task: 'fetch', variant: 'ubuntu' },
		compile('t1'),
		compile('t2', { depends_on: ['u'] }),
	],
	display_tasks: [{ id: 'd', execution_tasks: ['t1', 't2'] }],
});

const request = (route: Route, host = 'h1') =>
	({ kind: 'message-delivered', message: { leg: 'request', route, host } }) as const;
const reply = (route: Route, host: string): Event => ({
	kind: 'message-delivered',
	message: { leg: 'reply', route, host },
});
const hold = (begun: Begun): Event => ({ kind: 'held', begun });
const goesOn = (route: Handled): Event => ({ kind: 'goes-on', handler: { route } });
const ends = (outcome: 'failed' | 'succeeded', host = 'h1'): Event => ({
	kind: 'command-ends',
	host,
	outcome,
});
const asks = (host: string): Event => ({ kind: 'host-asks', host });
const begin = (host: string): Event[] => [
	asks(host),
	...(['next', 'start'] as const).flatMap((route) => [request(route, host), reply(route, host)]),
];
const HOUR: Event = { kind: 'hours-pass', hours: 1 };
const MONITOR: Begun = { kind: 'monitor-runs' };
const ABORT: Begun = { kind: 'user-aborts', task: 't1' };
const restart = (task: string): Begun => ({ kind: 'user-restarts', task, execution: 0 });
const SUCCEEDS = [...BEGIN, ends('succeeded'), ...exchange('end')];

/** By what is looked at before: a story in which that breaks something, and what happens beside it in random ones. */
export const OVERLAP_STORIES: Readonly<
	Record<Matter, { setup: Setup; events: readonly Event[]; beside?: Swarm }>
> = {
	admission: {
		setup: SETUP,
		events: [
			...BEGIN,
			ends('failed'),
			hold(request('mark')),
			HOUR,
			...exchange('end'),
			goesOn('mark'),
		],
	},
	list: {
		setup: PAIR,
		beside: {},
		events: [
			...begin('h1'),
			...begin('h2'),
			ends('failed'),
			ends('failed', 'h2'),
			hold(request('mark')),
			request('mark', 'h2'),
			goesOn('mark'),
		],
	},
	slots: {
		setup: Setup.parse({ ...HOSTS, tasks: PAIR.tasks, policy: { daily_limit: 1 } }),
		events: [
			...begin('h1'),
			...begin('h2'),
			ends('failed'),
			ends('failed', 'h2'),
			hold(request('mark')),
			request('mark', 'h2'),
			goesOn('mark'),
		],
	},
	end: {
		setup: SETUP,
		events: [
			...BEGIN,
			ends('failed'),
			...exchange('mark'),
			hold(request('end')),
			ABORT,
			goesOn('end'),
		],
	},
	heartbeat: {
		setup: SETUP,
		events: [
			...BEGIN,
			{ kind: 'heartbeat-sent', host: 'h1' },
			hold(request('heartbeat')),
			ends('failed'),
			request('mark'),
			goesOn('heartbeat'),
		],
	},
	settled: {
		setup: BLOCKED,
		beside: { 'user-restarts': 4 },
		events: [
			...BEGIN,
			ends('failed'),
			...exchange('end'),
			...BEGIN,
			ends('failed'),
			...exchange('mark'),
			hold(request('end')),
			goesOn('end'),
			restart('u'),
			goesOn('end'),
		],
	},
	restart: {
		setup: SETUP,
		events: [...SUCCEEDS, hold(restart('t1')), restart('t1'), goesOn('restart')],
	},
	activation: {
		setup: SETUP,
		events: [
			...SUCCEEDS,
			hold(restart('t1')),
			goesOn('restart'),
			{ kind: 'server-crashes' },
			{ kind: 'server-returns' },
		],
	},
	next: {
		setup: HOSTS,
		events: [asks('h1'), asks('h2'), hold(request('next')), request('next', 'h2'), goesOn('next')],
	},
	abort: { setup: SETUP, events: [hold(ABORT), ...BEGIN, goesOn('abort')] },
	silence: {
		setup: SETUP,
		events: [
			...BEGIN,
			{ kind: 'heartbeat-sent', host: 'h1' },
			{ kind: 'host-unreachable', host: 'h1' },
			hold(MONITOR),
			request('heartbeat'),
			goesOn('monitor'),
		],
	},
	version: {
		setup: TWO,
		beside: { 'user-restarts-version': 4, 'user-restarts': 4 },
		events: [
			...SUCCEEDS,
			...SUCCEEDS,
			hold({ kind: 'user-restarts-version' }),
			restart('t1'),
			...BEGIN,
			goesOn('restart-version'),
		],
	},
};
