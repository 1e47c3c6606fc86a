import type { Deviation } from './deviation.ts';

export const abortedTaskEndsAsItsAgentSays: Deviation = {
	id: 'H22-ii',
	name: 'aborted task ends as its agent says',
	symptom: 'A task that a user aborted is shown with the status that its agent sent, success too.',
	where: 'EVG-16860 (#6005)',
	breaks: ['S15'],
	rules: {
		end: (task, details, now_ms) => ({
			...task,
			status: details.status,
			details,
			ended_at_ms: now_ms,
		}),
	},
	toured: { by: 'merge-version', breaks: 'S15' },
	told: 'seldom',
};
