import { z } from 'zod';
import { POSITION, Position, PositionName, positionNamed } from '../../model/vocabulary/command.ts';
import { ShortMessageName, selectorNamed } from '../../model/vocabulary/events/network.ts';
import { Details, Message, Outcome, Route } from '../../model/vocabulary/message.ts';
import {
	Answer,
	ArchivedExecution,
	Away,
	DisplayTaskObservation,
	ExecutionRef,
	Handled,
	Held,
	HostObservation,
	IgnoredFlag,
	InHand,
	MarkDecision,
	type Observation,
	TaskObservation,
	TaskStatus,
	VersionStatus,
} from '../../model/vocabulary/observation.ts';
import { Block, Name } from '../../model/vocabulary/project.ts';
import { PolicyInForce, type Setup } from '../../model/vocabulary/setup.ts';
import { strictKeys } from '../../model/vocabulary/strict-keys.ts';
import { placeOf, versionsOf } from '../../model/vocabulary/versions.ts';
import { sayStates } from '../../reports/wording/states.ts';
import { Choice, claim, claims, meant } from './claims.ts';
import { inHours } from './in-hours.ts';

/**
 * What a scenario expects to see at one moment: only what is written is compared. Short forms:
 * `compile: failed`, `started_by: mark`, `history: [failed]`, `answer: granted`, `h1: calling mark`. For a value stands
 * also `{ not: … }`, `{ any_of: [ … ] }`, and for a number `{ at_least: …, at_most: … }`.
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

const DetailsExpectation = strictKeys(claims(Details.shape));

/** In whole hours; see `in-hours.ts`. */
const Hour = z.int().min(0);

const Archived = strictKeys({
	...claims({ ...ArchivedExecution.shape, dispatched_at: Hour.nullable(), ended_at: Hour }),
	started_by: claim(StartedBy).optional(),
	status: claim(Details.shape.status).optional(),
	details: DetailsExpectation.optional(),
});

/** Words that are of one key only: of an observed task, which is it? */
const TASK_WORDS = {
	status: TaskStatus.options,
	held: Held.options,
	mark: MarkDecision.exclude(['none']).options,
};

const TaskExpectation = z.union([
	z.enum(Object.values(TASK_WORDS).flat()),
	strictKeys({
		...claims({
			...TaskObservation.omit({ id: true }).shape,
			dispatched_at: Hour.nullable(),
			ended_at: Hour.nullable(),
		}),
		started_by: claim(StartedBy).optional(),
		details: DetailsExpectation.nullable().optional(),
		/** All archived executions, oldest first: what is known of each, or just how it ended. */
		history: z
			.array(z.union([Archived, claim(Details.shape.status)]))
			.optional()
			.meta({
				description:
					'All earlier executions, oldest first: how each ended (failed, success), or more in a mapping.',
			}),
	}),
]);

const DOING = [
	'idle',
	...Route.options.map((route) => `calling ${route}` as const),
	...Block.options.map((block) => `running ${block}` as const),
] as const;

/** The command that runs, as traces print its position. */
const Running = z
	.string()
	.regex(
		new RegExp(`^running ${POSITION}$`),
		'write a position, as running main 1 or running main 2.1',
	);

const Doing = z.union([z.enum(DOING), Running]);
const AGENT = z.enum(['alive', 'dead']);

/** An execution as traces print it: `compile/0`. */
const ShortRef = z.string().regex(/^.+\/[0-9]+$/, 'write a task and its execution, as compile/0');
const Ref = z.union([ShortRef, ExecutionRef, z.null()]);

const HostExpectation = z.union([
	z.enum([...DOING, ...AGENT.options, ...Away.options]),
	Running,
	strictKeys({
		agent: claim(AGENT).optional(),
		away: claim(Away).optional().meta({ description: 'Why the host is not there.' }),
		doing: claim(Doing).optional(),
		execution: claim(Ref).optional().meta({ description: 'What the agent holds: compile/0.' }),
		assigned: claim(Ref).optional().meta({ description: 'Whom the server has it down for.' }),
		/** The group that it is set up for: its name, or name and variant. */
		group: claim(z.union([Name, HostObservation.shape.group])).optional(),
		background: z
			.array(z.union([PositionName, strictKeys(Position.partial().shape)]))
			.optional()
			.meta({ description: 'Background commands that run: main 1.' }),
	}),
]);

/** A line of a trace that says a state. */
const StateLine = z.string().min(1).max(1000);

