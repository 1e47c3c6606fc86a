import { EXCHANGES, hostIn, subjectOf, type Word } from './word.ts';

export const begins: Word = {
	word: 'begins',
	means:
		'A host that is free asks for work, is given the task, starts it and runs its first command.',
	when: 'the task can be dispatched, and the host is idle or on its way to it',
	shownAfter: [],
	of: 'task',
	subjects: ({ hosts, tasks }) =>
		hosts.flatMap((host) => {
			const { doing, agent, id } = host;
			if (agent === 'dead' || doing.kind === 'running') return [];
			if (doing.kind === 'calling' && doing.route === 'start') return [subjectOf(host)];
			if (doing.kind === 'calling' && doing.route !== 'next') return [];
			return tasks
				.filter(
					({ status, held, host: on }) =>
						(status === 'undispatched' && held === null) || (status === 'dispatched' && on === id),
				)
				.map((task) => ({ host: id, task: task.id }));
		}),
	events: ({ host }, seen) =>
		hostIn(seen, host)?.doing.kind === 'idle'
			? [{ kind: 'host-asks', host }, EXCHANGES]
			: [EXCHANGES],
	otherwise({ host, task }, after) {
		const on = hostIn(after, host);
		if (on?.execution?.task === task) return null;
		if (on?.execution !== null && on?.execution !== undefined)
			return `${host} was given ${on.execution.task}, not ${task}`;
		return on?.doing.kind === 'running'
			? `${host} leaves a group before it can run ${task}`
			: `${host} was given nothing`;
	},
};
