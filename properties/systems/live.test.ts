import { describe, expect, test } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { Event } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { live } from '../live/system.ts';
import { replaying, trial } from '../trial/trial.ts';
import { playsAsTheModelDoes } from './live.suite.ts';
import { model } from './model.ts';

// Most of the time goes into PGlite itself. Where PostgreSQL is to be had, they are played there, by the same server; here
// are left the random ones, and at night those in which the app server is killed and finds what it had stored.
describe('over PGlite', () => {
	const system = live();
	playsAsTheModelDoes(
		system,
		6,
		(kinds) => postgresIsMissing !== null || (isNightly && kinds.has('server-crashes')),
	);

	// The heartbeat of a minute that passes is let through, and held by nobody who could wait for its answer.
	test('an abort that is heard while time passes has cut its command short when the event is over', async () => {
		const setup = Setup.parse({
			project: { id: 'p', tasks: [{ name: 'compile', commands: [{ command: 'shell.exec' }] }] },
			tasks: [{ id: 't', task: 'compile', variant: 'linux' }],
			hosts: ['h'],
		});
		const arrives = (leg: string, route: string) => ({
			kind: 'message-delivered',
			message: { leg, route },
		});
		const events = [
			{ kind: 'host-asks', host: 'h' },
			...['next', 'start'].flatMap((route) => [arrives('request', route), arrives('reply', route)]),
			{ kind: 'user-aborts', task: 't' },
			{ kind: 'minutes-pass', minutes: 1 },
		].map((event) => Event.parse(event));
		const { finding, events: told } = await trial([model(), system], setup, replaying(events));
		expect({ finding, told: told.length }).toEqual({ finding: null, told: events.length });
	}, 60_000);
});
