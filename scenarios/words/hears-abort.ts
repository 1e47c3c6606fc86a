import { EXCHANGES, subjectOf, type Word } from './word.ts';

export const hearsAbort: Word = {
	word: 'hears-abort',
	means:
		'The agent learns by a heartbeat that its task was aborted, and does what follows, up to its next command or until it is idle.',
	when: 'a user aborted the task, and its agent runs a command or waits for the answer to a mark',
	shownAfter: ['begins', 'user-aborts'],
	of: 'host',
	subjects: ({ hosts, tasks }) =>
		hosts
			.filter(
				({ doing, execution }) =>
					(doing.kind === 'running' || (doing.kind === 'calling' && doing.route === 'mark')) &&
					tasks.some(({ id, aborted }) => aborted && id === execution?.task),
			)
			.map(subjectOf),
	events: ({ host }) => [
		{ kind: 'heartbeat-sent', host },
		{ kind: 'exchange', route: 'heartbeat' },
		EXCHANGES,
	],
};
