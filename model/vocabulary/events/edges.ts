import type { HostObservation, Observation, TaskObservation } from '../observation.ts';
import { HOUR, minutesOf } from '../setup.ts';

/** Most minutes that may pass at once: a day and a little. */
export const MOST_MINUTES = 1500;

/** Around a limit: a minute before it, it, and a minute after it. */
const around = (limit: number): number[] => [limit - 1, limit, limit + 1];

const MARK = minutesOf('mark_deadline_s');
const FENCE = around(minutesOf('fence_s'));
const STALE = around(minutesOf('stale_s'));
const SHORT = [MARK, ...FENCE];

/** When slots were taken, as far as it shows: executions of a story mostly take no time. */
const grantedAt = (task: TaskObservation): readonly number[] => [
	...(task.mark === 'granted' && task.dispatched_minute !== null ? [task.dispatched_minute] : []),
	...task.history.slice(-1).flatMap((past) => (past.mark === 'granted' ? [past.ended_minute] : [])),
];

const endedAt = (task: TaskObservation): readonly number[] => [
	...(task.ended_minute === null ? [] : [task.ended_minute]),
	...task.history.slice(-1).map(({ ended_minute }) => ended_minute),
];

const isMarking = ({ doing }: HostObservation): boolean =>
	doing.kind === 'calling' && doing.route === 'mark';

/** Whether somebody is down for an execution that no agent holds. */
const isLost = ({ agent, assigned, execution }: HostObservation): boolean =>
	assigned !== null && (agent === 'dead' || execution === null);

/**
 * Amounts of minutes at the edges of the limits that matter now, by limit: of these one is drawn first, so that one
 * which is pending for few counts no less.
 */
export function edges(seen: Observation): number[][] {
	const { minute, tasks, hosts } = seen;
	const until = (since: readonly number[], limit: number): number[] =>
		since
			.flatMap((at) => around(at + limit - minute))
			.filter((amount) => amount >= 1 && amount <= MOST_MINUTES);
	const isSpent = [seen, ...(seen.other_projects ?? [])].some(
		({ policy, quota_used }) => policy.daily_limit > 0 && quota_used >= policy.daily_limit,
	);
	return [
		SHORT,
		hosts.some(isMarking) ? [MARK] : [],
		hosts.some(isLost) ? [MARK, ...STALE] : [],
		until(tasks.flatMap(endedAt), minutesOf('ended_secret_s')),
		isSpent ? until(tasks.flatMap(grantedAt), minutesOf('window_s')) : [],
	].filter((amounts) => amounts.length > 0);
}

/** The same while one host reaches nobody; an hour is beyond all limits of its own. */
export const edgesOf = (host: HostObservation): number[][] => [
	[HOUR],
	isMarking(host) ? [MARK] : SHORT,
];
