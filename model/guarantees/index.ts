import { abortReachesAll } from './abort-reaches-all.ts';
import { agentMovesOn } from './agent-moves-on.ts';
import { attributed } from './attributed.ts';
import { authenticMarks } from './authentic-marks.ts';
import { blockMustBeAbleToFail } from './block-must-be-able-to-fail.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { budgetsAreSeparate } from './budgets-are-separate.ts';
import { cleanStart } from './clean-start.ts';
import { dependentsSeeFinalStatus } from './dependents-see-final-status.ts';
import { displayTaskRestart } from './display-task-restart.ts';
import { everyExecutionEnds } from './every-execution-ends.ts';
import { exactQuota } from './exact-quota.ts';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import { flagDefault } from './flag-default.ts';
import { flagOnCommands } from './flag-on-commands.ts';
import { groupStartsClean } from './group-starts-clean.ts';
import type { Guarantee } from './guarantee.ts';
import { historyIsKept } from './history-is-kept.ts';
import { idempotent } from './idempotent.ts';
import { justifiedEnd } from './justified-end.ts';
import { marksNeverBlock } from './marks-never-block.ts';
import { mergeQueueExcluded } from './merge-queue-excluded.ts';
import { noFlapping } from './no-flapping.ts';
import { noRestartAfterAbort } from './no-restart-after-abort.ts';
import { oneEnd } from './one-end.ts';
import { oneRestartPerEnd } from './one-restart-per-end.ts';
import { postAlwaysRuns } from './post-always-runs.ts';
import { promisedRepair } from './promised-repair.ts';
import { promisedRestart } from './promised-restart.ts';
import { readyWorkRuns } from './ready-work-runs.ts';
import { restartAfterEnd } from './restart-after-end.ts';
import { restartHasCause } from './restart-has-cause.ts';
import { restartWhenFinished } from './restart-when-finished.ts';
import { statusPrecedence } from './status-precedence.ts';
import { variantsSkip } from './variants-skip.ts';

/** All guarantees, in the order of the spec. */
export const guarantees: readonly Guarantee[] = [
	boundedRestarts,
	restartHasCause,
	noRestartAfterAbort,
	blockMustBeAbleToFail,
	restartAfterEnd,
	mergeQueueExcluded,
	exactQuota,
	authenticMarks,
	executionsAreIsolated,
	idempotent,
	historyIsKept,
	cleanStart,
	budgetsAreSeparate,
	marksNeverBlock,
	statusPrecedence,
	dependentsSeeFinalStatus,
	oneRestartPerEnd,
	oneEnd,
	attributed,
	justifiedEnd,
	abortReachesAll,
	noFlapping,
	groupStartsClean,
	promisedRestart,
	everyExecutionEnds,
	postAlwaysRuns,
	agentMovesOn,
	readyWorkRuns,
	promisedRepair,
	flagDefault,
	flagOnCommands,
	variantsSkip,
	displayTaskRestart,
	restartWhenFinished,
];
