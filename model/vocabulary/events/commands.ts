import { z } from 'zod';
import {
	CommandOutcome,
	Exit,
	OUTCOMES,
	Position,
	PositionName,
	PostedStatus,
	positionNamed,
	samePosition,
	sayExit,
	sayRemarks,
} from '../command.ts';
import type { HostObservation, Observation } from '../observation.ts';
import { Block, isWatched, Name } from '../project.ts';
import { entranceOf } from '../setup.ts';
import { strictKeys } from '../strict-keys.ts';
import { choose, descriptor, hostKey, longForm, type Picture } from './descriptor.ts';

/** What the commands of an agent do, and the processes that they start. */

const host = Name;

/** A host that runs a command. */
type Running = HostObservation & { doing: Extract<HostObservation['doing'], { kind: 'running' }> };

const isRunning = (one: HostObservation): one is Running => one.doing.kind === 'running';

function runningOn({ hosts }: Observation, id: string): Running | undefined {
	const on = hosts.find((one) => one.id === id);
	return on !== undefined && isRunning(on) ? on : undefined;
}

const onHost = ({ host: name }: { host: string }): Picture => ({ at: { kind: 'agent', name } });

const endsOf = (
	{ hosts }: Observation,
	outcomes: readonly CommandOutcome[] | undefined = undefined,
) =>
	hosts
		.filter(isRunning)
		.flatMap(({ id, doing }) =>
			(outcomes ?? OUTCOMES[doing.position.block]).map(
				(outcome) => ({ kind: 'command-ends', host: id, outcome }) as const,
			),
		);

const exitKey = (exit: Exit | undefined): { exit?: Exit } => (exit === undefined ? {} : { exit });
const sayWith = (exit: Exit | undefined): string =>
	exit === undefined ? '' : ` with ${sayExit(exit)}`;

/** The failure of a command with nothing told of its process, and with each of these exits. */
const eachExit = <Failure extends object>(
	failure: Failure,
	exits: readonly Exit[],
): (Failure | (Failure & { exit: Exit }))[] => [
	failure,
	...exits.map((exit) => ({ ...failure, exit })),
];

export const commandEnds = descriptor({
	schema: z.strictObject({
		kind: z.literal('command-ends'),
		host,
		outcome: CommandOutcome,
		exit: Exit.optional(),
	}),
	by: 'agent',
	isFault: false,
	when: 'a command runs, and its block allows the outcome; `exit` where it has failed',
	possible: ({ host, outcome, exit }, seen) => {
		const on = runningOn(seen, host);
		return (
			on !== undefined &&
			OUTCOMES[on.doing.position.block].includes(outcome) &&
			(exit === undefined || outcome === 'failed')
		);
	},
	propose: (seen) => endsOf(seen),
	weight: { always: 24 },
	cost: null,
	explored: (seen, _, { outcomes, exits = [] }) =>
		endsOf(seen, outcomes).flatMap((event) =>
			event.outcome === 'failed' ? eachExit(event, exits) : event,
		),
	say: ({ host, outcome, exit }) =>
		`the command on ${host} ${
			outcome === 'succeeded' || outcome === 'failed' || outcome === 'panicked'
				? outcome
				: `hits its ${outcome.slice('timed-out-'.length)} time limit`
		}${sayWith(exit)}`,
	draw: onHost,
	line: {
		schema: z.union([
			CommandOutcome,
			strictKeys({ host: host.optional(), outcome: CommandOutcome, exit: Exit.optional() }),
		]),
		alone: false,
		read: (written: Parameters<typeof longForm>[0], only) => ({
			host: only.host,
			...longForm(written, 'outcome'),
		}),
		write: ({ host, outcome, exit }, only) =>
			host === only.host && exit === undefined
				? outcome
				: { ...hostKey({ host }, only), outcome, ...exitKey(exit) },
	},
	example: { kind: 'command-ends', host: 'h1', outcome: 'failed' },
});

const failuresBehind = ({ hosts }: Observation) =>
	hosts.flatMap(({ id, background }) =>
		background.map((position) => ({ kind: 'background-fails', host: id, position }) as const),
	);

