import { expect, it } from 'vitest';
import type { Outcome } from '../vocabulary/message.ts';
import { marksNeverBlock } from './marks-never-block.ts';
import { A0, calling, running, until } from './testing/flaky.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	judgeScenes,
	reply,
	request,
	type Scene,
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
