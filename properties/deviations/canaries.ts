import { RULES, type Rules } from '../../impl/server/rules.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';

/** A reference that is broken on purpose: whoever verifies and misses it has verified nothing. */
export interface Canary {
	readonly name: string;
	readonly description: string;
	readonly system: System;
}

const canary = (name: string, description: string, rules: Partial<Rules>): Canary => ({
	name,
	description,
	system: reference({ rules }, `reference, ${name}`),
});

export const CANARIES: readonly Canary[] = [
	canary(
		'count not checked',
		'A task restarts automatically however often it did so before (H28 ii; S1 falls).',
		{ isBudgetSpent: () => false },
	),
	canary(
		'flag not cleared on reset',
		'A restarted execution is still down for a restart when it ends (H02; S12 falls).',
		{
			reset: (ended, startedBy, secret) => ({
				...RULES.reset(ended, startedBy, secret),
				restart_pending: ended.restart_pending,
			}),
		},
	),
	canary(
		'mark accepted without secret',
		'Whoever knows the name of a task can mark it (R2; S8 falls).',
		{
			authenticate: (presented, known) =>
				presented.route === 'mark' && presented.taskSecret === ''
					? { kind: 'live' }
					: RULES.authenticate(presented, known),
		},
	),
];
