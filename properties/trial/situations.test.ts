import { expect, test } from 'vitest';
import { SITUATIONS, WITNESSES } from '../../model/guarantees/situations.ts';
import { model } from '../systems/model.ts';
import { HALVES } from '../testing/halves.ts';
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
	'success-after-grant': 'a-success-posted-by-a-failing-task-gives-the-slot-back',
	'background-noticed': 'a-flagged-background-command-that-fails-is-retried',
	'later-execution-granted': 'a-users-restart-leaves-the-budget-alone',
	'budget-spent-by-all': 'a-single-host-group-restarts-as-one-within-one-budget',
	'waits-for-a-restart': 'a-member-that-waits-for-a-restart-holds-up-that-of-its-unit',
	'none-free-since-yesterday': 'a-slot-of-the-day-before-is-still-in-use',
	'never-ran-on-a-host-of-before': 'a-host-that-had-a-group-before-it-restarted-sets-it-up-again',
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
