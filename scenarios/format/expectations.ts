import { z } from 'zod';
import { Position } from '../../model/vocabulary/command.ts';
import { Details, Message, Outcome, Route } from '../../model/vocabulary/message.ts';
import {
	Answer,
	ArchivedExecution,
	DisplayTaskObservation,
	ExecutionRef,
	HostObservation,
	IgnoredFlag,
	type Observation,
	TaskObservation,
	VersionStatus,
} from '../../model/vocabulary/observation.ts';
import { Block, Name } from '../../model/vocabulary/project.ts';
import { strictKeys } from '../../model/vocabulary/strict-keys.ts';

/**
 * What a scenario expects to see at one moment: only what is written is compared. Short forms:
 * `started_by: mark`, `history: [failed]`, `answer: granted`, `doing: calling mark`.
 */

const STARTERS = z.enum(['schedule', 'user', 'mark', 'system']);

const StartedBy = z.union([
	STARTERS,
	strictKeys({
		by: STARTERS,
		task: Name.optional(),
		execution: ArchivedExecution.shape.execution.optional(),
	}),
]);

const DetailsExpectation = strictKeys(Details.partial().shape);

const Archived = strictKeys({
	...ArchivedExecution.partial().shape,
	started_by: StartedBy.optional(),
	status: Details.shape.status.optional(),
	details: DetailsExpectation.optional(),
});

const TaskExpectation = strictKeys({
	...TaskObservation.omit({ id: true }).partial().shape,
	started_by: StartedBy.optional(),
	details: DetailsExpectation.nullable().optional(),
	/** All archived executions, oldest first: what is known of each, or just how it ended. */
	history: z.array(z.union([Details.shape.status, Archived])).optional(),
});

const DOING = [
	'idle',
	...Route.options.map((route) => `calling ${route}` as const),
	...Block.options.map((block) => `running ${block}` as const),
] as const;

const HostExpectation = strictKeys({
	agent: z.enum(['alive', 'dead']).optional(),
	doing: z.enum(DOING).optional(),
	execution: ExecutionRef.nullable().optional(),
	assigned: ExecutionRef.nullable().optional(),
	/** The group that it is set up for: its name, or name and variant. */
	group: z.union([Name, HostObservation.shape.group]).optional(),
	background: z.array(strictKeys(Position.partial().shape)).optional(),
});

export const Expectation = strictKeys({
	/** By the id of the task. */
	tasks: z.record(Name, TaskExpectation).optional(),
	/** By the id of the display task. */
	display_tasks: z
		.record(Name, strictKeys(DisplayTaskObservation.omit({ id: true }).partial().shape))
		.optional(),
	/** What is shown of the version as a whole. */
	version: VersionStatus.optional(),
	hosts: z.record(Name, HostExpectation).optional(),
	quota_used: z.int().min(0).optional(),
	hour: z.int().min(0).optional(),
	server: z.enum(['up', 'down']).optional(),
	/** The answer to the request of the last event; null when it was none. */
	answer: z.union([Outcome, strictKeys(Answer.partial().shape), z.null()]).optional(),
	/** All messages in flight, oldest first. */
	messages: z.array(strictKeys(Message.partial().shape)).optional(),
	/** All calls whose flag has no effect (C2). */
	ignored_flags: z.array(strictKeys(IgnoredFlag.partial().shape)).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

/** Says, one sentence each, where an observation is not as expected; nothing when it is. */
export function mismatches(expectation: Expectation, seen: Observation): string[] {
	const { tasks = {}, display_tasks = {}, hosts = {}, answer, ...rest } = expectation;
	return [
		...Object.entries(tasks).flatMap(([id, { started_by, history, ...task }]) =>
			compare(
				`task ${id}`,
				{
					...task,
					...(started_by === undefined ? {} : { started_by: startedBy(started_by) }),
					...(history === undefined ? {} : { history: history.map(archived) }),
				},
				seen.tasks.find((candidate) => candidate.id === id),
			),
		),
		...Object.entries(display_tasks).flatMap(([id, task]) =>
			compare(
				`display task ${id}`,
				task,
				seen.display_tasks.find((candidate) => candidate.id === id),
			),
		),
		...Object.entries(hosts).flatMap(([id, { doing, group, ...host }]) =>
			compare(
				`host ${id}`,
				{
					...host,
					...(doing === undefined ? {} : { doing: doingOf(doing) }),
					...(group === undefined ? {} : { group: typeof group === 'string' ? { group } : group }),
				},
				seen.hosts.find((candidate) => candidate.id === id),
			),
		),
		...compare(
			'',
			{
				...rest,
				...(answer === undefined
					? {}
					: { answer: typeof answer === 'string' ? { outcome: answer } : answer }),
			},
			seen,
		),
	];
}

const startedBy = (short: z.infer<typeof StartedBy>): object =>
	typeof short === 'string' ? { by: short } : short;

function archived(short: 'success' | 'failed' | z.infer<typeof Archived>): object {
	if (typeof short === 'string') return { details: { status: short } };
	const { status, started_by, details, ...rest } = short;
	return {
		...rest,
		...(started_by === undefined ? {} : { started_by: startedBy(started_by) }),
		...(status === undefined && details === undefined
			? {}
			: { details: { ...details, ...(status === undefined ? {} : { status }) } }),
	};
}

function doingOf(short: (typeof DOING)[number]): object {
	const [kind, what] = short.split(' ');
	if (what === undefined) return { kind };
	return kind === 'calling' ? { kind, route: what } : { kind, position: { block: what } };
}

/** Compares what is expected, key by key; what is not mentioned may be anything. */
function compare(label: string, expected: unknown, actual: unknown): string[] {
	if (expected === undefined) return [];
	if (Array.isArray(expected)) {
		if (!Array.isArray(actual)) return [sentence(label, actual, expected)];
		if (actual.length !== expected.length)
			return [
				`${label} has ${entries(actual.length)}, expected ${expected.length}: it is ${JSON.stringify(actual)}`,
			];
		return expected.flatMap((item, index) => compare(`${label}[${index}]`, item, actual[index]));
	}
	if (isObject(expected)) {
		if (!isObject(actual)) return [sentence(label, actual, expected)];
		return Object.entries(expected).flatMap(([key, value]) =>
			compare(join(label, key), value, actual[key]),
		);
	}
	return expected === actual ? [] : [sentence(label, actual, expected)];
}

const join = (label: string, key: string): string => {
	if (label === '') return key;
	return /^(task|display task|host) [^:]*$/.test(label) ? `${label}: ${key}` : `${label}.${key}`;
};

const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const sentence = (label: string, actual: unknown, expected: unknown): string =>
	`${label} is ${show(actual)}, expected ${show(expected)}`;

const show = (value: unknown): string =>
	value === undefined ? 'not there' : typeof value === 'string' ? value : JSON.stringify(value);
