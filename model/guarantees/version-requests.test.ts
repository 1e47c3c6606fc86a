import { describe, expect, it } from 'vitest';
import type { Begun } from '../vocabulary/events/held.ts';
import type { InHand } from '../vocabulary/observation.ts';
import { abortReachesAll } from './abort-reaches-all.ts';
import type { Guarantee } from './guarantee.ts';
import { judging } from './judge.ts';
import { restartWhenFinished } from './restart-when-finished.ts';
import {
	answer,
	type Change,
	resting,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

/** What users ask of a whole version comes to each unit of it, though its handler is held on the way. */

const SETUP = setupToJudge();

const ABORT: Begun = { kind: 'user-aborts-version' };
const RESTART: Begun = { kind: 'user-restarts-version' };

const handler = (route: InHand['route'], commits: number, of: Partial<InHand> = {}): InHand => ({
	route,
	host: null,
	task: null,
	execution: null,
	details: null,
	failed_only: false,
	awaited: true,
	commits,
	...(route === 'restart-version' ? { executions: [0, 0] } : {}),
	...of,
});

const inHand = (...in_hand: InHand[]): Change => seen({ in_hand });
const runs = (id: string, host: string): Scene => [
	{ kind: 'monitor-runs' },
	task(id, { status: 'started', host }),
];
const goes = (route: InHand['route'], ...changes: Change[]): Scene => [
	{ kind: 'goes-on', handler: { route } },
	...changes,
];
const aborted: Parameters<typeof task>[1] = { aborted: true };
const asked: Parameters<typeof task>[1] = { restart_asked: 'whole' };
const OK = answer(200, 'ok');

function told(judge: Guarantee, scenes: readonly Scene[], setup = SETUP) {
	let before = resting(setup);
	const { step, situations } = judging(setup, before, [judge]);
	const broken: string[] = [];
	for (const [event, ...changes] of scenes) {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		for (const { sentence } of step({ setup, before, event, after })) broken.push(sentence);
		before = after;
	}
	return { broken, halves: [...situations().keys()] };
}

describe.each([
	{
		what: 'an abort',
		judge: abortReachesAll as Guarantee,
		begun: ABORT,
		route: 'abort-version' as const,
		done: aborted,
		half: 'S21 each-unit',
	},
	{
		what: 'a restart',
		judge: restartWhenFinished as Guarantee,
		begun: RESTART,
		route: 'restart-version' as const,
		done: asked,
		half: 'C5 each-unit',
	},
])('$what of a version that is held', ({ judge, begun, route, done, half }) => {
	const held: Scene = [{ kind: 'held', begun }, inHand(handler(route, 0))];
	const both = [runs('a', 'h'), runs('b', 'g')];
	const first = goes(route, task('a', done), inHand(handler(route, 1)));
	const answered = goes(route, task('a', done), inHand(), OK);

	it('comes to each unit, and only then is answered', () => {
		const last = goes(route, task('b', done), inHand(), OK);
		const { broken, halves } = told(judge, [...both, held, first, last]);
		expect(broken).toEqual([]);
		expect(halves).toContain(half);
		expect(told(judge, [...both, held, first, goes(route, inHand(), OK)]).broken).toEqual([
			expect.stringContaining('was answered 200 ok, but never came to "b"'),
		]);
		expect(told(judge, [...both, held, goes(route, inHand(), OK)]).broken).toEqual([
			expect.stringContaining('but never came to "a"'),
		]);
	});

	it('leaves no unit out that begins to run on its way', () => {
		const one = [runs('a', 'h'), held];
		expect(told(judge, [...one, answered]).broken).toEqual([]);
		expect(told(judge, [...one, runs('b', 'g'), answered]).broken).toEqual([
			expect.stringContaining('but never came to "b"'),
		]);
		// It had passed that one, which was not to be asked then.
		expect(
			told(judge, [
				runs('b', 'g'),
				held,
				runs('a', 'h'),
				goes(route, task('b', done), inHand(), OK),
			]).broken,
		).toEqual([]);
	});

	it('owes nothing of what changed before it came there', () => {
		const over = task('b', { status: 'undispatched', host: null, execution: 1, secret: 1 });
		const ended: Scene = [{ kind: 'monitor-runs' }, over];
		const { broken } = told(judge, [...both, held, first, ended, goes(route, inHand(), OK)]);
		expect(broken.filter((sentence) => sentence.includes('never came'))).toEqual([]);
	});

	it('owes nothing when a crash ended it', () => {
		const crash: Scene = [{ kind: 'server-crashes' }, inHand(), seen({ server: 'down' })];
		const again: Scene = [{ kind: 'server-returns' }, seen({ server: 'up' })];
		const { broken } = told(judge, [...both, held, first, crash, again]);
		expect(broken).toEqual([]);
	});

	it('is told from others that are held', () => {
		const other = handler('abort', 0, { task: 'a' });
		const before: Scene = [
			{ kind: 'held', begun: { kind: 'user-aborts', task: 'a' } },
			inHand(other),
		];
		const second: Scene = [{ kind: 'held', begun }, inHand(other, handler(route, 0))];
		const ends: Scene = [
			{ kind: 'goes-on', handler: { route: 'abort', task: 'a' } },
			task('a', aborted),
			answer(200, 'ok'),
			inHand(handler(route, 0)),
		];
		const sentences = told(judge, [
			...both,
			before,
			second,
			ends,
			goes(route, inHand(), OK),
		]).broken;
		expect(sentences).toEqual([expect.stringMatching(/but never came to "[ab]"/)]);
	});
});

it('is owed to nobody where the restart of a version is refused', () => {
	const held: Scene = [{ kind: 'held', begun: RESTART }, inHand(handler('restart-version', 0))];
	const refused = goes('restart-version', inHand(), answer(400, 'refused_merge_queue'));
	const queue = setupToJudge({ requester: 'github_merge_request' });
	const guarantee = restartWhenFinished as Guarantee;
	expect(told(guarantee, [runs('a', 'h'), held, refused], queue).broken).toEqual([]);
});
