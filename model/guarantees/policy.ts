import type { PolicyInForce } from '../vocabulary/setup.ts';
import type { Moment } from './guarantee.ts';

/** Whether an admin's change of the policy is accepted at this moment. */
const isChanged = ({ event, after }: Moment): boolean =>
	event.kind === 'policy-changes' && after.answer?.status === 200;

/**
 * The policy that counts is the one at the grant, so what counts of it is what the last admin said whose change was
 * accepted, and nobody else changes it. One sentence about the first of these keys of which that is not true.
 */
export function wrongPolicy(moment: Moment, keys: readonly (keyof PolicyInForce)[]): string | null {
	const { before, event, after } = moment;
	if (before.policy === after.policy && event.kind !== 'policy-changes') return null;
	const told = event.kind === 'policy-changes' && isChanged(moment) ? event.policy : before.policy;
	const wrong = keys.find((key) => after.policy[key] !== told[key]);
	return wrong === undefined
		? null
		: `By what the admins said last ${wrong} is ${told[wrong]}, but ${after.policy[wrong]} is in force.`;
}
