import fc from 'fast-check';
import { describe, test } from 'vitest';
import { Table } from '../checker/engine/machines/tabulate.ts';
import { walkBoth } from '../checker/engine/testing/walk-both.ts';
import { agentMachine } from '../machines/agent.ts';
import { blockMachine } from '../machines/block.ts';
import {
	type AgentSignal,
	asEffect,
	type BlockSignal,
	type TaskRun,
	type TaskSignal,
} from '../machines/signals.ts';
import { taskMachine } from '../machines/task.ts';
import { OF_NO_TASK } from './network.ts';

const details = fc.record({
	status: fc.constantFrom('success' as const, 'failed' as const),
	type: fc.constantFrom('test' as const, null),
	description: fc.constant('' as const),
	timed_out: fc.constant(null),
});
const execution = fc.constantFrom(0, 0, 0, 1, 2);
const taskSignal: fc.Arbitrary<TaskSignal> = fc.oneof(
	fc.constantFrom<TaskSignal>(
		{ type: 'DISPATCH', host: 0 },
		{ type: 'DECIDE' },
		{ type: 'GRANTED' },
		{ type: 'REFUSED', mark: 'refused_quota' },
		{ type: 'RENEW', startedBy: { by: 'user' } },
		{ type: 'RESTART_FOR_USER', failedOnly: false },
		{ type: 'USER_ABORTS' },
		{ type: 'ABORT' },
		{ type: 'USER_RESTARTS', execution: 0, failedOnly: true },
		{ type: 'MONITOR' },
		{ type: 'MINUTES', minutes: 60 },
		{ type: 'FORGED', guess: 'other-host' },
	),
	fc.record({
		type: fc.constantFrom('START' as const, 'BEAT' as const, 'MARK' as const),
		execution,
	}),
	fc.record({ type: fc.constant('END' as const), execution, details }),
	fc.record({ type: fc.constant('FINISH' as const), details, unheard: fc.boolean() }),
);
const failure = { flagged: true, type: 'test' as const };
const ofGroup: TaskRun = {
	group: { instance: 0, canFail: true },
	setUp: { block: 'setup_task', canFail: false },
	cleanUp: { block: 'teardown_task', canFail: true },
};
const agentSignal = fc.constantFrom<AgentSignal>(
	{ type: 'ASK' },
	{ type: 'REPLY', outcome: 'task', task: 0, execution: 0, restarts: 0, run: null },
	{ type: 'REPLY', outcome: 'task', task: 1, execution: 0, restarts: 0, run: ofGroup },
	{ type: 'REPLY', outcome: 'task', task: 1, execution: 0, restarts: 1, run: ofGroup },
	{ type: 'REPLY', outcome: 'nothing', ...OF_NO_TASK, run: null },
	{ type: 'REPLY', outcome: 'ok', ...OF_NO_TASK, run: null },
	{ type: 'GAVE_UP' },
	{ type: 'BLOCK_DONE' },
	{ type: 'BLOCK_FAILED', failure, limit: null },
	{ type: 'BLOCK_FAILED', failure: { ...failure, flagged: false }, limit: 'exec' },
	{ type: 'BLOCK_STOPPED' },
	{ type: 'BEAT' },
	{ type: 'HEARD', abort: true },
	{ type: 'LOST' },
	{ type: 'MINUTES', minutes: 60 },
	{ type: 'CUT_OFF', minutes: 60 },
	{ type: 'DIES' },
	{ type: 'RETURNS' },
);
const blockSignal = fc.constantFrom<BlockSignal>(
	{ type: 'RUN', block: 'pre', canFail: false },
	{ type: 'RUN', block: 'main', canFail: true },
	{ type: 'COMMAND', flagged: true, failureType: 'test', background: false },
	{ type: 'COMMAND', flagged: true, failureType: 'setup', background: true },
	{ type: 'NO_MORE' },
	{ type: 'SUCCEEDED' },
	{ type: 'FAILED', scriptLives: true },
	{ type: 'TIMED_OUT', limit: 'block' },
	{ type: 'BACKGROUND_FAILED', block: 'main', index: 0 },
	{ type: 'STATUS_POSTED', posted: { status: 'success', should_continue: false } },
	{ type: 'CANCEL' },
);

describe('the table of a machine of the model answers as XState does', () => {
	const walks = <Signal>(signal: fc.Arbitrary<Signal>): fc.Arbitrary<Signal[]> =>
		fc.array(signal, { minLength: 5, maxLength: 30, size: 'max' });

	test('for a task', () => {
		const table = new Table(taskMachine, asEffect);
		const input = { task: 0, unit: 0, mergeQueue: false, repaired: true };
		fc.assert(
			fc.property(walks(taskSignal), (signals) =>
				walkBoth(taskMachine, table, asEffect, input, signals),
			),
			{ numRuns: 40 },
		);
	});

	test('for an agent', () => {
		const table = new Table(agentMachine, asEffect);
		const input = { marks: true };
		fc.assert(
			fc.property(walks(agentSignal), (signals) =>
				walkBoth(agentMachine, table, asEffect, input, signals),
			),
			{ numRuns: 40 },
		);
	});

	test('for a block', () => {
		const table = new Table(blockMachine, asEffect);
		fc.assert(
			fc.property(walks(blockSignal), (signals) =>
				walkBoth(blockMachine, table, asEffect, undefined, signals),
			),
			{ numRuns: 40 },
		);
	});
});
