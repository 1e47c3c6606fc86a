import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const onlyTheMarkedMemberRestarts: Deviation = {
	id: 'H07',
	name: 'only the marked member restarts',
	symptom: 'Of a group or display task only the members that asked are restarted.',
	where: 'EVG-5313 (#3705)',
	breaks: ['C4'],
	rules: {
		restarting: (members, failedOnly) => {
			const marked = members.filter(({ restart_pending }) => restart_pending);
			return marked.length > 0 ? marked : RULES.restarting(members, failedOnly);
		},
	},
	toured: { by: 'behind', breaks: 'C4', far: true },
};
