import { expect, it } from 'vitest';
import type { Position } from '../vocabulary/command.ts';
import type { Outcome } from '../vocabulary/message.ts';
import { marksNeverBlock } from './marks-never-block.ts';
import { A0, calling, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	judgeScenes,
	reply,
	request,
	type Scene,
	seen,
	setupToJudge,
} from './testing/seen.ts';

const setup = setupToJudge();
const answered = (status: number, outcome: Outcome): Scene => [
	delivered('request', 'mark'),
	inFlight(reply('mark', A0, status, outcome)),
	answer(status, outcome),
];
const hour = (doing: ReturnType<typeof calling> | ReturnType<typeof running>): Scene => [
	{ kind: 'hours-pass', hours: 1 },
	host('h', { doing }),
	(before) => ({ ...before, minute: before.minute + 60 }),
];

it('holds when a mark is answered and the agent goes on', () => {
	expect(judgeScenes(marksNeverBlock, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 3,
	});
	const refused = [...until('fails'), answered(429, 'refused_quota')];
	expect(judgeScenes(marksNeverBlock, setup, refused)).toMatchObject({
		broken: null,
		exercised: 2,
	});
});

it.each<[number, Outcome, string]>([
	[500, 'refused_quota', '200, or 4xx if it is refused'],
	[400, 'granted', '200, or 4xx if it is refused'],
	[200, 'ok', 'an outcome that a program can read'],
])('is violated by the answer %i %s', (status, outcome, sentence) => {
	expect(
		judgeScenes(marksNeverBlock, setup, [...until('fails'), answered(status, outcome)]).broken,
	).toContain(sentence);
});

it('is violated when an agent waits for an answer for an hour', () => {
	expect(
		judgeScenes(marksNeverBlock, setup, [...until('fails'), hour(calling('mark'))]).broken,
	).toBe(
		'The agent on host "h" still waits for the answer to its mark of execution 0 of "a" after 60 minutes, of 1.',
	);
	expect(
		judgeScenes(marksNeverBlock, setup, [...until('fails'), hour(running('post'))]),
	).toMatchObject({
		broken: null,
		exercised: 2,
	});
});

it('is violated when an agent sends a mark again that was answered', () => {
	const refused = [...until('fails'), answered(429, 'refused_quota')];
	const insists: Scene = [
		delivered('reply', 'mark'),
		host('h', { doing: calling('mark', 2) }),
		inFlight(request('mark', A0)),
	];
	expect(judgeScenes(marksNeverBlock, setup, [...refused, insists]).broken).toContain(
		'was answered 429 refused_quota',
	);
	const again: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: calling('mark') }),
		inFlight(request('mark', A0)),
	];
	expect(judgeScenes(marksNeverBlock, setup, [...until('cleansUp'), again]).broken).toContain(
		'though it was answered before',
	);
});

it('forgets an answer when the agent takes the next execution', () => {
	const next: Scene = [
		{ kind: 'host-asks', host: 'h' },
		host('h', { execution: { task: 'b', execution: 0 }, doing: running('main') }),
	];
	const fails: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: calling('mark') }),
	];
	expect(judgeScenes(marksNeverBlock, setup, [...until('idle'), next, fails]).broken).toBeNull();
});

const broken = (...scenes: Scene[]) => judgeScenes(marksNeverBlock, setup, scenes).broken;
const ATTEMPTS = setup.policy.call_attempts;
const B0 = { task: 'b', execution: 0 };
const GONE_ON = host('h', { doing: running('post') });

/** The agent asks for a mark while the block of this command waits. */
const waits = (step: number, sent = 1) => {
	const position: Position = { block: 'main', step, member: null };
	return host('h', { doing: { kind: 'calling', route: 'mark', sent, for: position } });
};
const asksFor = (step: number): Scene => [
	{ kind: 'command-ends', host: 'h', outcome: 'failed' },
	waits(step),
	inFlight(request('mark', A0)),
];
const hourLater = seen({ minute: 60 });
const HOUR = { kind: 'hours-pass', hours: 1 } as const;

