import type { Rules } from '../../impl/server/rules.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { markSurvivesReset } from './H02-mark-survives-reset.ts';
import { countNotChecked } from './H28-ii-count-not-checked.ts';
import { whoeverMayMark } from './seeded/marks.ts';

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
		countNotChecked.rules,
	),
	canary(
		'flag not cleared on reset',
		'A restarted execution is still down for a restart when it ends (H02; S12 falls).',
		markSurvivesReset.rules,
	),
	canary(
		'mark accepted without secret',
		'Whoever knows the name of a task can mark it (R2; S8 falls).',
		whoeverMayMark.rules,
	),
];
