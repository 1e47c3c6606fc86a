import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const lateEndEndsTheSecondTry: Deviation = {
	id: 'P9',
	name: 'late end ends the second try',
	symptom: 'A late end of the first try ends the second.',
	where: 'TencentBlueKing/bk-ci#11268, #10066',
	breaks: ['S9', 'S10'],
	rules: {
		authenticate: (presented, known) => {
			const judged = RULES.authenticate(presented, known);
			return judged.kind === 'archived' ? { kind: 'live' } : judged;
		},
	},
	toured: { by: 'limits-late', breaks: 'S9', far: true },
};
