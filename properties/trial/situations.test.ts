import { expect, test } from 'vitest';
import { SITUATIONS, WITNESSES } from '../../model/guarantees/situations.ts';
import { model } from '../systems/model.ts';
import { playScenario } from './play-scenario.ts';

/** A scenario that reaches each situation that is no witness. */
const REACHED_BY: Readonly<Record<string, string>> = {
	'abort-after-grant-started': 'an-abort-after-the-grant-withdraws-it',
	'abort-after-grant-failed': 'an-abort-of-a-display-task-reaches-a-member-that-has-ended',
	'crash-before-restart-plain': 'a-users-restart-overtakes-the-pending-one',
	'crash-before-restart-unit': 'a-crash-between-the-end-and-the-restart-of-a-display-task',
	'dependent-before-restart': 'a-dependent-of-a-member-of-a-group-waits-through-its-restart',
	'dependent-after-restart': 'a-dependent-of-a-member-of-a-group-waits-through-its-restart',
	'last-member-lost': 'the-last-member-that-is-lost-restarts-what-a-mark-promised',
	'late-message-undispatched': 'a-crash-between-the-end-and-the-restart-of-a-display-task',
	'late-message-dispatched': 'a-late-end-finds-the-next-execution-dispatched',
	'late-message-started': 'a-late-mark-of-the-previous-execution-is-refused',
	'late-message-success': 'a-late-end-finds-the-next-execution-successful',
	'late-message-failed': 'a-late-end-finds-the-next-execution-failed',
};

