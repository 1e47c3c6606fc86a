import { LOOPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const setupOfTypeSystemIsCapped: Deviation = {
	id: 'H29',
	also: ['D10a'],
	name: 'setup of type system is capped',
	symptom: 'A mark is granted to a later execution, and is silently dropped at its end.',
	where: 'DEVPROD-4220 (#7475), D10a',
	breaks: ['L1'],
	machines: LOOPS['a mark is granted to a later execution, whose restart never comes (H29)'],
	long: 'a second execution has to ask for a restart',
	rules: { keeps: ({ details, execution }) => details?.type !== 'system' || execution === 0 },
	toured: { by: 'limits', breaks: 'L1', far: true },
};
