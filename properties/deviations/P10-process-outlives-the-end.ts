import type { Deviation } from './deviation.ts';

export const processOutlivesTheEnd: Deviation = {
	id: 'P10',
	also: ['F16'],
	name: 'process outlives the end',
	symptom:
		'What a task has left in the background lives on after its end, and disturbs the next try.',
	where: 'TencentBlueKing/bk-ci#11873',
	breaks: ['S5'],
	agentRules: { cleansUp: (_, lost) => lost },
	toured: { by: 'background', breaks: 'S5' },
};
