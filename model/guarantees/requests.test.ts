import { expect, test } from 'vitest';
import type { Credentials } from '../vocabulary/credentials.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Details } from '../vocabulary/message.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import {
	decisionOn,
	firstMark,
	forwardedMark,
	indexOfTask,
	isGone,
	requestArriving,
	requestHandled,
} from './requests.ts';
import { A0, archivedA0, FAILED, restartedA, SUCCESS } from './testing/flaky.ts';
import {
	type Change,
	delivered,
	host,
	inFlight,
	reply,
	request,
	resting,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const started = task('a', { status: 'started', host: 'h' });
const at = (...changes: Change[]) =>
	[started, ...changes].reduce((state, change) => change(state), resting(setup));
const moment = (event: Event, before = at(), after = before) => ({ setup, before, event, after });
const MARK = delivered('request', 'mark');
const END = delivered('request', 'end');
const gone = host('h', { away: 'gone' });
const marks = inFlight(request('mark', A0));
const asks = (details: Details): Details & { retryable: true } => ({ ...details, retryable: true });

test('a task is found by its id', () => {
	expect(['a', 'b', 'x', null].map((id) => indexOfTask(at(), id))).toEqual([0, 1, -1, -1]);
});

test('a host is gone that was taken away, and no other', () => {
	expect(isGone(at(gone), 'h')).toBe(true);
	expect(isGone(at(gone), 'g')).toBe(false);
	expect(isGone(at(), 'h')).toBe(false);
	expect(isGone(at(host('h', { away: 'to-come' })), 'h')).toBe(false);
});

test('a request is handled when it arrives, in a crash too, but not of a host that is gone', () => {
	const sent = at(marks);
	expect(requestHandled(moment(MARK, sent))).toBe(sent.messages[0]);
	expect(requestHandled(moment(END, sent))).toBeNull();
	expect(requestHandled(moment({ kind: 'monitor-runs' }, sent))).toBeNull();
	expect(requestHandled(moment({ kind: 'server-crashes' }, sent))).toBeNull();
	const crash: Event = { kind: 'server-crashes', message: { leg: 'request', route: 'mark' } };
	expect(requestHandled(moment(crash, sent))).toBe(sent.messages[0]);
	const answered = at(inFlight(reply('mark', A0, 200, 'granted')));
	expect(requestArriving(moment(delivered('reply', 'mark'), answered))).toBeNull();
	const away = at(gone, marks);
	expect(requestHandled(moment(MARK, away))).toBeNull();
	expect(requestArriving(moment(MARK, away))).toBe(away.messages[0]);
});

test('a mark that shows a key of a service is taken of a host that is gone, and nothing else is', () => {
	const byRest = setupToJudge({ design: 'rest' });
	const handled = (change: Change, event: Event) =>
		requestHandled({ ...moment(event, at(gone, change)), setup: byRest });
	expect(handled(marks, MARK)?.route).toBe('mark');
	expect(handled(inFlight(request('end', A0, FAILED)), END)).toBeNull();
});

test('an end that failed carries a mark, of the live execution in progress, which had none', () => {
	const carried = (ref: typeof A0, details: Details, ...changes: Change[]) =>
		forwardedMark(moment(END, at(inFlight(request('end', ref, details)), ...changes)))?.id ?? null;
	expect(carried(A0, asks(FAILED))).toBe('a');
	expect(carried(A0, FAILED)).toBeNull();
	expect(carried(A0, asks(SUCCESS))).toBeNull();
	expect(carried({ ...A0, execution: 1 }, asks(FAILED))).toBeNull();
	expect(carried({ ...A0, task: 'x' }, asks(FAILED))).toBeNull();
	expect(carried(A0, asks(FAILED), task('a', { mark: 'refused_cap' }))).toBeNull();
	expect(carried(A0, asks(FAILED), task('a', { status: 'failed' }))).toBeNull();
});

test('the first mark of an execution is one that arrives while it is in progress and undecided', () => {
	const first = (ref: typeof A0, ...changes: Change[]) =>
		firstMark(moment(MARK, at(inFlight(request('mark', ref)), ...changes)))?.id ?? null;
	expect(first(A0)).toBe('a');
	expect(first({ ...A0, execution: 1 })).toBeNull();
	expect(first({ ...A0, task: 'x' })).toBeNull();
	expect(first(A0, task('a', { mark: 'granted' }))).toBeNull();
	expect(first(A0, task('a', { status: 'failed' }))).toBeNull();
	expect(first(A0, gone)).toBeNull();
	expect(firstMark(moment(END, at(inFlight(request('end', A0, FAILED)))))).toBeNull();
});

test('a forged mark is one where what it shows is taken', () => {
	const first = (credentials: Credentials, route: 'mark' | 'end', ...changes: Change[]) =>
		firstMark(
			moment({ kind: 'request-forged', route, task: 'a', host: 'h', credentials }, at(...changes)),
		)?.id ?? null;
	expect(first('right', 'mark')).toBe('a');
	expect(first('service-key', 'mark')).toBe('a');
	expect(first('none', 'mark')).toBeNull();
	expect(first('right', 'end')).toBeNull();
	expect(first('right', 'mark', gone)).toBeNull();
	expect(first('service-key', 'mark', gone)).toBe('a');
	expect(first('right', 'mark', task('a', { mark: 'granted' }))).toBeNull();
	expect(first('right', 'mark', task('a', { status: 'success' }))).toBeNull();
});

test('what was decided on a mark shows in the task, or in the archive when it came with the end', () => {
	const decided = (before: ReturnType<typeof at>, after: ReturnType<typeof at>) => {
		const [was] = before.tasks;
		const [is] = after.tasks;
		if (was === undefined || is === undefined) throw new Error('there is no task');
		return decisionOn(moment(END, before, after), was, is);
	};
	const again = (mark: TaskObservation['mark']) =>
		at(task('a', { ...restartedA, history: [{ ...archivedA0, mark }] }));
	expect(decided(at(), at(task('a', { mark: 'refused_cap' })))).toBe('refused_cap');
	expect(decided(at(task('a', { mark: 'granted' })), again('none'))).toBe('granted');
	expect(decided(at(), again('granted'))).toBe('none');
	const carries = at(inFlight(request('end', A0, asks(FAILED))));
	expect(decided(carries, again('granted'))).toBe('granted');
	expect(decided(carries, at(task('a', { ...restartedA, history: [] })))).toBe('none');
	const ofAnother = at(
		inFlight(request('end', { ...A0, task: 'b' }, asks(FAILED))),
		task('b', { status: 'started' }),
	);
	expect(decided(ofAnother, again('granted'))).toBe('none');
});
