import { z } from 'zod';
import { Block, CommandType, Name } from './project.ts';

/** How a foreground command may end (guarantees, S4: which of them fail the task, block by block). */
export const CommandOutcome = z.enum([
	'succeeded',
	'failed',
	'panicked',
	'timed-out-exec',
	'timed-out-idle',
	/** The block's own time limit ran out while the command ran. */
	'timed-out-block',
]);
export type CommandOutcome = z.infer<typeof CommandOutcome>;

/** The signals that end a process which does not heed them, as POSIX has them. */
export const SIGNALS = [
	'SIGABRT',
	'SIGALRM',
	'SIGBUS',
	'SIGFPE',
	'SIGHUP',
	'SIGILL',
	'SIGINT',
	'SIGKILL',
	'SIGPIPE',
	'SIGPROF',
	'SIGQUIT',
	'SIGSEGV',
	'SIGSYS',
	'SIGTERM',
	'SIGTRAP',
	'SIGUSR1',
	'SIGUSR2',
	'SIGVTALRM',
	'SIGXCPU',
	'SIGXFSZ',
] as const;

/**
 * How the process of a command that failed has ended: its exit code, or the signal that ended it. A command that is no
 * process has none. Nothing is decided by it.
 */
export const Exit = z.union([z.int().min(1).max(255), z.enum(SIGNALS)]);
export type Exit = z.infer<typeof Exit>;

export const sayExit = (exit: Exit): string =>
	typeof exit === 'number' ? `exit code ${exit}` : `signal ${exit}`;

const ENDS = ['succeeded', 'failed', 'panicked'] as const;
const SET_UP = [...ENDS, 'timed-out-exec', 'timed-out-idle', 'timed-out-block'] as const;
const AFTER = [...ENDS, 'timed-out-block'] as const;

/** How a command of each block may end: main has no time limit of its own, exec and idle limits rule pre and main only (lifecycle 3.2). */
export const OUTCOMES: Record<Block, readonly CommandOutcome[]> = {
	pre: SET_UP,
	setup_group: SET_UP,
	setup_task: SET_UP,
	main: [...ENDS, 'timed-out-exec', 'timed-out-idle'],
	timeout: AFTER,
	post: AFTER,
	teardown_task: AFTER,
	teardown_group: AFTER,
};

/** Where a command stands: its block, the entry of the block, and, inside a function, the member. */
export const Position = z.strictObject({
	block: Block,
	step: z.int().min(0),
	member: z.int().min(0).nullable(),
});
export type Position = z.infer<typeof Position>;

/** How traces print a position. */
export const POSITION = `(${Block.options.join('|')}) [1-9][0-9]*(\\.[1-9][0-9]*)?`;

/** A position as traces print it: `main 1`, and `main 2.1` for the first member of a function. */
export const PositionName = z
	.string()
	.regex(
		new RegExp(`^${POSITION}$`),
		'a position is a block and the number of the command in it, as main 1 or main 2.1',
	);

export function positionNamed(name: string): Position {
	const [block, place = ''] = name.split(' ');
	const [step, member] = place.split('.').map((number) => Number(number) - 1);
	return Position.parse({ block, step, member: member ?? null });
}

export const samePosition = (one: Position, other: Position): boolean =>
	one.block === other.block && one.step === other.step && one.member === other.member;

/** What processes say about the end of their execution, in their own words. Nothing is decided by it. */
export const Remarks = z.strictObject({
	desc: Name.optional(),
	tags: z
		.array(Name)
		.min(1)
		.max(10)
		.refine((tags) => new Set(tags).size === tags.length, { error: 'a tag is said once' })
		.optional(),
});
export type Remarks = z.infer<typeof Remarks>;

/** In words, to stand after "said". */
export const sayRemarks = ({ desc, tags = [] }: Remarks): string =>
	[
		desc === undefined ? 'nothing' : `"${desc}"`,
		...(tags.length === 0 ? [] : [`tagged ${tags.map((tag) => `"${tag}"`).join(' and ')}`]),
	].join(', ');

/** What a process on the host posts to the agent's local API; anything but success and failed is invalid (S15). */
export const PostedStatus = z.strictObject({
	status: Name.max(40),
	type: CommandType.optional(),
	should_continue: z.boolean().default(false),
	/** Asks for a restart; taken under the design `local-api` only. */
	retryable: z.literal(true).optional(),
	/** Said with it, and kept of the execution when it has ended (S12). */
	remarks: Remarks.optional(),
});
export type PostedStatus = z.infer<typeof PostedStatus>;