export const backgroundFails = descriptor({
	schema: z.strictObject({
		kind: z.literal('background-fails'),
		host,
		position: Position,
		exit: Exit.optional(),
	}),
	by: 'agent',
	isFault: false,
	when: 'a foreground command of main or before it runs, and so does the background command',
	possible: ({ host, position }, seen) => {
		const on = runningOn(seen, host);
		return (
			on !== undefined &&
			isWatched(on.doing.position.block) &&
			on.background.some((one) => samePosition(one, position))
		);
	},
	propose: (seen) => failuresBehind(seen),
	weight: { sometimes: 6 },
	cost: null,
	explored: (seen, _, { exits = [] }) =>
		failuresBehind(seen).flatMap((event) => eachExit(event, exits)),
	say: ({ host, position: { block, step, member }, exit }) =>
		`the background command ${block} ${step + 1}${member === null ? '' : `.${member + 1}`} on ${host} fails${sayWith(exit)}`,
	draw: onHost,
	line: {
		schema: z.union([
			PositionName,
			strictKeys({
				host: host.optional(),
				block: Block,
				step: z.int().min(0),
				member: z.int().min(0).nullable().optional(),
				exit: Exit.optional(),
			}),
		]),
		alone: false,
		read: (written: string | { host?: string; exit?: Exit }, only) => {
			if (typeof written === 'string') return { host: only.host, position: positionNamed(written) };
			const { host, exit, ...position } = written;
			return { host: host ?? only.host, position: { member: null, ...position }, ...exitKey(exit) };
		},
		write: (event, only) => {
			const { member, ...place } = event.position;
			return {
				...hostKey(event, only),
				...place,
				...(member === null ? {} : { member }),
				...exitKey(event.exit),
			};
		},
	},
	example: {
		kind: 'background-fails',
		host: 'h1',
		position: { block: 'main', step: 0, member: null },
	},
});

export const statusPosted = descriptor({
	schema: z.strictObject({ kind: z.literal('status-posted'), host, posted: PostedStatus }),
	by: 'agent',
	isFault: false,
	when: 'a command of a task runs; `retryable` under a design that forwards it with the end',
	possible: ({ host, posted }, seen, setup) =>
		(runningOn(seen, host)?.execution ?? null) !== null &&
		(posted.retryable === undefined || entranceOf(setup).forwards),
	propose: ({ hosts }, setup, pick) =>
		hosts.map(({ id }) => {
			const status = choose(['success', 'failed', 'banana'], pick);
			const type = pick() < 0.5 ? {} : { type: choose(['test', 'system', 'setup'] as const, pick) };
			// One number for both: what else a seed stands for does not hang on what is said.
			const drawn = pick();
			return {
				kind: 'status-posted' as const,
				host: id,
				posted: {
					status,
					...type,
					should_continue: drawn < 0.5,
					...(entranceOf(setup).forwards && pick() < 0.5 ? { retryable: true as const } : {}),
					...(drawn % 0.5 < 0.25 ? { remarks: { desc: 'no disk', tags: ['disk'] } } : {}),
				},
			};
		}),
	weight: { sometimes: 6 },
	cost: 'posts',
	explored: ({ hosts }, _, { posted = [] }) =>
		hosts.flatMap(({ id }) =>
			posted.map((one) => ({ kind: 'status-posted' as const, host: id, posted: one })),
		),
	say: ({ host, posted: { status, should_continue, retryable, remarks } }) =>
		`a process on ${host} posts the end status "${status}"${retryable ? ', retryable' : ''}${remarks === undefined ? '' : `, saying ${sayRemarks(remarks)},`}${should_continue ? ' and goes on' : ''}`,
	draw: onHost,
	line: {
		schema: z.union([
			PostedStatus.shape.status,
			strictKeys({ host: host.optional(), ...PostedStatus.shape }),
		]),
		alone: false,
		read: (written: Parameters<typeof longForm>[0], only) => {
			const { host = only.host, ...posted } = longForm(written, 'status');
			return { host, posted };
		},
		write: (event, only) => {
			const { status, should_continue, ...more } = event.posted;
			return event.host === only.host && !should_continue && Object.keys(more).length === 0
				? status
				: { ...hostKey(event, only), ...event.posted };
		},
	},
	example: {
		kind: 'status-posted',
		host: 'h1',
		posted: { status: 'failed', should_continue: false },
	},
});