export const Expectation = strictKeys({
	/** By the id of the task. */
	tasks: z.record(Name, TaskExpectation).optional(),
	/** By the id of the display task. */
	display_tasks: z
		.record(
			Name,
			z.union([TaskStatus, strictKeys(claims(DisplayTaskObservation.omit({ id: true }).shape))]),
		)
		.optional(),
	hosts: z.record(Name, HostExpectation).optional(),
	...claims({
		/** What is shown of the version as a whole. */
		version: VersionStatus,
		quota_used: z.int().min(0),
		hour: Hour,
		minute: z.int().min(0),
		server: z.enum(['up', 'down']),
		/** The answer to the request of the last event; null when it was none. */
		answer: z.union([Outcome, strictKeys(Answer.partial().shape), z.null()]),
	}),
	/** What is heeded of a mark that arrives now. */
	policy: strictKeys(claims(PolicyInForce.shape)).optional(),
	/** By the id of a version beside the first. */
	versions: z.record(Name, claim(VersionStatus)).optional(),
	/** By the id of a project beside the first. */
	projects: z
		.record(
			Name,
			strictKeys({
				...claims({ quota_used: z.int().min(0) }),
				policy: strictKeys(claims(PolicyInForce.shape)).optional(),
			}),
		)
		.optional(),
	/** All messages in flight, oldest first. */
	messages: z.array(z.union([ShortMessageName, strictKeys(Message.partial().shape)])).optional(),
	/** All handlers that are held, oldest first. */
	in_hand: z.array(z.union([Handled, strictKeys(InHand.partial().shape)])).optional(),
	/** All calls whose flag has no effect (C2). */
	ignored_flags: z.array(strictKeys(IgnoredFlag.partial().shape)).optional(),
	seen: z
		.array(StateLine)
		.optional()
		.meta({ description: 'Lines of a trace that say a state, as replay prints them.' }),
});
export type Expectation = z.infer<typeof Expectation>;

/** A line of a trace, such as `compile/0 mark: granted`, is a mapping of one key to YAML. */
const Pasted = z.union([
	StateLine,
	z
		.record(z.string(), z.union([z.string(), z.number(), z.null()]))
		.refine((line) => Object.keys(line).length === 1, 'write one line of a trace'),
]);

/** An expectation as it may be written: by its keys, or by lines of a trace. */
export const ExpectationLine = z.union([Expectation, StateLine, z.array(Pasted)]);

export function expectationOf(written: z.infer<typeof ExpectationLine>): Expectation {
	if (typeof written === 'string') return { seen: [written] };
	if (!Array.isArray(written)) return written;
	return {
		seen: written.map((line) =>
			typeof line === 'string'
				? line
				: Object.entries(line)
						.map(([key, value]) => `${key}: ${value}`)
						.join(),
		),
	};
}

/** Says, one sentence each, where an observation is not as expected; nothing when it is. */
export function mismatches(expectation: Expectation, shown: Observation, setup: Setup): string[] {
	const seen = inHours(shown);
	const { tasks = {}, display_tasks = {}, hosts = {}, seen: lines = [], ...all } = expectation;
	const { versions = {}, projects = {}, ...rest } = all;
	const places = versionsOf(setup);
	return [
		...Object.entries(tasks).flatMap(([id, task]) =>
			compare(
				`task ${id}`,
				taskOf(task),
				seen.tasks.find((candidate) => candidate.id === id),
			),
		),
		...Object.entries(display_tasks).flatMap(([id, task]) =>
			compare(
				`display task ${id}`,
				typeof task === 'string' ? { status: task } : task,
				seen.display_tasks.find((candidate) => candidate.id === id),
			),
		),
		...Object.entries(hosts).flatMap(([id, host]) =>
			compare(
				`host ${id}`,
				hostOf(host),
				seen.hosts.find((candidate) => candidate.id === id),
			),
		),
		...Object.entries(versions).flatMap(([id, status]) =>
			compare(`version ${id}`, status, seen.other_versions?.[placeOf(places.versions, id) - 1]),
		),
		...Object.entries(projects).flatMap(([id, project]) =>
			compare(`project ${id}`, project, seen.other_projects?.[placeOf(places.projects, id) - 1]),
		),
		...compare('', withLong(rest, LONG), seen),
		...(lines.length === 0 ? [] : notSeen(lines, sayStates(setup, seen))),
	];
}

