import { z } from 'zod';
import type { DisplayTaskObservation, Observation, TaskObservation } from '../observation.ts';
import { Name } from '../project.ts';
import { MAX_EXECUTION } from '../setup.ts';
import { strictKeys } from '../strict-keys.ts';
import { descriptor, longForm, type Only, type Picture, SERVER, taskKey } from './descriptor.ts';

/** What users do. They name a task, or a display task. */

const task = Name;

type Named = TaskObservation | DisplayTaskObservation;

export const all = ({ tasks, display_tasks }: Observation): readonly Named[] => [
	...tasks,
	...display_tasks,
];

export const named = (seen: Observation, id: string): Named | undefined =>
	all(seen).find((one) => one.id === id);

export const asks = (label: string): Picture => ({
	from: { kind: 'user' },
	to: SERVER,
	label,
	fate: 'arrives',
});

/** How what names an execution of a task is written: the only task, and the execution that is shown last, need no mention. */
export const NAMING_EXECUTIONS = {
	alone: true,
	read: (written: Parameters<typeof longForm>[0], only: Only) => ({
		task: only.task,
		...longForm(written, 'task'),
	}),
	complete: (fields: Readonly<Record<string, unknown>>, seen: Observation) => ({
		...fields,
		execution: fields['execution'] ?? named(seen, String(fields['task']))?.execution,
	}),
	write: <Event extends { readonly kind: string; readonly task: string }>(
		event: Event,
		only: Only,
	) => {
		const { kind: _, task: __, ...rest } = event;
		return { ...taskKey(event, only), ...rest };
	},
} as const;

/** Of a display task, all execution tasks are meant. */
export const userAborts = descriptor({
	schema: z.strictObject({ kind: z.literal('user-aborts'), task }),
	by: 'user',
	isFault: false,
	when: 'the app server is up',
	possible: ({ task }, seen) => seen.server === 'up' && named(seen, task) !== undefined,
	propose: (seen) => all(seen).map(({ id }) => ({ kind: 'user-aborts' as const, task: id })),
	weight: { sometimes: 1 },
	cost: 'aborts',
	explored: 'all proposed',
	say: ({ task }) => `a user aborts ${task}`,
	draw: ({ task }) => asks(`abort ${task}`),
	line: {
		schema: task,
		alone: true,
		read: (written, only) => ({ task: written ?? only.task }),
		write: ({ task }, only) => (task === only.task ? undefined : task),
	},
	example: { kind: 'user-aborts', task: 'compile' },
});

/** The live execution and the one before it. */
export const recent = (execution: number): number[] =>
	execution === 0 ? [0] : [execution, execution - 1];

export const execution = z.int().min(0).max(MAX_EXECUTION);
/** Only the members of a display task that failed. */
export const failed_only = z.literal(true).optional();

export const what = ({
	task,
	failed_only,
}: {
	task: string;
	failed_only?: true | undefined;
}): string => `${failed_only ? 'what failed in ' : ''}${task}`;

/** Of a display task, the unit restarts. */
export const userRestarts = descriptor({
	schema: z.strictObject({ kind: z.literal('user-restarts'), task, execution, failed_only }),
	by: 'user',
	isFault: false,
	when: 'the app server is up, and the task has had that execution',
	possible: ({ task, execution }, seen) => {
		const live = named(seen, task)?.execution;
		return seen.server === 'up' && live !== undefined && execution <= live && live < MAX_EXECUTION;
	},
	propose: (seen, _, pick) =>
		all(seen).flatMap(({ id, execution }) => {
			const partly = seen.display_tasks.length > 0 && pick() < 0.5;
			return recent(execution).map((one) => ({
				kind: 'user-restarts' as const,
				task: id,
				...(partly ? { failed_only: true as const } : {}),
				execution: one,
			}));
		}),
	weight: { sometimes: 1 },
	cost: 'restarts',
	explored: (seen) => [
		...all(seen).flatMap(({ id, execution }) =>
			recent(execution).map(
				(one) => ({ kind: 'user-restarts', task: id, execution: one }) as const,
			),
		),
		...seen.display_tasks.map(
			({ id, execution }) =>
				({ kind: 'user-restarts', task: id, execution, failed_only: true }) as const,
		),
	],
	say: (event) => `a user restarts ${what(event)}/${event.execution}`,
	draw: (event) => asks(`restart ${what(event)}`),
	line: {
		schema: z.union([
			task,
			strictKeys({ task: task.optional(), execution: execution.optional(), failed_only }),
		]),
		...NAMING_EXECUTIONS,
	},
	example: { kind: 'user-restarts', task: 'compile', execution: 0 },
});