/** A scenario in which each half is put to the test, and at how many of its events: at all others it is not. */
const HALVES: Readonly<Record<string, readonly [scenario: string, events: number]>> = {
	'S1 budget': ['a-mark-that-is-held-is-decided-by-the-policy-at-its-commit', 1],
	'S1 cap': ['the-execution-cap-stops-automatic-restarts', 1],
	'S1 counted': ['any-process-on-the-host-asks-through-the-local-api', 1],
	'S1 user': ['a-users-restart-overtakes-the-pending-one', 1],
	'S1 policy': ['a-mark-that-is-held-is-decided-by-the-policy-at-its-commit', 1],
	'S2 failed': ['a-lost-host-without-a-mark-is-not-restarted', 1],
	'S2 success': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S2 granted': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'S3 ended': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S3 not-listed': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S3 aborted': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S3 withdrawn': ['an-abort-while-the-end-is-on-its-way-stops-the-restart', 1],
	'S3 late-mark': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S3 repaired': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'S4 cannot-fail': ['a-block-that-cannot-fail-its-task-stops-at-its-time-limit', 1],
	'S4 cancelled': ['an-abort-during-a-flagged-command-is-no-cause', 1],
	'S4 succeeds': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S4 fails': ['a-command-for-another-variant-does-not-run', 1],
	'S4 goes-on': ['a-failure-in-pre-without-the-switch-goes-on', 1],
	'S4 stops': ['a-block-that-cannot-fail-its-task-stops-at-its-time-limit', 1],
	'S4 no-effect': ['an-abort-while-post-runs-changes-nothing', 1],
	'S5 restart': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'S5 waits': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'S5 end-sent': ['a-host-that-is-cut-off-kills-what-runs-in-the-background', 1],
	'S5 in-progress': ['a-mark-that-nobody-answers-is-given-up-after-a-minute', 1],
	'S5 fence': ['a-lost-host-without-a-mark-is-not-restarted', 1],
	'S5 before-fence': ['a-host-that-is-cut-off-kills-what-runs-in-the-background', 1],
	'S6 failed': ['the-merge-queue-is-never-restarted', 1],
	'S6 arrived': ['a-mark-before-the-start-is-refused-in-the-merge-queue', 1],
	'S6 lost': ['a-lost-task-of-the-merge-queue-is-not-repaired', 1],
	'S6 ended': ['a-lost-task-of-the-merge-queue-is-not-repaired', 1],
	'S7 taken': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'S7 joined': ['two-members-whose-marks-overlap-take-one-slot', 1],
	'S7 given-back': ['an-abort-while-the-end-is-on-its-way-stops-the-restart', 1],
	'S7 ran-out': ['a-slot-is-free-to-the-minute-after-a-day', 1],
	'S7 none-free': ['two-versions-of-one-project-share-its-limit', 1],
	'S7 policy': ['a-mark-that-is-held-is-decided-by-the-policy-at-its-commit', 1],
	S8: ['any-process-on-the-host-asks-through-the-local-api', 1],
	'S9 late': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'S9 live': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'S10 mark': ['a-lost-mark-reply-costs-nothing', 1],
	'S10 first-mark': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S10 start': ['a-refused-start-is-not-sent-again', 1],
	'S10 end': ['an-end-that-is-held-comes-after-the-monitor', 1],
	'S10 void-end': ['an-end-that-comes-again-after-an-hour-is-refused', 1],
	'S10 heartbeat': ['what-arrives-after-the-end-changes-nothing', 1],
	'S10 abort': ['a-display-task-that-is-aborted-gives-slot-and-budget-back', 1],
	'S10 next': ['a-refused-start-is-not-sent-again', 1],
	S11: ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	S12: ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'S13 user': ['a-users-restart-that-is-held-finds-the-execution-older', 1],
	'S13 came-to-nothing': ['an-abort-while-the-end-is-on-its-way-stops-the-restart', 1],
	'S13 counted': ['any-process-on-the-host-asks-through-the-local-api', 1],
	'S13 repair': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'S14 answered': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S14 waited': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S14 sent': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S14 refused': ['a-refused-start-is-not-sent-again', 1],
	'S15 posted': ['a-status-posted-in-the-setup-of-a-group-stops-it', 1],
	'S15 invalid': ['an-invalid-posted-status-is-a-system-failure', 1],
	'S15 failed': ['a-command-for-another-variant-does-not-run', 1],
	'S15 succeeded': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S15 reported': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S15 lost': ['a-lost-host-without-a-mark-is-not-restarted', 1],
	'S15 aborted': ['a-mark-that-is-held-comes-after-the-abort', 1],
	S16: ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'S17 not-finished': ['a-users-restart-that-is-held-finds-the-execution-older', 1],
	'S17 overtaken': ['a-users-restart-overtakes-the-pending-one', 1],
	'S17 end-again': ['a-group-member-that-is-blocked-by-a-failure-is-not-archived', 1],
	'S18 first': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S18 second': ['an-end-that-is-held-comes-after-the-monitor', 1],
	'S18 aborted': ['an-aborted-execution-that-is-lost-ends-as-aborted', 1],
	'S19 mark': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'S19 user': ['a-users-restart-that-is-held-finds-the-execution-older', 1],
	'S19 repair': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'S20 silent': ['a-lost-host-without-a-mark-is-not-restarted', 1],
	'S20 aborted': ['an-aborted-execution-that-is-lost-ends-as-aborted', 1],
	'S20 later': ['the-monitor-ends-only-what-has-been-silent', 1],
	'S20 not-silent': ['a-heartbeat-comes-before-the-monitor-that-is-held', 1],
	'S21 task': ['a-mark-that-is-held-comes-after-the-abort', 1],
	'S21 display-task': ['an-abort-of-a-display-task-sets-free-what-a-restart-held-back', 1],
	'S21 nothing': ['an-abort-takes-back-a-restart-that-a-crash-left-undone', 1],
	'S21 version': ['an-abort-of-one-version-leaves-the-other-alone', 1],
	'S21 merge-queue': ['a-failure-in-the-merge-queue-aborts-its-own-version-only', 1],
	'S22 goes-on': ['any-process-on-the-host-asks-through-the-local-api', 1],
	'S22 final': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'S22 in-progress': ['a-refused-start-is-not-sent-again', 1],
	'S22 not-begun': ['two-members-whose-marks-overlap-take-one-slot', 1],
	S23: ['a-failure-in-the-setup-of-a-group-with-the-switch-is-a-cause', 1],
	'L1 failed': ['a-script-that-hit-its-time-limit-asks-nobody', 1],
	'L1 granted': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'L2 dispatched': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'L2 lost': ['a-lost-host-without-a-mark-is-not-restarted', 1],
	'L3 heartbeat': ['an-abort-during-a-flagged-command-is-no-cause', 1],
	'L3 failed': ['an-unflagged-failure-in-the-setup-of-a-group-fails-the-task', 1],
	'L3 timed-out': ['what-the-timeout-block-leaves-running-is-gone-before-the-end', 1],
	'L3 aborted': ['an-abort-during-a-flagged-command-is-no-cause', 1],
	'L3 succeeded': ['a-status-posted-in-the-setup-of-a-group-stops-it', 1],
	'L4 answered': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'L4 gave-up': ['an-end-that-is-held-comes-after-the-monitor', 1],
	'L5 first': ['two-hosts-that-ask-at-once-are-given-a-task-once', 1],
	'L5 restarted': ['a-leaked-service-key-marks-a-task-that-never-asked', 1],
	'L6 lost': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'L6 repaired': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'L6 policy': ['a-mark-that-is-held-is-decided-by-the-policy-at-its-commit', 1],
	C1: ['a-command-for-another-variant-does-not-run', 1],
	'C2 call': ['the-flag-counts-inside-a-function-and-not-on-its-call', 3],
	'C2 member': ['a-flaky-download-in-a-real-project-file', 1],
	C3: ['a-command-for-another-variant-does-not-run', 1],
	'C4 automatic': ['a-group-member-that-is-blocked-by-a-failure-is-not-archived', 1],
	'C4 user': ['a-crash-does-not-lose-a-restart-when-finished', 1],
	'C4 failed-only': ['what-failed-of-a-display-task-is-restarted-when-it-is-finished', 1],
	'C4 repair': ['a-dependent-waits-while-a-lost-member-is-to-be-repaired', 1],
	'C5 asked': ['an-abort-takes-back-a-restart-that-a-crash-left-undone', 1],
	'C5 at-once': ['a-restart-when-finished-that-is-held-finds-it-finished', 1],
	'C5 void': ['a-restart-when-finished-that-is-held-finds-it-finished', 1],
	'C5 done': ['a-task-that-runs-is-restarted-when-it-is-finished', 1],
	'C5 taken-back': ['an-abort-takes-back-a-restart-that-a-crash-left-undone', 1],
};

