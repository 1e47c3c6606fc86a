import { RULES } from '../../impl/server/rules.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const oldSecretsAreHonoured: Deviation = {
	id: 'H37',
	name: 'old secrets are honoured',
	symptom: 'The secret of an execution that ended long ago is still accepted.',
	where: 'DEVPROD-713 (#8205)',
	breaks: ['S10'],
	machines: STEPS['the secret of an execution that ended long ago is still good (H37)'],
	rules: {
		authenticate: (presented, known) => RULES.authenticate(presented, { ...known, now_ms: 0 }),
	},
	toured: { by: 'unanswered', breaks: null },
};
