import { quotaCountsToOne } from './D1a-quota-counts-to-one.ts';
import { quotaCountsTwoAndBeginsAnew } from './D1b-quota-counts-two-and-begins-anew.ts';
import { quotaOffByOne } from './D1c-quota-off-by-one.ts';
import { marksAtOnceAreCountedOnce } from './D1d-marks-at-once-are-counted-once.ts';
import { quotaRefusalIsA500 } from './D1e-quota-refusal-is-a-500.ts';
import { quotaInFixedDays } from './D1f-quota-in-fixed-days.ts';
import { spentSlotIsNeverGivenBack } from './D2-spent-slot-is-never-given-back.ts';
import { nobodyResumesARestart } from './D4-nobody-resumes-a-restart.ts';
import { successRestarts } from './D5-success-restarts.ts';
import { budgetOfEachMember } from './D9-budget-of-each-member.ts';
import { capDropsAGrant } from './D10b-cap-drops-a-grant.ts';
import { groupIgnoresTheCap } from './D10c-group-ignores-the-cap.ts';
import { serverLetsTheMergeQueueRestart } from './D22-server-lets-the-merge-queue-restart.ts';
import type { Deviation } from './deviation.ts';
import { agentMarksAfterAnAbort } from './F1-agent-marks-after-an-abort.ts';
import { blockLimitIsMarked } from './F2-block-limit-is-marked.ts';
import { postedSuccessIsMarked } from './F5-posted-success-is-marked.ts';
import { backgroundIsNotMarked } from './F7-background-is-not-marked.ts';
import { twoMarks } from './F8-two-marks.ts';
import { typeOfTheLastCommand } from './F9-type-of-the-last-command.ts';
import { refusedMarkIsSentAgain } from './F12-refused-mark-is-sent-again.ts';
import { restartAtFirstEnd } from './H01-restart-at-first-end.ts';
import { markSurvivesReset } from './H02-mark-survives-reset.ts';
import { lostMemberLeavesList } from './H04-lost-member-leaves-list.ts';
import { onlyTheMarkedMemberRestarts } from './H07-only-the-marked-member-restarts.ts';
import { versionRestartsOnceForEachThatFailed } from './H08-version-restarts-once-for-each-that-failed.ts';
import { capTooLow } from './H09-cap-too-low.ts';
import { executionNotCountedInUnits } from './H11-execution-not-counted-in-units.ts';
import { resultsSurviveReset } from './H15-results-survive-reset.ts';
import { endedTaskAtTheCapEndsAgain } from './H16-ended-task-at-the-cap-ends-again.ts';
import { whatRunsCannotBeRestarted } from './H17-what-runs-cannot-be-restarted.ts';
import { repairRestartsWhatSucceeded } from './H20-repair-restarts-what-succeeded.ts';
import { runningTaskIsRestarted } from './H21-running-task-is-restarted.ts';
import { abortedTaskIsRepaired } from './H22-aborted-task-is-repaired.ts';
import { abortedTaskEndsAsItsAgentSays } from './H22-ii-aborted-task-ends-as-its-agent-says.ts';
import { abortedTaskIsRestartedBeforeItsEnd } from './H24-aborted-task-is-restarted-before-its-end.ts';
import { dependentsBlockedBeforeTheRestart } from './H26-dependents-blocked-before-the-restart.ts';
import { abortKeepsTheMark } from './H28-i-abort-keeps-the-mark.ts';
import { countNotChecked } from './H28-ii-count-not-checked.ts';
import { secondMemberIsRefused } from './H28-iii-second-member-is-refused.ts';
import { nobodyIsNamed } from './H28-iv-nobody-is-named.ts';
import { capHoldsForUsersToo } from './H29-ii-cap-holds-for-users-too.ts';
import { setupOfTypeSystemIsCapped } from './H29-setup-of-type-system-is-capped.ts';
import { groupWaitsForWhoWillNotRun } from './H31-group-waits-for-who-will-not-run.ts';
import { groupWaitsForThoseBehindAFailure } from './H31-ii-group-waits-for-those-behind-a-failure.ts';
import { flagInAFunctionIgnored } from './H32-flag-in-a-function-ignored.ts';
import { restartsAreTheServers } from './H34-restarts-are-the-servers.ts';
import { restartIsCountedTwice } from './H35-restart-is-counted-twice.ts';
import { restartOfTheFailedRestartsAllThatSucceeded } from './H36-restart-of-the-failed-restarts-all-that-succeeded.ts';
import { oldSecretsAreHonoured } from './H37-old-secrets-are-honoured.ts';
import { quotaIsNotThere } from './H39-quota-is-not-there.ts';
import { mergeQueueGoesOn } from './H41-merge-queue-goes-on.ts';
import { timeOutIsNotMarked } from './H42-time-out-is-not-marked.ts';
import { agentAsksInTheMergeQueue } from './H45-agent-asks-in-the-merge-queue.ts';
import { markActsOnAnOldLook } from './H46-mark-acts-on-an-old-look.ts';
import { markOfAnAbortedTaskIsA500 } from './H51-mark-of-an-aborted-task-is-a-500.ts';
import { memberThatNeverRanIsNotSetUpFor } from './N1-member-that-never-ran-is-not-set-up-for.ts';
import { endedMemberKeepsItsMark } from './P1-ended-member-keeps-its-mark.ts';
import { oneMoreAtTheCap } from './P2-one-more-at-the-cap.ts';
import { wholeRunsOnAfterItsAbort } from './P3-whole-runs-on-after-its-abort.ts';
import { panicIsNotMarked } from './P8-panic-is-not-marked.ts';
import { lateEndEndsTheSecondTry } from './P9-late-end-ends-the-second-try.ts';
import { processOutlivesTheEnd } from './P10-process-outlives-the-end.ts';
import { refusedStartIsSentAgain } from './P11-refused-start-is-sent-again.ts';
import { ageCountsFromDispatch } from './P13-age-counts-from-dispatch.ts';
import { failuresAtOncePassTheLimit } from './P17-failures-at-once-pass-the-limit.ts';
import { repairsUseUpTheRetries } from './P22-repairs-use-up-the-retries.ts';
import { twoServersActOnOneLook } from './P24-two-servers-act-on-one-look.ts';
import { failureIsShownBeforeTheRetry } from './P26-failure-is-shown-before-the-retry.ts';
/** All deviations, those of the history first. */
export const DEVIATIONS: readonly Deviation[] = [
	restartAtFirstEnd,
	markSurvivesReset,
	lostMemberLeavesList,
	onlyTheMarkedMemberRestarts,
	versionRestartsOnceForEachThatFailed,
	capTooLow,
	executionNotCountedInUnits,
	resultsSurviveReset,
	endedTaskAtTheCapEndsAgain,
	whatRunsCannotBeRestarted,
	repairRestartsWhatSucceeded,
	runningTaskIsRestarted,
	abortedTaskIsRepaired,
	abortedTaskEndsAsItsAgentSays,
	abortedTaskIsRestartedBeforeItsEnd,
	dependentsBlockedBeforeTheRestart,
	abortKeepsTheMark,
	countNotChecked,
	secondMemberIsRefused,
	nobodyIsNamed,
	setupOfTypeSystemIsCapped,
	capHoldsForUsersToo,
	groupWaitsForWhoWillNotRun,
	groupWaitsForThoseBehindAFailure,
	flagInAFunctionIgnored,
	restartsAreTheServers,
	restartIsCountedTwice,
	restartOfTheFailedRestartsAllThatSucceeded,
	oldSecretsAreHonoured,
	quotaIsNotThere,
	mergeQueueGoesOn,
	timeOutIsNotMarked,
	agentAsksInTheMergeQueue,
	markActsOnAnOldLook,
	markOfAnAbortedTaskIsA500,
	quotaCountsToOne,
	quotaCountsTwoAndBeginsAnew,
	quotaOffByOne,
	marksAtOnceAreCountedOnce,
	quotaRefusalIsA500,
	quotaInFixedDays,
	spentSlotIsNeverGivenBack,
	nobodyResumesARestart,
	successRestarts,
	budgetOfEachMember,
	capDropsAGrant,
	groupIgnoresTheCap,
	serverLetsTheMergeQueueRestart,
	agentMarksAfterAnAbort,
	blockLimitIsMarked,
	postedSuccessIsMarked,
	backgroundIsNotMarked,
	twoMarks,
	typeOfTheLastCommand,
	refusedMarkIsSentAgain,
	endedMemberKeepsItsMark,
	oneMoreAtTheCap,
	wholeRunsOnAfterItsAbort,
	panicIsNotMarked,
	lateEndEndsTheSecondTry,
	processOutlivesTheEnd,
	refusedStartIsSentAgain,
	ageCountsFromDispatch,
	failuresAtOncePassTheLimit,
	repairsUseUpTheRetries,
	twoServersActOnOneLook,
	failureIsShownBeforeTheRetry,
	memberThatNeverRanIsNotSetUpFor,
];
