import { expect, test } from 'vitest';
import type { Credentials } from '../../model/vocabulary/credentials.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';

const forged = (
	credentials: Credentials,
	route: 'start' | 'heartbeat' | 'mark' | 'end' = 'mark',
	host = 'h1',
): Event => ({ kind: 'request-forged', route, task: 't1', host, credentials });

async function begun(): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(setupOf({}, {}, TWO));
	await fixture.begin();
	return fixture;
}

test.each([
	['none', 'h1', 401],
	['wrong-task-secret', 'h1', 409],
	['other-task', 'h1', 409],
	['wrong-host-secret', 'h1', 401],
	['other-host', 'h2', 409],
] as const)(
	'%s is refused on every route, and nothing changes',
	async (credentials, host, status) => {
		const fixture = await begun();
		const before = fixture.seen;
		for (const route of ['start', 'heartbeat', 'mark', 'end'] as const) {
			await fixture.play(forged(credentials, route, host));
			expect(fixture.seen).toEqual({
				...before,
				answer: { outcome: 'refused_credentials', status },
			});
		}
	},
);

test('the secret of the previous execution moves nothing, and is unknown after an hour', async () => {
	const fixture = await begun();
	await fixture.command('failed');
	await fixture.exchange('mark');
	await fixture.exchange('end');
	const before = fixture.seen;
	const answers = [
		['start', { outcome: 'refused_not_running', status: 409 }],
		['heartbeat', { outcome: 'refused_not_running', status: 409 }],
		['mark', { outcome: 'refused_not_running', status: 400 }],
		['end', { outcome: 'already_ended', status: 200 }],
	] as const;
	for (const [route, answer] of answers) {
		await fixture.play(forged('previous-execution', route));
		expect(fixture.seen).toEqual({ ...before, answer });
	}
	await fixture.play({ kind: 'hours-pass', hours: 2 }, forged('previous-execution', 'end'));
	expect(fixture.seen.answer).toEqual({ outcome: 'refused_credentials', status: 401 });
});

test('the right secrets cannot mark a task of the merge queue', async () => {
	const fixture = await SimulationFixture.of(
		setupOf({}, {}, { requester: 'github_merge_request' }),
	);
	await fixture.begin();
	await fixture.play(forged('right'));
	expect(fixture.seen.answer).toEqual({ outcome: 'refused_merge_queue', status: 400 });
	expect(fixture.task().mark).toBe('refused_merge_queue');
});

test('an answer that was on its way is not disturbed', async () => {
	const fixture = await begun();
	await fixture.command('failed');
	await fixture.play(delivered('request', 'mark'), forged('none'), delivered('reply', 'mark'));
	expect(fixture.doing()).toBe('end 1');
});