async function situationsIn(scenario: string): Promise<ReadonlyMap<string, number>> {
	const played = await playScenario([model()], `scenarios/stories/${scenario}.yml`);
	if (played.kind !== 'played') throw new Error(`${scenario} was ${played.kind}`);
	return played.result.situations;
}

test('every half is put to the test by some events of a scenario, and by no others', async () => {
	expect(Object.keys(HALVES)).toEqual(WITNESSES.map(({ name }) => name));
	const played = new Map<string, ReadonlyMap<string, number>>();
	for (const [name, [scenario, events]] of Object.entries(HALVES)) {
		const reached = played.get(scenario) ?? (await situationsIn(scenario));
		played.set(scenario, reached);
		expect([name, reached.get(name)]).toEqual([name, events]);
	}
});

test('every situation that is no witness is reached by a scenario', async () => {
	const narrower = SITUATIONS.filter((one) => !WITNESSES.includes(one)).map(({ name }) => name);
	expect(Object.keys(REACHED_BY)).toEqual(narrower);
	for (const [name, scenario] of Object.entries(REACHED_BY))
		expect([...(await situationsIn(scenario)).keys()], scenario).toContain(name);
});

test('a story in which nothing goes wrong reaches none of them', async () => {
	const reached = await situationsIn('a-transient-clone-failure-is-retried-once');
	for (const name of Object.keys(REACHED_BY)) expect(reached.has(name), name).toBe(false);
	expect(reached.get('L1 granted')).toBe(1);
});
