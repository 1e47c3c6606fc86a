import { expect, it } from 'vitest';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import { A0, granted, until } from './testing/flaky.ts';
import {
	answer,
	delivered,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const late = (route: 'mark' | 'end'): Scene => [
	{ kind: 'message-repeated', message: { leg: 'request', route } },
	inFlight(request(route, A0)),
];

it('holds when a late request changes nothing', () => {
	const refused: Scene = [delivered('request', 'mark'), answer(400, 'refused_not_running')];
	const judged = judgeScenes(executionsAreIsolated, setup, [
		...until('idle'),
		late('mark'),
		refused,
	]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
});

it('is violated when a late request reaches the next execution', () => {
	const grants: Scene = [delivered('request', 'mark'), task('a', granted)];
	expect(
		judgeScenes(executionsAreIsolated, setup, [...until('idle'), late('mark'), grants]).broken,
	).toBe(
		'The mark sent on behalf of execution 0 of "a" came late and should change nothing, but it changed execution 1 of "a".',
	);
	const takes: Scene = [delivered('request', 'mark'), seen({ quota_used: 5 })];
	expect(
		judgeScenes(executionsAreIsolated, setup, [...until('idle'), late('mark'), takes]).broken,
	).toContain('quota');
});

it('is violated when a request changes another task', () => {
	const strays: Scene = [delivered('request', 'mark'), task('b', { aborted: true })];
	expect(judgeScenes(executionsAreIsolated, setup, [...until('fails'), strays]).broken).toContain(
		'it changed execution 0 of "b"',
	);
});

it('is violated when a secret of another execution changes a task', () => {
	const event: Scene[0] = {
		kind: 'request-forged',
		route: 'end',
		task: 'a',
		host: 'h',
		credentials: 'previous-execution',
	};
	const quiet: Scene = [event, answer(200, 'already_ended')];
	expect(judgeScenes(executionsAreIsolated, setup, [...until('idle'), quiet])).toMatchObject({
		broken: null,
		exercised: 1,
	});
	const loud: Scene = [event, task('a', { status: 'failed' })];
	expect(judgeScenes(executionsAreIsolated, setup, [...until('idle'), loud]).broken).toContain(
		'should affect no execution',
	);
});

it('is violated when a host is given what another one has', () => {
	const given: Scene = [delivered('request', 'next'), task('a', { host: 'other' })];
	const asks: Scene = [{ kind: 'host-asks', host: 'h' }, inFlight(request('next', null))];
	expect(
		judgeScenes(executionsAreIsolated, setup, [...until('started'), asks, given]).broken,
	).toContain('was given it too');
});
