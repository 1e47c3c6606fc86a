import { OUTCOMES } from '../../model/vocabulary/command.ts';
import type { FlagEvidence, FlagRun, Way } from '../evidence/flag-evidence.ts';

/** Where a flagged command runs, before anything was told of it. */
export type Run = Omit<FlagRun, 'told' | 'story'>;

/** Runs that are alike, of whichever command. */
export const kindOf = ({ block, among, can_fail, background }: Run): string =>
	JSON.stringify([block, among, can_fail, background]);

/** The first run of each kind, in the order of the commands: of these stories are kept. */
export const firstOfKind = <One extends Run>(
	flags: readonly { readonly runs: readonly One[] }[],
): ReadonlySet<One> =>
	new Set(
		new Map(
			flags.flatMap(({ runs }) => runs.map((run) => [kindOf(run), run] as const)).toReversed(),
		).values(),
	);

/** The stories that are kept of flagged commands, by their tokens. */
export const keptTokens = (flags: readonly FlagEvidence[]): string[] =>
	flags.flatMap(({ runs }) => runs.flatMap(({ story }) => (story === null ? [] : [story.token])));

/** All that may become of a flagged command there, and matters to restarts (S3, S4). */
export function waysOf({ block, can_fail, background }: Run): Way[] {
	const fails: Way[] = can_fail ? ['fails', 'fails, then aborted'] : ['fails'];
	if (background) return fails;
	// teardown_group is of no execution that could be aborted.
	return [...fails, 'times out', ...(block === 'teardown_group' ? [] : ['aborted' as const])];
}

/** Whether that must lead to an automatic restart: in the set-up a time-out does, whatever the switch (S4). */
export const restarts = ({ block, can_fail }: Run, way: Way): boolean =>
	way === 'fails' ? can_fail : way === 'times out' && (can_fail || canTimeOut(block));

const canTimeOut = (block: Run['block']): boolean => OUTCOMES[block].includes('timed-out-exec');

/** Whether a command can run so: in a block of a group or of the project, which may fail the task or may not. */
export function isRun({ block, among, can_fail, background }: Run): boolean {
	const isOfProject = block === 'pre' || block === 'post';
	const isOfGroup = block !== 'main' && block !== 'timeout' && !isOfProject;
	const isIdle = block === 'timeout' || block === 'teardown_group';
	return (
		!(isOfProject && (among === 'group' || among === 'single-host group')) &&
		!(isOfGroup && among === 'alone') &&
		!(isIdle && can_fail) &&
		!(block === 'main' && !can_fail) &&
		!(background && (isIdle || block === 'post' || block === 'teardown_task'))
	);
}

export const sayWay = ({ block, among }: Run, way: Way): string =>
	`${way} in ${block}${among === 'alone' ? '' : ` (${among})`}`;