it('lets an agent wait anew that asks for another command than before', () => {
	const before = [...until('runs'), asksFor(0)];
	expect(broken(...before, [HOUR, hourLater, waits(1)])).toBeNull();
	expect(broken(...before, [HOUR, hourLater, waits(0)])).toContain('after 60 minutes, of 1');
	expect(broken(...before, [HOUR, hourLater, waits(1, 2)])).toContain('still waits');
	expect(broken(...before, [HOUR, hourLater, host('h', { doing: calling('mark') })])).toContain(
		'still waits',
	);
	expect(broken(...until('runs'), [HOUR, hourLater, waits(0)])).toBeNull();
	const gaveUp = { kind: 'call-abandoned', host: 'h' } as const;
	expect(broken(...before, [gaveUp, waits(1)])).toBeNull();
	expect(broken(...before, [gaveUp, waits(0, 2)])).toContain('but it had given up');
});

it('counts the minutes that an agent waited, whenever that was', () => {
	const begun = until('fails').map((scene): Scene => [...scene, seen({ minute: 90 })]);
	expect(broken(...begun, [HOUR, seen({ minute: 150 })])).toContain('after 60 minutes, of 1');
});

it('asks for an answer to a mark that arrives, but not in a crash', () => {
	expect(broken(...until('fails'), [delivered('request', 'mark')])).toContain(
		'but the answer was nothing',
	);
	const crash: Scene = [
		{ kind: 'server-crashes', message: { leg: 'request', route: 'mark' } },
		seen({ server: 'down' }),
	];
	expect(broken(...until('fails'), crash)).toBeNull();
	expect(broken(...until('fails'), answered(200, 'refused_budget'))).toContain('or 4xx');
	expect(broken(...until('fails'), answered(400, 'refused_budget'))).toBeNull();
	expect(broken(...until('fails'), answered(499, 'refused_budget'))).toBeNull();
});

it('is violated when an agent gives up for what happens to another one', () => {
	const sent = host('h', { doing: calling('mark', ATTEMPTS) });
	const retries = (id: string): Scene => [{ kind: 'call-retried', host: id }, GONE_ON];
	const usedUp: Scene = [{ kind: 'call-retried', host: 'h' }, sent];
	expect(broken(...until('fails'), usedUp, retries('h'))).toBeNull();
	expect(broken(...until('fails'), usedUp, retries('g'))).toContain('gave up its mark');
	expect(broken(...until('fails'), retries('h'))).toContain('gave up its mark');
	const abandons = (id: string): Scene => [{ kind: 'call-abandoned', host: id }, GONE_ON];
	expect(broken(...until('fails'), abandons('g'))).toContain('gave up its mark');
	const otherGivesUp: Scene = [
		{ kind: 'call-abandoned', host: 'g' },
		host('h', { background: [{ block: 'main', step: 0, member: null }] }),
	];
	expect(broken(...until('fails'), otherGivesUp)).toBeNull();
});

it('lets an agent go on that is told with a heartbeat that its execution is over, or aborted', () => {
	const beat = (status: number, outcome: Outcome, to = 'h'): Scene => [
		{ kind: 'heartbeat-sent', host: 'h' },
		inFlight({ ...reply('heartbeat', A0, status, outcome), host: to }),
	];
	const HEARS = delivered('reply', 'heartbeat');
	const idle = host('h', { execution: null, doing: { kind: 'idle' } });
	expect(broken(...until('fails'), beat(400, 'refused_not_running'), [HEARS, idle])).toBeNull();
	expect(broken(...until('runs'), beat(400, 'refused_not_running'), [HEARS])).toContain(
		'but holds on to it and will send more',
	);
	const abort = beat(200, 'abort');
	expect(broken(...until('runs'), asksFor(0), abort, [HEARS, GONE_ON])).toBeNull();
	expect(broken(...until('fails'), abort, [HEARS, GONE_ON])).toContain('gave up its mark');
	expect(
		broken(...until('fails'), beat(400, 'refused_not_running', 'g'), [HEARS, GONE_ON]),
	).toContain('gave up its mark');
	expect(broken(...until('idle'), beat(409, 'refused_not_running'), [HEARS])).toBeNull();
});

