import type { Observation } from '../vocabulary/observation.ts';
import { indexOfHost } from './agents.ts';
import { canFailTask, commandAt, failsTask, planOn } from './commands.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import { turnAt, wrongTurn } from './flow.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { markCaller } from './marks.ts';
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
	const caller = markCaller(moment);
	if (caller !== undefined) {
		const failed =
			event.kind === 'command-ends' && event.host === caller.id
				? failureAt(unnoticed, moment)
				: null;
		if (failed?.flagged === true) return false;
		return failed === null
			? `The agent on host "${caller.id}" asked to restart ${ofRef(caller.execution)}, but no failure that fails the task had just happened.`
			: `The agent on host "${caller.id}" asked to restart ${ofRef(caller.execution)}, but ${ofCommand(failed)}, which failed it, has no retry_on_failure.`;
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

/** A flagged command failed in a way that must not lead to a mark. */
function wasTempting({ setup, before, event }: Moment): boolean {
	if (event.kind !== 'background-fails' && event.kind !== 'command-ends') return false;
	const host = before.hosts[indexOfHost(before, event.host)];
	const plan = host && planOn(setup, host);
	if (plan === undefined) return false;
	if (event.kind === 'background-fails') {
		const { position } = event;
		return commandAt(plan, position)?.flagged === true && !canFailTask(plan, position.block);
	}
	if (host?.doing.kind !== 'running' || event.outcome === 'succeeded') return false;
	const { position } = host.doing;
	if (commandAt(plan, position)?.flagged !== true) return false;
	return !failsTask(plan, position.block, event.outcome);
}

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
			at: wasTempting,
		},
		{
			name: 'cancelled',
			sentence: 'A command was cancelled by an abort.',
			at: (moment) => turnAt(moment) === 'cut-short',
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
