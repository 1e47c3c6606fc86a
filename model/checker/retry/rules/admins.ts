import { POLICY_CHANGED, setQuotaPolicy, setUnitPolicy } from '../../../system/parts.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { PolicyInForce } from '../../../vocabulary/setup.ts';
import { versionsOf } from '../../../vocabulary/versions.ts';
import { quotaPlace, SERVER, unitPlace } from '../sandbox/sandbox.ts';
import { type Acting, labelled, type RetryRule } from './acting.ts';
import { costWithin } from './explored.ts';

/** What admins can change the policy to: quota and units heed it from the same step on. */
export function ofAdmins(acting: Acting): RetryRule[] {
	const { sandbox, bounds } = acting;
	const paid = costWithin('policy-changes', bounds);
	if (paid === null) return [];
	const { setup } = sandbox;
	return versionsOf(setup).projects.flatMap(({ id, policy: heeded }, project) =>
		(bounds.policies ?? []).map((change): RetryRule => {
			const policy: PolicyInForce = { ...heeded, ...change };
			const of = project === 0 ? {} : { project: id };
			const event = { kind: 'policy-changes', ...of, policy } as const;
			const units = shapeOf(setup).units.filter((unit) => unit.project === project);
			return {
				reads: [SERVER],
				ask: ([state = 0]) => {
					if (!acting.isUp(state)) return [];
					const { label } = labelled(event, [], []);
					return [{ label: { ...label, answer: POLICY_CHANGED }, writes: [state], ...paid }];
				},
				parts: [
					acting.part(event, [quotaPlace(setup, project)], 0, (system) =>
						setQuotaPolicy(system, project, policy),
					),
					...units.map(({ unit }) =>
						acting.part(event, [unitPlace(unit)], 0, (system) =>
							setUnitPolicy(system, unit, policy),
						),
					),
				],
			};
		}),
	);
}
