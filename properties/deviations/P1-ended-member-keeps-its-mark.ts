import type { Deviation } from './deviation.ts';

export const endedMemberKeepsItsMark: Deviation = {
	id: 'P1',
	name: 'ended member keeps its mark',
	symptom: 'Aborting a whole display task does not stop the retry of a member that has ended.',
	where: 'argoproj/argo-workflows#1620, concourse/concourse#1995',
	breaks: ['S3', 'S7', 'S21'],
	rules: { calledOff: () => [] },
	toured: { by: 'display-abort', breaks: 'S3', far: true },
};
