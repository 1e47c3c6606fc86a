import { hasEnded } from '../../impl/store/task-state.ts';
import type { Deviation } from './deviation.ts';

export const groupWaitsForWhoWillNotRun: Deviation = {
	id: 'H31',
	name: 'group waits for who will not run',
	symptom: 'A unit waits for a member that nobody has activated, and never restarts.',
	where: 'DEVPROD-4592 (#7582)',
	breaks: ['L1'],
	elsewhere: ['C5'],
	rules: { isSettled: (members) => members.every(({ task }) => hasEnded(task)) },
	toured: { by: 'group-crash', breaks: 'L1' },
	told: 'seldom',
};
