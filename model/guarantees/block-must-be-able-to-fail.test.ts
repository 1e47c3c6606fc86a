import { expect, it } from 'vitest';
import { blockMustBeAbleToFail } from './block-must-be-able-to-fail.ts';
import { A0, calling, running, until } from './testing/flaky.ts';
import {
	delivered,
	host,
	inFlight,
	reply,
	request,
	type Scene,
	seen,
	setupOf,
	tell,
} from './testing/seen.ts';

const setup = setupOf({
	project: {
		id: 'p',
		pre: [{ command: 'fetch', retry_on_failure: true }],
		tasks: [{ name: 'test', commands: [{ command: 'test', retry_on_failure: true }] }],
	},
});
const inPre: Scene = [
	delivered('reply', 'start'),
	host('h', { doing: running('pre') }),
	inFlight(),
];
const marks = [host('h', { doing: calling('mark') }), inFlight(request('mark', A0))];

it('holds when a failure in a block that cannot fail the task goes on', () => {
	const goesOn: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'timed-out-block' },
		host('h', { doing: running('main') }),
	];
	const told = tell(blockMustBeAbleToFail, setup, [...until('started'), inPre, goesOn]);
	expect(told).toMatchObject({ broken: null, mattered: 1 });
});

it('is violated when a time-out of a block that cannot fail the task is marked', () => {
	const wrong: Scene = [{ kind: 'command-ends', host: 'h', outcome: 'timed-out-block' }, ...marks];
	const told = tell(blockMustBeAbleToFail, setup, [...until('started'), inPre, wrong]);
	expect(told.broken).toContain('The agent on host "h" asked to restart execution 0 of "a"');
});

it('lets an exec time-out in pre be marked, since it fails the task', () => {
	const right: Scene = [{ kind: 'command-ends', host: 'h', outcome: 'timed-out-exec' }, ...marks];
	const told = tell(blockMustBeAbleToFail, setup, [...until('started'), inPre, right]);
	expect(told.broken).toBeNull();
});

it('is violated when a command that an abort cancels is marked', () => {
	const beats: Scene = [
		{ kind: 'heartbeat-sent', host: 'h' },
		inFlight({ ...reply('heartbeat', A0, 200, 'abort') }),
	];
	const cancelled: Scene = [delivered('reply', 'heartbeat'), ...marks];
	expect(tell(blockMustBeAbleToFail, setup, [...until('runs'), beats, cancelled]).broken).toContain(
		'asked to restart',
	);
	const quiet: Scene = [
		delivered('reply', 'heartbeat'),
		host('h', { doing: calling('end') }),
		inFlight(),
	];
	const told = tell(blockMustBeAbleToFail, setup, [...until('runs'), beats, quiet]);
	expect(told).toMatchObject({ broken: null, mattered: 1 });
});

it('is violated when a background command of such a block fails and is marked', () => {
	const position = { block: 'pre', step: 0, member: null } as const;
	const fails: Scene = [{ kind: 'background-fails', host: 'h', position }, ...marks];
	expect(tell(blockMustBeAbleToFail, setup, [...until('runs'), fails]).broken).toContain(
		'asked to restart',
	);
	const forgets: Scene = [{ kind: 'background-fails', host: 'h', position }];
	expect(tell(blockMustBeAbleToFail, setup, [...until('runs'), forgets]).mattered).toBe(1);
});

it('is violated when a request for a restart appears out of nothing', () => {
	const appears: Scene = [{ kind: 'monitor-runs' }, seen({ messages: [request('mark', A0)] })];
	expect(tell(blockMustBeAbleToFail, setup, [...until('runs'), appears]).broken).toBe(
		'A request to restart a task was sent, but no command had just failed it.',
	);
});
