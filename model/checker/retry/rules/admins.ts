import { POLICY_CHANGED, setQuotaPolicy, setUnitPolicy } from '../../../system/parts.ts';
import { shapeOf } from '../../../system/shape.ts';
import { heededOf, type PolicyInForce } from '../../../vocabulary/setup.ts';
import { QUOTA, SERVER, unitPlace } from '../sandbox/sandbox.ts';
import { type Acting, labelled, type RetryRule } from './acting.ts';
import { costWithin } from './explored.ts';

/** What admins can change the policy to: quota and units heed it from the same step on. */
export function ofAdmins(acting: Acting): RetryRule[] {
	const { sandbox, bounds } = acting;
	const paid = costWithin('policy-changes', bounds);
	if (paid === null) return [];
	const { units } = shapeOf(sandbox.setup);
	const heeded = heededOf(sandbox.setup.policy);
	return (bounds.policies ?? []).map((change): RetryRule => {
		const policy: PolicyInForce = { ...heeded, ...change };
		const event = { kind: 'policy-changes', policy } as const;
		return {
			reads: [SERVER],
			ask: ([state = 0]) => {
				if (!acting.isUp(state)) return [];
				const { label } = labelled(event, [], []);
				return [{ label: { ...label, answer: POLICY_CHANGED }, writes: [state], ...paid }];
			},
			parts: [
				acting.part(event, [QUOTA], 0, (system) => setQuotaPolicy(system, policy)),
				...units.map(({ unit }) =>
					acting.part(event, [unitPlace(unit)], 0, (system) => setUnitPolicy(system, unit, policy)),
				),
			],
		};
	});
}