/** Lines that no trace would print now. */
const notSeen = (lines: readonly string[], states: readonly string[]): string[] =>
	lines
		.filter((line) => !states.includes(line))
		.map((line) => `${nearestState(line, states)}, expected ${line}`);

/** What a trace would print that begins most like this line. */
export function nearestState(line: string, states: readonly string[]): string {
	const alike = (state: string): number => {
		let length = 0;
		while (length < line.length && line[length] === state[length]) length++;
		return length;
	};
	return [...states].sort((one, other) => alike(other) - alike(one))[0] ?? '';
}

type Long = (value: unknown) => unknown;

/** The same keys with their values in the long form. */
const withLong = (
	written: Readonly<Record<string, unknown>>,
	forms: Readonly<Record<string, Long>>,
): object =>
	Object.fromEntries(
		Object.entries(written).flatMap(([key, value]) =>
			value === undefined ? [] : [[key, meaning(value, forms[key])]],
		),
	);

const meaning = (written: unknown, long: Long = (value) => value): unknown =>
	meant(written, long, (one, actual) => compare('', one, actual).length === 0, show);

const each =
	(long: Long): Long =>
	(list) =>
		Array.isArray(list) ? list.map(long) : list;

const short =
	(key: string): Long =>
	(value) =>
		typeof value === 'string' ? { [key]: value } : value;

const startedBy = short('by');
const answerOf = short('outcome');
const groupOf = short('group');
const positionOf: Long = (value) => (typeof value === 'string' ? positionNamed(value) : value);
const messageOf: Long = (value) => {
	const name = ShortMessageName.safeParse(value);
	return name.success ? selectorNamed(name.data) : value;
};

/** The long forms of what is seen of all together. */
const LONG: Readonly<Record<string, Long>> = {
	answer: answerOf,
	messages: each(messageOf),
	in_hand: each(short('route')),
};

function taskOf(task: z.infer<typeof TaskExpectation>): object {
	if (typeof task !== 'string')
		return withLong(task, { started_by: startedBy, history: each(archived) });
	const key = Object.entries(TASK_WORDS).find(([, words]) =>
		words.some((one) => one === task),
	)?.[0];
	return key === undefined ? {} : { [key]: task };
}

/** Of which key a word alone tells. */
export function keyOfWord(of: 'tasks' | 'display_tasks' | 'hosts', word: string): string {
	if (of === 'hosts')
		return Away.safeParse(word).success
			? 'away'
			: AGENT.safeParse(word).success
				? 'agent'
				: 'doing';
	const keys = Object.entries(TASK_WORDS).find(([, words]) => words.some((one) => one === word));
	return keys?.[0] ?? 'status';
}

function hostOf(host: z.infer<typeof HostExpectation>): object {
	if (typeof host !== 'string')
		return withLong(host, {
			doing: doingOf,
			execution: refOf,
			assigned: refOf,
			group: groupOf,
			background: each(positionOf),
		});
	const key = keyOfWord('hosts', host);
	return { [key]: key === 'doing' ? doingOf(host) : host };
}

function archived(short: unknown): unknown {
	const written = Archived.safeParse(short);
	if (!written.success) return { details: { status: meaning(short) } };
	const { status, details, ...rest } = written.data;
	return {
		...withLong(rest, { started_by: startedBy }),
		...(status === undefined && details === undefined
			? {}
			: { details: { ...details, ...(status === undefined ? {} : { status }) } }),
	};
}

const doingOf: Long = (short) => {
	if (typeof short !== 'string') return short;
	const [kind = '', what, place] = short.split(' ');
	if (what === undefined) return { kind };
	if (kind === 'calling') return { kind, route: what };
	return {
		kind,
		position: place === undefined ? { block: what } : positionNamed(`${what} ${place}`),
	};
};

const refOf: Long = (short) => {
	if (typeof short !== 'string') return short;
	const cut = short.lastIndexOf('/');
	return { task: short.slice(0, cut), execution: Number(short.slice(cut + 1)) };
};

/** Compares what is expected, key by key; what is not mentioned may be anything. */
function compare(label: string, expected: unknown, actual: unknown): string[] {
	if (expected === undefined) return [];
	const claimed = expected instanceof Choice ? expected : meaning(expected);
	if (claimed instanceof Choice)
		return claimed.isMet(actual) ? [] : [`${label} is ${show(actual)}, expected ${claimed.said}`];
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
