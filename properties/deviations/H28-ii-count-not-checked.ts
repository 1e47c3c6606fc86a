import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const countNotChecked = {
	id: 'H28-ii',
	name: 'count not checked',
	symptom: 'A task restarts automatically however often it did so before.',
	where: 'DEVPROD-998 (#7222)',
	breaks: ['S1'],
	machines: STEPS['a task is restarted again and again (H28 ii)'],
	rules: { isBudgetSpent: () => false },
	toured: { by: 'unanswered', breaks: 'S1', far: true },
} satisfies Deviation;
