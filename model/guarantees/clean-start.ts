import type { TaskObservation } from '../vocabulary/observation.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { witnessed } from './situation.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import { ofTask } from './wording.ts';

/** What is left of the execution before, or null. */
function leftover(is: TaskObservation): string | null {
	if (is.status !== 'undispatched') return `the status ${is.status}`;
	if (is.mark !== 'none') return `the mark ${is.mark}`;
	if (is.restart_pending || is.repair_pending) return 'a pending restart';
	if (is.aborted) return 'an abort';
	if (is.details !== null) return 'details';
	if (is.remarks !== undefined) return 'what was said in it';
	if (is.host !== null) return `the host "${is.host}"`;
	if (is.dispatched_minute !== null || is.ended_minute !== null) return 'times';
	return null;
}

function judge({ after }: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	const begins = is.execution !== was.execution;
	if (!begins && is.secret !== was.secret)
		return `${ofTask(is)} got another secret, though it was not restarted.`;
	// It is clean until it is dispatched, not only at first.
	if (!begins && (is.execution === 0 || is.status !== 'undispatched')) return false;
	const left = leftover(is);
	if (left !== null) return `${ofTask(is)} should start clean, but it starts with ${left}.`;
	if (!begins) return false;
	// Secrets are numbered as they appear, so a new one has a higher number than all before it.
	if (is.secret <= was.secret)
		return `${ofTask(is)} should have a new secret, but it has one that the task had before.`;
	for (const { id, assigned } of after.hosts)
		if (assigned?.task === is.id)
			return `${ofTask(is)} should start clean, but host "${id}" is still taken by execution ${assigned.execution}.`;
	return true;
}

/** S12. */
export const cleanStart: Guarantee<null> = {
	id: 'S12',
	name: 'clean-start',
	kind: 'safety',
	statement:
		'A restarted execution starts with no mark, no abort, no status, no details and nothing that was said in it left from the one before, and with a new secret.',
	witness: witnessed('A task was restarted.'),
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		return rule(memory, memory, eachTask(moment, judge));
	},
};
