import type { Deviation } from './deviation.ts';

export const secondMemberIsRefused: Deviation = {
	id: 'H28-iii',
	name: 'second member is refused',
	symptom: 'The second member of a display task that asks for the same restart is refused.',
	where: 'DEVPROD-998 (#7222)',
	breaks: ['L1'],
	elsewhere: ['S7'],
	rules: { joins: () => false },
	toured: { by: 'joining', breaks: 'L1', far: true },
	told: 'seldom',
};
