import { commandAt, type PlannedCommand, planOf } from './commands.ts';
import type { Moment } from './guarantee.ts';

/**
 * The flagged command on a host that fails by itself at this moment, when its script has posted a
 * request for a restart before it exited; null where there is none. That it has, shows in what the
 * agent holds then.
 */
export function scriptAsks(
	{ setup, before, event, after }: Moment,
	host: number,
): PlannedCommand | null {
	if (event.kind !== 'command-ends' || event.outcome !== 'failed') return null;
	const was = before.hosts[host];
	if (after.hosts[host]?.posted?.retryable !== true || was?.doing.kind !== 'running') return null;
	const plan = planOf(setup, was.execution?.task ?? '');
	const command = plan === undefined ? null : commandAt(plan, was.doing.position);
	return command?.flagged === true ? command : null;
}
