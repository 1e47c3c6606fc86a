import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const markOfAnAbortedTaskIsA500: Deviation = {
	id: 'H51',
	name: 'mark of an aborted task is a 500',
	symptom:
		'A mark of a task that was aborted is answered as if the server had failed, and is sent again for a minute.',
	where: 'DEVPROD-37774 (#10570)',
	breaks: ['S3', 'S14'],
	rules: {
		statusOf: (outcome) => (outcome === 'ignored_aborted' ? 500 : RULES.statusOf(outcome)),
	},
	toured: { by: 'users', breaks: 'S3' },
};
