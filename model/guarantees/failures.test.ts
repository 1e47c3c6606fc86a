import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import { A0, running } from './testing/flaky.ts';
import { host, resting, setupOf } from './testing/seen.ts';

const setup = setupOf({
	project: {
		id: 'p',
		pre: [{ command: 'prepare' }],
		tasks: [
			{
				name: 'test',
				commands: [{ command: 'server', background: true }, { command: 'one' }, { command: 'two' }],
			},
		],
	},
});
const server = { block: 'main', step: 0, member: null } as const;
const inMain = (step: number): Observation =>
	host('h', { execution: A0, doing: running('main', step), background: [server] })(resting(setup));
const moment = (event: Event, before: Observation, after: Observation) => ({
	setup,
	event,
	before,
	after,
});
const ends = (outcome: 'succeeded' | 'failed'): Event => ({
	kind: 'command-ends',
	host: 'h',
	outcome,
});
const fails: Event = { kind: 'background-fails', host: 'h', position: server };

it('notices a background failure when the foreground command succeeds', () => {
	const unnoticed = unnoticedAfter(null, moment(fails, inMain(1), inMain(1)));
	expect(unnoticed).toEqual([server, null]);
	const end = moment(ends('succeeded'), inMain(1), resting(setup));
	expect(failureAt(unnoticed, end)?.name).toBe('server');
	expect(failureAt(null, end)).toBeNull();
});

it('forgets it when the foreground command itself fails, or the agent does anything else', () => {
	const unnoticed: Unnoticed = [server, null];
	const end = moment(ends('failed'), inMain(1), inMain(2));
	expect(failureAt(unnoticed, end)?.name).toBe('one');
	expect(unnoticedAfter(unnoticed, end)).toBeNull();
	const other = moment({ kind: 'agent-dies', host: 'h' }, inMain(1), resting(setup));
	expect(unnoticedAfter(unnoticed, other)).toBeNull();
});

it('keeps it, and the first one only, while the foreground command runs', () => {
	const unnoticed: Unnoticed = [server, null];
	expect(unnoticedAfter(unnoticed, moment(fails, inMain(1), inMain(1)))).toBe(unnoticed);
	const beats = moment({ kind: 'heartbeat-sent', host: 'h' }, inMain(1), inMain(1));
	expect(unnoticedAfter(unnoticed, beats)).toBe(unnoticed);
	expect(unnoticedAfter(null, beats)).toBeNull();
});

it('does not remember a failure in a block that cannot fail the task', () => {
	const position = { ...server, block: 'pre' } as const;
	expect(unnoticedAfter(null, moment({ ...fails, position }, inMain(1), inMain(1)))).toBeNull();
});
