import type { TaskObservation } from '../vocabulary/observation.ts';
import { TIMING } from '../vocabulary/setup.ts';
import { archived, isUsersRestart } from './executions.ts';
import { type Finding, rule } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { decisionOn, firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { ofTask } from './wording.ts';

/** One slot in use: by whose mark it was taken, and at which hour. */
interface Slot {
	readonly task: string;
	readonly execution: number;
	readonly hour: number;
}
type Slots = readonly Slot[];

const WINDOW_HOURS = TIMING.window_s / 3600;

/** The execution whose mark was granted at this moment, archived by now or not; null: none. */
function granted(moment: Moment, was: TaskObservation, is: TaskObservation): number | null {
	if (was.mark !== 'granted' && decisionOn(moment, was, is) === 'granted') return was.execution;
	return is.execution !== was.execution && is.mark === 'granted' ? is.execution : null;
}

/** Whether at this moment the restart of the execution that was live becomes impossible. */
function isGivenUp(moment: Moment, was: TaskObservation, is: TaskObservation): boolean {
	if (is.execution === was.execution)
		return (is.aborted && !was.aborted) || (is.status === 'success' && was.status !== 'success');
	if (isUsersRestart(moment, was)) return true;
	return archived(is, was.execution)?.details.status === 'success';
}

/** The slots in use after this moment: the very same value when nothing changed. */
function slotsAfter(slots: Slots, moment: Moment): Slots {
	const { before, after } = moment;
	let held = slots;
	if (after.hour !== before.hour && held.length > 0) {
		const kept = held.filter(({ hour }) => after.hour - hour < WINDOW_HOURS);
		if (kept.length < held.length) held = kept;
	}
	for (let index = 0; index < after.tasks.length; index++) {
		const was = before.tasks[index];
		const is = after.tasks[index];
		if (was === undefined || is === undefined || was === is) continue;
		if (held.length > 0 && isGivenUp(moment, was, is)) {
			const kept = held.filter(
				({ task, execution }) => task !== was.id || execution !== was.execution,
			);
			if (kept.length < held.length) held = kept;
		}
		const execution = granted(moment, was, is);
		if (execution !== null) held = [...held, { task: is.id, execution, hour: after.hour }];
	}
	return held;
}

function judge(slots: Slots, held: Slots, moment: Moment): Finding {
	const { setup, before, after } = moment;
	const limit = setup.policy.daily_limit;
	if (limit !== 0 && held.length > limit)
		return `The project may use ${limit} automatic restarts in 24 hours, but ${held.length} were granted and not given back.`;
	if (after.quota_used !== held.length)
		return `${held.length} slots of the project's quota are in use at hour ${after.hour}, but the app server counts ${after.quota_used}.`;
	const marked = forwardedMark(moment) ?? firstMark(moment);
	if (marked === null) return held !== slots;
	const now = after.tasks[indexOfTask(before, marked.id)];
	if (
		(now?.mark === 'refused_quota' || after.answer?.outcome === 'refused_quota') &&
		(limit === 0 || slots.length < limit)
	)
		return `The first mark of ${ofTask(marked)} was refused for quota, but only ${slots.length} of ${limit === 0 ? 'unlimited' : limit} slots were in use.`;
	return held !== slots || (limit !== 0 && slots.length >= limit);
}

/** S7, for plain tasks: the slots are counted from the grants, ends, aborts and hours that are seen. */
export const exactQuota: Guarantee<Slots> = {
	id: 'S7',
	name: 'exact-quota',
	kind: 'safety',
	statement:
		"A granted mark takes exactly one slot of the project's quota for 24 hours and gives it back at once when the restart becomes impossible. Never are more slots in use than the limit, and no first mark is refused for quota while fewer are.",
	witness: 'A slot was taken, given back or ran out, or a mark arrived when no slot was free.',
	fairness: null,
	begin: () => [],
	step(slots, moment) {
		const held = slotsAfter(slots, moment);
		return rule(slots, held, judge(slots, held, moment));
	},
	rebase: (slots, hours) => slots.map((slot) => ({ ...slot, hour: slot.hour - hours })),
};
