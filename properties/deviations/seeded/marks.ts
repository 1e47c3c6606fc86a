import { slotsInUse } from '../../../impl/server/quota.ts';
import { RULES } from '../../../impl/server/rules.ts';
import { listOthers } from '../../../impl/server/unit.ts';
import type { Fault } from '../../systems/fault.ts';

/** Who marks so needs no secret: one of the canaries. */
export const whoeverMayMark = {
	id: 'whoever has no secret may mark',
	where: 'task FORGED',
	breaks: ['S8'],
	rules: {
		authenticate: (shown, known) =>
			shown.route === 'mark' && shown.taskSecret === ''
				? { kind: 'live' }
				: RULES.authenticate(shown, known),
	},
	toured: { by: 'attackers', breaks: null },
	told: 'seldom',
} satisfies Fault;

/** Marks, and what bounds them. */
export const MARKS: readonly Fault[] = [
	{
		id: 'the cap is not looked at',
		where: 'unit JOIN at cap',
		breaks: ['S1'],
		rules: { isAtCap: () => false },
		toured: { by: 'limits-late', breaks: null, far: true },
		told: 'seldom',
	},
	{
		id: 'a member that joins a list is not asked for the cap',
		where: 'unit JOIN at cap',
		breaks: ['S1'],
		rules: {
			heeded: async (tx, started, task) => {
				const policy = await RULES.heeded(tx, started, task);
				return RULES.joins(await listOthers(tx, task))
					? { ...policy, execution_cap: Number.POSITIVE_INFINITY }
					: policy;
			},
		},
		// It takes a policy that changes between two marks of one unit.
		toured: { by: 'overlap-cap', breaks: 'S1' },
	},
	{
		id: 'the budget is one too high',
		where: 'unit JOIN no budget',
		breaks: ['S1'],
		rules: {
			isBudgetSpent: (first, policy) => first.automatic_restarts > policy.max_automatic_restarts,
		},
		toured: { by: 'quota', breaks: 'S1', far: true },
		told: 'soon',
	},
	{
		id: 'the quota is one too high',
		where: 'quota TAKE full',
		breaks: ['S7'],
		rules: {
			isQuotaSpent: (project, policy, now) =>
				policy.daily_limit > 0 && slotsInUse(project.slots, now) > policy.daily_limit,
		},
		toured: { by: 'quota', breaks: 'S7', far: true },
	},
	{
		id: 'slots are never free again',
		where: 'quota HOURS',
		breaks: ['S7'],
		rules: {
			isQuotaSpent: (project, policy) =>
				policy.daily_limit > 0 && project.slots.length >= policy.daily_limit,
		},
		toured: { by: 'quota', breaks: 'S7', far: true },
	},
	{
		id: 'a full quota is refused as anything else',
		where: 'unit FULL',
		breaks: [],
		rules: { statusOf: () => 400 },
		toured: { by: 'quota', breaks: null, far: true },
	},
	{
		id: 'a member always joins',
		where: 'unit JOIN unmarked',
		breaks: ['S1'],
		rules: { joins: () => true },
		toured: { by: 'quota', breaks: 'S1', far: true },
		told: 'soon',
	},
	whoeverMayMark,
	{
		id: 'any request is taken for authentic',
		where: 'task DECIDE',
		breaks: ['S8'],
		elsewhere: ['S5'],
		rules: { authenticate: () => ({ kind: 'live' }) },
		told: 'seldom',
	},
	{
		id: 'the cap is one too low',
		where: 'unit JOIN at cap',
		breaks: ['L1'],
		rules: { isAtCap: (task, policy) => task.execution >= policy.execution_cap - 1 },
		told: 'soon',
	},
	{
		id: 'the budget is one too small',
		where: 'unit JOIN no budget',
		breaks: ['L1'],
		rules: {
			isBudgetSpent: (first, policy) =>
				first.automatic_restarts >= policy.max_automatic_restarts - 1,
		},
		told: 'soon',
	},
	{
		id: 'the quota is spent at once',
		where: 'quota TAKE full',
		breaks: ['S7'],
		rules: { isQuotaSpent: (_, policy) => policy.daily_limit > 0 },
		told: 'soon',
	},
	{
		id: 'a refusal for quota is answered 503',
		where: 'quota TAKE full',
		breaks: ['S14'],
		rules: { statusOf: () => 503 },
		told: 'soon',
	},
	{
		id: 'a member that joins a list is told that it was granted before',
		where: 'unit JOIN',
		breaks: ['S10'],
		rules: { grantedAs: (joins) => (joins ? 'already_granted' : 'granted') },
		told: 'seldom',
	},
	{
		id: 'a budget that came to nothing is not given back',
		where: 'unit WITHDRAWN',
		breaks: ['S13'],
		rules: { givesBack: (what) => what === 'slot' },
		told: 'seldom',
	},
	{
		id: 'a mark of an older execution counts for the live one',
		where: 'task MARK',
		breaks: ['S9', 'S10'],
		elsewhere: ['S8'],
		rules: {
			authenticate: (shown, known) => {
				const found = RULES.authenticate(shown, known);
				return shown.route === 'mark' && found.kind === 'archived' ? { kind: 'live' } : found;
			},
		},
		told: 'seldom',
	},
	{
		id: 'a slot is shown as in use for ever',
		where: 'quota MINUTES',
		breaks: ['S7'],
		rules: { slotsInUse: (slots) => slots.length },
		told: 'seldom',
	},
];
