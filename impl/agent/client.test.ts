import { expect, test } from 'vitest';
import type { Connection, Envelope } from '../ports/transport.ts';
import { settled } from '../testing/held-ports.ts';
import type { Answer } from '../wire/answer.ts';
import { LightResponse, type WireResponse } from '../wire/exchange.ts';
import { Client } from './client.ts';
import { Requests } from './requests.ts';

/** Answers attempts in turn; where there is no answer, the attempt lasts until it is closed. */
class Script {
	readonly sent: Envelope[] = [];
	readonly sleeps_s: number[] = [];
	readonly deadlines_s: number[] = [];
	deadline: () => void = () => {};
	answers: (WireResponse | null | undefined)[] = [];
	/** Whether the pauses between two attempts end by themselves. */
	sleepsEnd = true;

	readonly client = new Client(
		{ open: (envelope) => this.#open(envelope) },
		{
			sleep: (duration_s) => {
				this.sleeps_s.push(duration_s);
				let wake = () => {};
				const over = new Promise<void>((resolve) => {
					wake = resolve;
				});
				if (this.sleepsEnd) wake();
				return { over, wake };
			},
			after: (delay_s, _purpose, action) => {
				this.deadlines_s.push(delay_s);
				this.deadline = action;
				return () => {
					this.deadline = () => {};
				};
			},
			every: () => () => {},
		},
		10,
	);

	#open(envelope: Envelope): Connection {
		this.sent.push(envelope);
		const answer = this.answers.shift();
		if (answer !== undefined) return { response: Promise.resolve(answer), close: () => {} };
		let close = () => {};
		const response = new Promise<null>((resolve) => {
			close = () => resolve(null);
		});
		return { response, close };
	}
}

const requests = new Requests({ id: 'h1', secret: 's' });
const work = { execution: { task: 't1', execution: 0 }, secret: 'secret' };
const mark = requests.mark(work);
const OK = new LightResponse(200, { outcome: 'granted' });

/** What a call came to, once all has happened that is due; undefined: it is waited for. */
const answerTo = (call: Promise<Answer | null>): Promise<Answer | null | undefined> =>
	Promise.race([call, settled().then(() => undefined)]);

test('a call that fails is sent again, each time after a longer pause, until it is answered', async () => {
	const script = new Script();
	script.answers = [null, new LightResponse(503, {}), null, OK];
	expect(await answerTo(script.client.call(mark))).toMatchObject({ status: 200 });
	expect(script.sent).toEqual([mark, mark, mark, mark]);
	expect(script.sleeps_s).toEqual([2, 4, 8]);
	expect(script.client.pending).toBeNull();
});

test.each([400, 401, 404, 409, 429])('a %i is never sent again', async (status) => {
	const script = new Script();
	script.answers = [new LightResponse(status, { outcome: null }), OK];
	expect(await answerTo(script.client.call(mark))).toMatchObject({ status });
	expect(script.sent).toHaveLength(1);
});

test('a call is sent ten times at the most, and no pause is longer than ten minutes', async () => {
	const script = new Script();
	script.answers = new Array(20).fill(null);
	expect(await answerTo(script.client.call(mark))).toBeNull();
	expect(script.sent).toHaveLength(10);
	expect(script.sleeps_s).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512]);
});

test('a mark is given up after a minute, and nothing is sent any more', async () => {
	const script = new Script();
	const answer = script.client.call(mark);
	expect(script.client.pending).toEqual({ route: 'mark', sent: 1 });
	expect(script.deadlines_s).toEqual([60]);
	script.deadline();
	expect(await answerTo(answer)).toBeNull();
	expect(script.sent).toHaveLength(1);
});

test('other calls have longer', async () => {
	const script = new Script();
	script.answers = [OK];
	await answerTo(script.client.call(requests.next()));
	expect(script.deadlines_s[0]).toBeGreaterThan(60);
	expect(script.deadlines_s[0]).toBeLessThan(3600);
});

test('a deadline ends the pause between two attempts too', async () => {
	const script = new Script();
	script.answers = [null, OK];
	script.sleepsEnd = false;
	const answer = script.client.call(mark);
	await settled();
	script.deadline();
	expect(await answerTo(answer)).toBeNull();
	expect(script.sent).toHaveLength(1);
});

test('a call after one that was given up begins anew', async () => {
	const script = new Script();
	const first = script.client.call(mark);
	script.client.giveUp();
	await answerTo(first);
	script.answers = [null, OK];
	expect(await answerTo(script.client.call(mark))).toMatchObject({ status: 200 });
});
