import { z } from 'zod';
import { Credentials } from '../credentials.ts';
import { Route } from '../message.ts';
import type { Observation, TaskObservation } from '../observation.ts';
import { Name } from '../project.ts';
import { entranceOf, type Setup } from '../setup.ts';
import { strictKeys } from '../strict-keys.ts';
import { choose, descriptor, hostKey, SERVER, taskKey } from './descriptor.ts';

/** What somebody does who should not. */

const route = Route.exclude(['next']);

const schema = z.strictObject({
	kind: z.literal('request-forged'),
	route,
	task: Name,
	host: Name,
	credentials: Credentials,
});
type Forgery = z.infer<typeof schema>;

/** Whether there is such a forgery: what it shows must be there, and be wrong. */
function canForge(
	{ route, host, credentials }: Forgery,
	task: TaskObservation,
	setup: Setup,
): boolean {
	const { proof, forwards } = entranceOf(setup);
	// Where an end carries it, there is no such request.
	if (forwards && route === 'mark') return false;
	switch (credentials) {
		case 'none':
		case 'wrong-task-secret':
		case 'wrong-host-secret':
			return true;
		case 'other-task':
			return setup.tasks.length > 1;
		case 'other-host':
			return host !== task.host;
		case 'previous-execution':
			return task.history.at(-1)?.host === host;
		case 'right':
			return (
				route === 'mark' &&
				proof !== 'service-key' &&
				setup.requester === 'github_merge_request' &&
				host === task.host
			);
		case 'service-key':
			return route === 'mark' && proof === 'service-key';
	}
}

/** Whether the server has ever heard of the host. */
const isKnown = (host: string, { hosts }: Observation): boolean =>
	!hosts.some(({ id, away }) => id === host && away === 'to-come');

export const requestForged = descriptor({
	schema,
	by: 'stranger',
	isFault: true,
	when: 'the app server is up, and there is such a secret that is not the right one',
	possible: (event, seen, setup) => {
		const task = seen.tasks.find(({ id }) => id === event.task);
		return (
			seen.server === 'up' &&
			task !== undefined &&
			setup.hosts.includes(event.host) &&
			isKnown(event.host, seen) &&
			canForge(event, task, setup)
		);
	},
	propose: ({ tasks }, { hosts }, pick) => {
		const chosen = choose(['mark', 'end', 'start', 'heartbeat'] as const, pick);
		return tasks.flatMap(({ id: task }) =>
			hosts.flatMap((host) =>
				Credentials.options.map((credentials) => ({
					kind: 'request-forged' as const,
					route: chosen,
					task,
					host,
					credentials,
				})),
			),
		);
	},
	weight: { sometimes: 1 },
	cost: 'forgeries',
	explored: ({ tasks }, { hosts }, { forged = [] }) =>
		tasks.flatMap(({ id: task }) =>
			forged.flatMap((one) =>
				hosts.map((host) => ({ kind: 'request-forged', task, host, ...one }) as const),
			),
		),
	say: ({ route, task, host, credentials }) =>
		`somebody forges a ${route} of ${task} as ${host} (${credentials})`,
	draw: ({ route, task }) => ({
		from: { kind: 'stranger' },
		to: SERVER,
		label: `${route} of ${task}`,
		fate: 'arrives',
	}),
	line: {
		schema: strictKeys({
			route,
			task: Name.optional(),
			host: Name.optional(),
			credentials: Credentials,
		}),
		alone: false,
		read: (written: object, only) => ({ host: only.host, task: only.task, ...written }),
		write: (event, only) => {
			const { route, credentials } = event;
			return { route, ...taskKey(event, only), ...hostKey(event, only), credentials };
		},
	},
	example: {
		kind: 'request-forged',
		route: 'mark',
		task: 'compile',
		host: 'h1',
		credentials: 'previous-execution',
	},
});