it('is violated when an agent calls on that was refused at its start', () => {
	const answeredStart = (status: number, outcome: Outcome): Scene[] => [
		...until('accepted'),
		[{ kind: 'heartbeat-sent', host: 'h' }, inFlight(reply('start', A0, status, outcome))],
		[delivered('reply', 'start'), host('h', { doing: calling('start', 2) })],
	];
	expect(broken(...answeredStart(400, 'refused_credentials'))).toContain(
		'was answered 400 refused_credentials to its start',
	);
	expect(broken(...answeredStart(200, 'ok'))).toBeNull();
});

it('lets time pass between a mark and going on, and is violated where none does', () => {
	const left = inFlight({ ...request('mark', A0), awaited: false });
	const fails: Scene = [{ kind: 'command-ends', host: 'h', outcome: 'failed' }, GONE_ON, left];
	expect(broken(...until('runs'), fails)).toContain('gave it up at once, before 1 minute');
	expect(broken(...until('runs'), [...fails, hourLater])).toBeNull();
	const ofAnother: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		GONE_ON,
		inFlight({ ...request('mark', B0), host: 'g', awaited: false }),
	];
	expect(broken(...until('runs'), ofAnother)).toBeNull();
});

it('remembers for each agent whether it was answered', () => {
	const onG: Scene = [
		{ kind: 'host-asks', host: 'g' },
		host('g', { execution: B0, doing: calling('mark') }),
		inFlight({ ...reply('mark', B0, 200, 'granted'), host: 'g' }),
	];
	const toldG: Scene = [delivered('reply', 'mark'), host('g', { doing: running('post') })];
	const again = (id: 'h' | 'g'): Scene => [
		{ kind: 'command-ends', host: id, outcome: 'failed' },
		host(id, { doing: calling('mark') }),
	];
	expect(broken(...until('cleansUp'), onG, toldG, again('h'))).toContain('though it was answered');
	expect(broken(...until('cleansUp'), onG, toldG, again('g'))).toContain('though it was answered');
	expect(broken(...until('runs'), onG, toldG, again('h'))).toBeNull();
	const layDown: Scene = [
		{ kind: 'agent-dies', host: 'g' },
		host('g', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	expect(broken(...until('cleansUp'), onG, toldG, layDown, again('h'))).toContain(
		'though it was answered',
	);
});

it('tells apart what it is put to the test by', () => {
	const at = (...scenes: Scene[]) => halvesAt(marksNeverBlock, setup, scenes);
	expect(at(...until('runs'))).toEqual([]);
	expect(at(...until('fails'))).toEqual(['sent']);
	expect(at(...until('granted'))).toEqual(['answered']);
	expect(at(...until('cleansUp'))).toEqual(['waited']);
	const refused = (route: 'start' | 'heartbeat', status: number): Scene[] => [
		...until(route === 'start' ? 'accepted' : 'runs'),
		[
			{ kind: 'heartbeat-sent', host: 'h' },
			inFlight(reply(route, A0, status, 'refused_not_running')),
		],
		[delivered('reply', route), host('h', { execution: null, doing: { kind: 'idle' } })],
	];
	expect(at(...refused('start', 400))).toEqual(['refused']);
	expect(at(...refused('heartbeat', 409))).toEqual(['refused']);
	expect(at(...refused('heartbeat', 200))).toEqual([]);
	const dies: Scene = [
		{ kind: 'agent-dies', host: 'h' },
		host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	expect(at(...until('fails'), dies)).toEqual([]);
});
