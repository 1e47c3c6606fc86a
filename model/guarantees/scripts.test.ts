import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { HostObservation } from '../vocabulary/observation.ts';
import { scriptAsks } from './scripts.ts';
import { A0, calling, running } from './testing/flaky.ts';
import { host, resting, setupToJudge } from './testing/seen.ts';

const setup = setupToJudge();
const ends = (outcome: 'failed' | 'succeeded' | 'timed-out-exec'): Event => ({
	kind: 'command-ends',
	host: 'h',
	outcome,
});
const POSTED = { status: 'failed', should_continue: true, retryable: true } as const;

/** The name of the command that asks, where the agent on "h" was in this state, and then in that. */
function asked(
	event: Event,
	was: Partial<HostObservation> = {},
	is: Partial<HostObservation> = { posted: POSTED },
	place = 0,
) {
	const before = host('h', { execution: A0, doing: running('main'), ...was })(resting(setup));
	const after = host('h', is)(before);
	return scriptAsks({ setup, before, event, after }, place)?.name ?? null;
}

test('a script asks that posted so and whose flagged command failed by itself', () => {
	expect(asked(ends('failed'))).toBe('integration');
});

test('none asks where the command did not fail by itself, or posted no such thing', () => {
	expect(asked(ends('succeeded'))).toBeNull();
	expect(asked(ends('timed-out-exec'))).toBeNull();
	expect(asked({ kind: 'monitor-runs' })).toBeNull();
	expect(asked(ends('failed'), {}, { posted: null })).toBeNull();
	expect(
		asked(ends('failed'), {}, { posted: { status: 'failed', should_continue: true } }),
	).toBeNull();
});

test('none asks where no flagged command ran, or nothing of an execution', () => {
	expect(asked(ends('failed'), { doing: running('post') })).toBeNull();
	expect(asked(ends('failed'), { doing: running('main', 7) })).toBeNull();
	expect(asked(ends('failed'), { doing: calling('mark') })).toBeNull();
	expect(asked(ends('failed'), { execution: null })).toBeNull();
	expect(asked(ends('failed'), { execution: { task: 'x', execution: 0 } })).toBeNull();
	expect(asked(ends('failed'), {}, { posted: POSTED }, 1)).toBeNull();
	expect(asked(ends('failed'), {}, { posted: POSTED }, 5)).toBeNull();
});
