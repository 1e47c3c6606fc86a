import { hostSeen } from '../../../system/model-observer.ts';
import { ADMIN_OBEYED, setQuotaPolicy, setUnitPolicy } from '../../../system/parts.ts';
import { shapeOf } from '../../../system/shape.ts';
import { isLate, type PolicyInForce } from '../../../vocabulary/setup.ts';
import { versionsOf } from '../../../vocabulary/versions.ts';
import { hostPlace, quotaPlace, SERVER, unitPlace } from '../sandbox/sandbox.ts';
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
					return [{ label: { ...label, answer: ADMIN_OBEYED }, writes: [state], ...paid }];
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

/** A host that is yet to come registers; one that is there is taken away, within the bounds. */
export function ofMoving(acting: Acting, host: number): RetryRule[] {
	const { sandbox, bounds } = acting;
	const { setup } = sandbox;
	const id = setup.hosts[host] ?? '';
	const paid = costWithin('host-goes', bounds);
	const isMoving = isLate(setup, id) || paid !== null;
	const reads = [SERVER, hostPlace(setup, host)];
	return isMoving
		? [
				{
					reads,
					ask: (states) => {
						const [server = 0, state = 0] = states;
						if (!acting.isUp(server)) return [];
						const { away } = hostSeen(setup, sandbox.tables, host, sandbox.local.host(state), null);
						if (away === 'to-come')
							return [acting.outcome({ kind: 'host-comes', host: id }, reads, states, undefined)];
						return away === undefined && paid !== null
							? [acting.outcome({ kind: 'host-goes', host: id }, reads, states, paid.cost)]
							: [];
					},
				},
			]
		: [];
}
