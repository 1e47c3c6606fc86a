import { RULES } from '../../impl/server/rules.ts';
import { hasEnded, isInProgress } from '../../impl/store/task-state.ts';
import type { Details } from '../../model/vocabulary/message.ts';
import type { Deviation } from './deviation.ts';

/** What is put down of an execution that has not ended. */
const UNKNOWN: Details = { status: 'failed', type: null, description: '', timed_out: null };
const NOW_MS = 0;

export const runningTaskIsRestarted: Deviation = {
	id: 'H21',
	also: ['H14'],
	name: 'running task is restarted',
	symptom:
		"A user's restart begins the next execution under the agent that still runs the one before.",
	where: 'EVG-17126 (#5888)',
	breaks: ['S5', 'S12', 'S17', 'S18'],
	rules: {
		isRestartable: () => true,
		isSettled: () => true,
		restarting: (members) => members.filter((task) => hasEnded(task) || isInProgress(task)),
		kept: (task) => RULES.kept(hasEnded(task) ? task : RULES.end(task, UNKNOWN, NOW_MS)),
	},
	toured: { by: 'unanswered', breaks: 'S12' },
};
