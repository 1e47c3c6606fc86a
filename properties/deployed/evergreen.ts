import type { AgentRules } from '../../impl/agent/rules.ts';
import { slotsInUse } from '../../impl/server/quota.ts';
import { RULES, type Rules } from '../../impl/server/rules.ts';
import type { TaskRecord } from '../../impl/store/store.ts';
import { quotaRefusalIsA500 } from '../deviations/D1e-quota-refusal-is-a-500.ts';
import { spentSlotIsNeverGivenBack } from '../deviations/D2-spent-slot-is-never-given-back.ts';
import { nobodyResumesARestart } from '../deviations/D4-nobody-resumes-a-restart.ts';
import { successRestarts } from '../deviations/D5-success-restarts.ts';
import { serverLetsTheMergeQueueRestart } from '../deviations/D22-server-lets-the-merge-queue-restart.ts';
import { typeOfTheLastCommand } from '../deviations/F9-type-of-the-last-command.ts';
import { refusedMarkIsSentAgain } from '../deviations/F12-refused-mark-is-sent-again.ts';
import { memberThatNeverRanIsNotSetUpFor } from '../deviations/N1-member-that-never-ran-is-not-set-up-for.ts';
import { failureIsShownBeforeTheRetry } from '../deviations/P26-failure-is-shown-before-the-retry.ts';

const isSingleHostGroup = ({ place }: TaskRecord): boolean => place?.group?.hosts === 1;

/** The app server of evergreen-ci/evergreen as read at commit 953ae91: all rows that can be told together. */
export const SERVER_RULES: Partial<Rules> = {
	...quotaRefusalIsA500.rules,
	...spentSlotIsNeverGivenBack.rules,
	...nobodyResumesARestart.rules,
	...successRestarts.rules,
	...serverLetsTheMergeQueueRestart.rules,
	...failureIsShownBeforeTheRetry.rules,
	// D1a, D1c, D1f: the count never exceeds one, the last one is not given, and a day begins with its first restart.
	isQuotaSpent: ({ slots }, { daily_limit }, now_ms) =>
		daily_limit > 0 && Math.min(slotsInUse(slots, now_ms), 1) + 1 >= Math.max(daily_limit, 2),
	// D9: the count of a single-host group is kept by each of its members.
	isBudgetSpent: (first, policy, task) =>
		RULES.isBudgetSpent(isSingleHostGroup(task) ? task : first, policy, task),
	// D10a, D10b, D10c: a mark is granted whatever the cap, which is looked at when the task ends, and of no group.
	isAtCap: () => false,
	keeps: async (granted, heeded) =>
		isSingleHostGroup(granted) ||
		(!RULES.isAtCap(granted, await heeded()) &&
			(granted.details?.type !== 'system' || granted.execution === 0)),
};

/** Its agent: whatever stops a flagged command is a cause, but for those in the background. */
export const DEPLOYED_AGENT_RULES: Partial<AgentRules> = {
	...typeOfTheLastCommand.agentRules,
	// F1, F2, F5, F7.
	isCause: (finished) =>
		finished.command.retry_on_failure &&
		!finished.command.background &&
		(finished.consequence !== 'goes-on' || finished.outcome === 'killed'),
	// F8, F12: a second failure asks again, and a refusal too.
	asksAgain: () => true,
	...refusedMarkIsSentAgain.agentRules,
	...memberThatNeverRanIsNotSetUpFor.agentRules,
	// F13: a refused heartbeat is no matter to it.
	isLost: () => false,
};
