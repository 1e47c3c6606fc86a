import { subjectOf, type Word } from './word.ts';

export const lost: Word = {
	word: 'lost',
	means: 'The agent of a host dies; an hour passes without a heartbeat, and the monitor finds out.',
	when: 'the agent is alive',
	shownAfter: ['begins'],
	of: 'host',
	subjects: ({ hosts }) => hosts.filter(({ agent }) => agent === 'alive').map(subjectOf),
	events: ({ host }) => [
		{ kind: 'agent-dies', host },
		{ kind: 'hours-pass', hours: 1 },
		{ kind: 'monitor-runs' },
	],
};
