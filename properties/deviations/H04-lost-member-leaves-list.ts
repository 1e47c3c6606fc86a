import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const lostMemberLeavesList: Deviation = {
	id: 'H04',
	also: ['H12', 'P20'],
	name: 'lost member leaves list',
	symptom: 'When the host of a marked task is lost, its restart is forgotten.',
	where: 'EVG-6031 (#2189)',
	breaks: ['S13', 'L1'],
	rules: {
		end: (task, details, now) => {
			const ended = RULES.end(task, details, now);
			return details.description === 'heartbeat' ? { ...ended, restart_pending: false } : ended;
		},
	},
	toured: { by: 'behind', breaks: 'S13', far: true },
};
