import type { PolicyInForce } from '../vocabulary/setup.ts';
import { placeOf, policySeen, versionsOf } from '../vocabulary/versions.ts';
import type { Moment } from './guarantee.ts';

/** An admin changes a policy: what is in force then is put to the test. */
export const isPolicyChange = ({ event }: Moment): boolean => event.kind === 'policy-changes';

/** What an admin says of the policy of a project at this moment, and is accepted; null: nothing. */
function saidOf({ setup, event, after }: Moment, project: number): PolicyInForce | null {
	if (event.kind !== 'policy-changes' || after.answer?.status !== 200) return null;
	return placeOf(versionsOf(setup).projects, event.project) === project ? event.policy : null;
}

/**
 * The policy that counts is the one at the grant, so what counts of it is what the last admin said whose change was
 * accepted, and nobody else changes it, nor an admin who changes that of another project. One sentence about the first
 * of these keys of which that is not true.
 */
export function wrongPolicy(moment: Moment, keys: readonly (keyof PolicyInForce)[]): string | null {
	const { setup, before, event, after } = moment;
	if (
		before.policy === after.policy &&
		before.other_projects === after.other_projects &&
		event.kind !== 'policy-changes'
	)
		return null;
	const { projects } = versionsOf(setup);
	for (const [place, { id }] of projects.entries()) {
		const told = saidOf(moment, place) ?? policySeen(before, place);
		const now = policySeen(after, place);
		const wrong = keys.find((key) => now[key] !== told[key]);
		const of = projects.length === 1 ? '' : ` of project "${id}"`;
		if (wrong !== undefined)
			return `By what the admins said last ${wrong}${of} is ${told[wrong]}, but ${now[wrong]} is in force.`;
	}
	return null;
}
