import type { Observation } from '../vocabulary/observation.ts';
import { holdsOn, indexOfHost, runsOn } from './agents.ts';
import { canFailTask, commandAt, failsTask, planOf, planOn } from './commands.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import { turnAt, wrongTurn } from './flow.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { markBegins } from './marks.ts';
import { scriptAsks } from './scripts.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { ofCommand, ofRef } from './wording.ts';

function markRequests(seen: Observation): number {
	let count = 0;
	for (const message of seen.messages)
		if (message.leg === 'request' && message.route === 'mark') count++;
	return count;
}

/** A mark is called, or a request for one appears, though no command has just failed the task. */
function judgeMark(unnoticed: Unnoticed, moment: Moment): StepFinding {
	const { before, event, after } = moment;
	const caller = markBegins(moment);
	if (caller >= 0) {
		const host = after.hosts[caller];
		const failed =
			event.kind === 'command-ends' && event.host === host?.id
				? failureAt(unnoticed, moment)
				: null;
		if (failed?.flagged === true) return false;
		return failed === null
			? `The agent on host "${host?.id}" asked to restart ${ofRef(host?.execution ?? null)}, but no failure that fails the task had just happened.`
			: `The agent on host "${host?.id}" asked to restart ${ofRef(host?.execution ?? null)}, but ${ofCommand(failed)}, which failed it, has no retry_on_failure.`;
	}
	const poster = event.kind === 'command-ends' ? indexOfHost(before, event.host) : -1;
	const is = after.hosts[poster];
	if (is && scriptAsks(moment, poster) !== null && failureAt(unnoticed, moment) === null)
		return `A script on host "${is.id}" asked to restart ${ofRef(is.execution)}, but its command does not fail the task.`;
	if (before.messages === after.messages) return false;
	if (event.kind === 'message-repeated' || event.kind === 'call-retried') return false;
	if (markRequests(after) > markRequests(before))
		return 'A request to restart a task was sent, but no command had just failed it.';
	return false;
}

/** A flagged command failed, or was cancelled, in a way that must not lead to a mark. */
function wasTempting(moment: Moment): boolean {
	const { setup, before, event, after } = moment;
	if (event.kind === 'background-fails') {
		const ref = before.hosts[indexOfHost(before, event.host)]?.execution;
		const plan = planOf(setup, ref?.task ?? '');
		if (plan === undefined) return false;
		const failed = commandAt(plan, event.position);
		return failed?.flagged === true && !canFailTask(plan, event.position.block);
	}
	const isEnd = event.kind === 'command-ends';
	const passed = before.minute !== after.minute;
	if (!isEnd && event.kind !== 'message-delivered' && !passed) return false;
	for (let index = 0; index < before.hosts.length; index++) {
		const was = before.hosts[index];
		const is = after.hosts[index];
		if (was === undefined || is === undefined || was === is) continue;
		if (was.doing.kind !== 'running' || runsOn(was, is)) continue;
		const plan = planOn(setup, was);
		if (plan === undefined || commandAt(plan, was.doing.position)?.flagged !== true) continue;
		// A command that is cancelled by an abort, or one that fails where it cannot fail the task.
		if (!isEnd) {
			if (holdsOn(was, is)) return true;
			continue;
		}
		return (
			event.outcome !== 'succeeded' && !failsTask(plan, was.doing.position.block, event.outcome)
		);
	}
	return false;
}

/** What can end a command at this moment is an abort. */
const isCancelling = ({ event }: Moment): boolean =>
	event.kind !== 'command-ends' && event.kind !== 'background-fails';

/** S4: the table of blocks and outcomes. That a cause does lead to a mark is L1. */
export const blockMustBeAbleToFail: Guarantee<Unnoticed> = {
	id: 'S4',
	name: 'block-must-be-able-to-fail',
	kind: 'safety',
	statement:
		'Only the failure of a command with retry_on_failure that fails the task leads to a mark: not one in a block that cannot fail the task, and not a command that an abort cancelled. After any other failure its block goes on, or stops where its time ran out.',
	witness: [
		{
			name: 'cannot-fail',
			sentence: 'A command with retry_on_failure failed in a block that cannot fail its task.',
			at: (moment) => !isCancelling(moment) && wasTempting(moment),
		},
		{
			name: 'cancelled',
			sentence: 'A command was cancelled by an abort.',
			at: (moment) =>
				isCancelling(moment) && (wasTempting(moment) || turnAt(moment) === 'cut-short'),
		},
		{
			name: 'succeeds',
			sentence: 'A command succeeded.',
			at: (moment) => turnAt(moment) === 'succeeds',
		},
		{
			name: 'fails',
			sentence: 'A command failed its task.',
			at: (moment) => turnAt(moment) === 'fails',
		},
		{
			name: 'goes-on',
			sentence: 'A command failed where that is no matter.',
			at: (moment) => turnAt(moment) === 'goes-on',
		},
		{
			name: 'stops',
			sentence: 'The time of a block ran out where that is no matter to its task.',
			at: (moment) => turnAt(moment) === 'stops',
		},
		{
			name: 'no-effect',
			sentence: 'An agent heard of an abort after main.',
			at: (moment) => turnAt(moment) === 'no-effect',
		},
	],
	fairness: null,
	begin: () => null,
	step(unnoticed, moment) {
		const turn = wrongTurn(moment) ?? (wasTempting(moment) || turnAt(moment) !== null);
		const finding = worse(judgeMark(unnoticed, moment), turn);
		return rule(unnoticed, unnoticedAfter(unnoticed, moment), finding);
	},
};
